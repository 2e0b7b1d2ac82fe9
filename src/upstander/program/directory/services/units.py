"""The department units that ship, as drafts."""

import datetime as dt

from django.db import transaction

from upstander.district.places.selectors import district_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.program.directory import events, policies
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.models import Organization, Service
from upstander.program.directory.states import State


@transaction.atomic
def take_units(*, actor: Actor, at: dt.datetime) -> int:
    """Take in the units that are not there yet, as drafts without a number; gives how many. Needs `directory.edit`."""
    policies.require_editor(actor)
    there = set(Service.objects.filter(district_id=actor.district_id).exclude(unit="").values_list("unit", flat=True))
    new = [unit for key, unit in shipped().units.items() if key not in there]
    if not new:
        return 0
    own, _made = Organization.objects.get_or_create(district_id=actor.district_id, name=district_of(actor=actor).name)
    of = {"district_id": actor.district_id, "organization": own, "kind": Service.Kind.UNIT, "state": State.DRAFT}
    for unit in new:
        names = {"name_en": unit.name.en, "name_es": unit.name.es, "who_en": unit.takes.en, "who_es": unit.takes.es}
        Service.objects.create(**of, unit=unit.key, **names, cost=Service.Cost.FREE, written_at=at)
    record(events.UNITS_TAKEN, actor=actor, subject="units", at=at, count=len(new))
    return len(new)
