"""Travel times from a file: kept as a whole or not at all, and then counted with by plans and releases."""

import pytest

from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT
from upstander.district.places.models import Site
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState
from upstander.program.training.models import Assignment, HomeBase, PlanEntry, TravelFile, TravelWay
from upstander.program.training.planning.answers import stored_problem
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.travel import forget_travel_file, read_travel_file

HEAD = ["from", "to", "minutes"]
BASE, OAK = "Base office", "Oak 0"


@pytest.fixture
def world(db: None) -> World:
    """One consultant starts from an office, which lies at the place of their home."""
    world = make_year_world()
    with in_district(world.district.pk):
        home = HomeBase.objects.get(member=world.near)
        office = Site.objects.get(name="Oak 2")
        office.name, office.latitude, office.longitude = BASE, home.latitude, home.longitude
        office.save()
    return world


def read(world: World, *rows: list[str], actor: Actor | None = None) -> int:
    return read_travel_file(actor=actor or world.coordinator, rows=[HEAD, *rows], at=AT)


def test_a_plan_counts_with_the_times_and_an_estimate_for_the_rest(world: World) -> None:
    with in_district(world.district.pk):
        before = PlanEntry.objects.get(plan=draft_plan(world), site__name=OAK).travel_km
        assert read(world, [BASE, OAK, "60"], [OAK, "Oak 1", "45"]) == 2
        plan = draft_plan(world)
        after = PlanEntry.objects.get(plan=plan, site__name=OAK).travel_km
        legs = stored_problem(plan).travel.legs
    assert before != 80
    assert after == 80  # an hour there and one back, at 40 km in the hour
    assert sorted(leg.minutes for leg in legs) == [45, 60, 60]  # from the office as a site, and as a base


def test_a_release_keeps_the_time_of_the_way_free(world: World) -> None:
    with in_district(world.district.pk):
        read(world, [BASE, OAK, "50"])
        release_plan(actor=world.coordinator, ref=draft_plan(world).ref, at=AT)
        held = Assignment.objects.get(session__site__name=OAK)
    assert held.travel_minutes == 65, "the way, and the quarter of an hour that every way has"


def test_a_new_file_takes_the_place_of_the_last_one_and_can_be_deleted(world: World) -> None:
    with in_district(world.district.pk):
        read(world, [BASE, OAK, "60"], [OAK, "Oak 1", "45"])
        read(world, ["Oak 1", OAK, "50"])
        assert list(TravelWay.objects.values_list("minutes", flat=True)) == [50]
        assert TravelFile.objects.get().way_count == 1
        forget_travel_file(actor=world.coordinator, at=AT)
        assert not TravelWay.objects.exists()
        with pytest.raises(WrongState):
            forget_travel_file(actor=world.coordinator, at=AT)
        kept = AuditEvent.objects.filter(event__startswith="training.travel").order_by("id")
        names = list(kept.values_list("event", flat=True))
        assert names == [
            "training.travel_read",
            "training.travel_read",
            "training.travel_forgotten",
        ]


def test_one_bad_cell_and_nothing_changes(world: World) -> None:
    with in_district(world.district.pk):
        read(world, [BASE, OAK, "60"])
        with pytest.raises(Invalid) as refused:
            read(world, ["Oak 1", OAK, "50"], ["Nowhere 100%", OAK, "soon"])
        told = [str(refused.value), *map(str, refused.value.also)]
        assert told == [
            "Row 3, column A (Nowhere 100%): no site goes by this code or name.",
            "Row 3, column C (soon): this is no whole number of minutes from 1 to 300.",
        ]
        assert list(TravelWay.objects.values_list("minutes", flat=True)) == [60]


def test_many_bad_cells_are_counted(world: World) -> None:
    with in_district(world.district.pk), pytest.raises(Invalid) as refused:
        read(world, *[[f"Nowhere {number}", OAK, "5"] for number in range(20)])
    assert str(refused.value.also[-1]) == "And 8 more."


def test_only_who_plans_the_whole_district(world: World) -> None:
    with in_district(world.district.pk), pytest.raises(NotAllowed):
        read(world, [BASE, OAK, "60"], actor=world.administrator)
