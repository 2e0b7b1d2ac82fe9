"""Who gives services: written down and changed."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, refuse
from upstander.program.directory import events, policies
from upstander.program.directory.models import Organization
from upstander.program.directory.services._held import editing, held, touch
from upstander.program.directory.services._refusals import unseen_in


@transaction.atomic
def write_organization(*, actor: Actor, name: str, about: str = "", website: str = "", at: dt.datetime) -> Organization:
    """Write an organization down. Needs `directory.edit`; refuses a name that is there."""
    policies.require_editor(actor)
    editing(actor)
    made = Organization(district_id=actor.district_id)
    _say(made, name, about, website)
    record(events.ORGANIZATION_WRITTEN, actor=actor, subject=made.ref, at=at)
    return made


@transaction.atomic
def change_organization(
    *, actor: Actor, ref: str, name: str, about: str = "", website: str = "", over: int, at: dt.datetime
) -> Organization:
    """Say something else of an organization. What is published of its services stays until they were checked again.

    Needs `directory.edit`; refuses the name of another one. Raises NotFound, and WrongState when somebody was faster.
    """
    policies.require_editor(actor)
    editing(actor)
    changed = held(Organization, actor, ref, over)
    changed.version += 1
    _say(changed, name, about, website)
    touch(changed.services.all())
    record(events.ORGANIZATION_CHANGED, actor=actor, subject=ref, at=at)
    return changed


def _say(organization: Organization, name: str, about: str, website: str) -> None:
    refuse(unseen_in({"name": name, "about": about}))
    others = Organization.objects.filter(district_id=organization.district_id).exclude(pk=organization.pk)
    if others.filter(name__iexact=name.strip()).exists():
        raise Invalid(_("An organization of this name is there already."), "name")
    organization.name, organization.about, organization.website = name.strip(), about.strip(), website
    organization.save()
