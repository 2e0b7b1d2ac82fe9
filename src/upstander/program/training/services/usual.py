"""How a site is trained that has not asked for anything itself: coordinators say it for the plans."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.foundation.kernel.languages import are_known
from upstander.program.training import events, policies
from upstander.program.training.models import Request, UsualSession


@dataclass(frozen=True, slots=True)
class Usual:
    """In person, online or both; in which languages; and whether it is never joined with other small sites."""

    mode: str
    languages: tuple[str, ...]
    is_alone: bool = False


@transaction.atomic
def set_usual_session(*, actor: Actor, site_ref: str, usual: Usual, at: dt.datetime) -> None:
    """Let every plan drafted from now on take this for a site without a request. Needs `training.plan` everywhere.

    It takes the place of what was said before. Raises Invalid at `mode` or `languages`.
    """
    require(actor, "training.plan", Place(actor.district_id))
    site = site_by_ref(actor=actor, ref=site_ref, on=policies.today(actor, at))
    refuse(_wrong(usual))
    told = {"mode": usual.mode, "languages": list(usual.languages), "is_alone": usual.is_alone}
    UsualSession.objects.update_or_create(
        district_id=actor.district_id, site=site, defaults={**told, "account_id": actor.account_id, "at": at}
    )
    record(events.USUAL_SET, actor=actor, subject=site.ref, at=at, mode=usual.mode, languages=",".join(usual.languages))


@transaction.atomic
def forget_usual_session(*, actor: Actor, site_ref: str, at: dt.datetime) -> None:
    """Let plans take the site as all others again. Needs `training.plan` everywhere. Raises WrongState."""
    require(actor, "training.plan", Place(actor.district_id))
    gone, _kinds = UsualSession.objects.filter(site__ref=site_ref).delete()
    if not gone:
        raise WrongState(_("Nothing was noted for this site any more."))
    record(events.USUAL_FORGOTTEN, actor=actor, subject=site_ref, at=at)


def _wrong(usual: Usual) -> list[Invalid]:
    found = []
    if usual.mode not in Request.Mode.values:
        found.append(Invalid(_("Please choose one of the answers."), "mode"))
    if not are_known(usual.languages):
        found.append(Invalid(_("Please choose at least one language."), "languages"))
    return found
