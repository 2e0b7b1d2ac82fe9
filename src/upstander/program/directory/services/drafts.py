"""What ships as drafts: the department units, and the organizations that the mission names."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from upstander.district.places.selectors import district_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.directory import events, policies
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.models import Organization, Service
from upstander.program.directory.services._held import editing
from upstander.program.directory.states import State


@transaction.atomic
def take_drafts(*, actor: Actor, at: dt.datetime) -> int:
    """Take in what ships and is not there yet, as drafts without a number; gives how many. Needs `directory.edit`."""
    policies.require_editor(actor)
    editing(actor)
    there = set(Service.objects.filter(district_id=actor.district_id).exclude(unit="").values_list("unit", flat=True))
    new = [(by, draft) for by, draft in _drafts(actor) if draft.unit not in there]
    for by, draft in new:
        of, _made = Organization.objects.get_or_create(district_id=actor.district_id, name=by)
        draft.organization, draft.written_at = of, at
        draft.save()
    if new:
        record(events.UNITS_TAKEN, actor=actor, subject="units", at=at, count=len(new))
    return len(new)


def _drafts(actor: Actor) -> Iterator[tuple[str, Service]]:
    """Every draft beside the name of who gives it: the district its units, a partner what it does itself."""
    of = {"district_id": actor.district_id, "state": State.DRAFT}
    own = district_of(actor=actor).name
    for unit in shipped().units.values():
        names = {"name_en": unit.name.en, "name_es": unit.name.es, "who_en": unit.takes.en, "who_es": unit.takes.es}
        yield own, Service(**of, **names, unit=unit.key, kind=Service.Kind.UNIT, cost=Service.Cost.FREE)
    for partner in shipped().partners.values():
        yield partner.name, Service(**of, name_en=partner.name, website=partner.website, unit=partner.key)
