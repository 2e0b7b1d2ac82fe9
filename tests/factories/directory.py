"""A directory with one organization, its places, and services that are checked or not."""

import datetime as dt
from typing import Any

from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.where import Where
from upstander.program.directory.models import Organization, Service
from upstander.program.directory.services.checking import Check, check_service
from upstander.program.directory.services.entries import Written, write_service
from upstander.program.directory.services.organizations import write_organization
from upstander.program.directory.services.places import write_place

CALLED = Check("called", "editor")
WORKING_DAY = tuple(Hours(day, dt.time(9), dt.time(17)) for day in range(5))
CLINIC = Where("open", "Clinic", "40 Mill Road", "Alder City", "CA", "90000", 37.52, -122.31)
HIDDEN = Where("area", "Orchard House", "9 Secret Lane", "Fog Hill", "CA", "90009", 37.66, -122.39)
FAR = Where("open", "Far clinic", "1 Bay Road", "Port Alder", "CA", "90001", 37.60, -122.47)


def make_organization(world: World, name: str = "Valley Center") -> Organization:
    with in_district(world.district.pk):
        found = Organization.objects.filter(district_id=world.district.pk, name=name).first()
        return found or write_organization(actor=world.coordinator, name=name, at=AT)


def make_service(
    world: World,
    name_en: str = "Teen clinic",
    *places: Where,
    organization: str = "Valley Center",
    checked_at: dt.datetime | None = AT,
    **told: Any,
) -> Service:
    """An entry of the district, published when `checked_at` is a moment."""
    made = make_organization(world, organization)
    plain = {"numbers": (Number("(555) 010-0134", "", "voice"),), "hours": WORKING_DAY, "about_en": "Checkups."}
    with in_district(world.district.pk):
        actor = world.coordinator
        refs = tuple(write_place(actor=actor, organization_ref=made.ref, where=each, at=AT).ref for each in places)
        written = Written(made.ref, name_en, place_refs=refs, **{**plain, **told})
        service = write_service(actor=actor, written=written, at=checked_at or AT)
        if checked_at:
            check_service(actor=actor, ref=service.ref, check=CALLED, at=checked_at)
        return service
