"""Coverage survives an audit: a second route agrees exactly, for any day, as known at any moment."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from tests.factories import make_actor, make_district, make_person, make_post, make_region, make_site
from tests.moments import AT
from tests.program.compliance.second_route import coverage_again, region_names, roles_again
from tests.program.compliance.world import DAYS, FIRST, SUBJECT, World, asked_on, clerk, moment, terms
from upstander.district.people.models import Post
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.compliance.models import Completion
from upstander.program.compliance.selectors.coverage import Coverage, Line, Wanted, coverage
from upstander.program.compliance.selectors.roles import role_lines
from upstander.program.compliance.services import Entry, record_completions, set_requirement

pytestmark = pytest.mark.django_db
EVERY = Wanted(order="name", size=None)


def counted(actor: Actor, on: dt.date, known_at: dt.datetime = AT, wanted: Wanted = EVERY) -> Coverage | None:
    asked = asked_on(actor, on, known_at)
    return coverage(actor=actor, on=on, known_at=known_at, asked=asked, wanted=wanted) if asked else None


def total(lines: list[Line]) -> tuple[int, ...]:
    columns = ("school_count", "trained_count", "no_staff_count", "staff", "trained_staff")
    return tuple(sum(getattr(line, name) for line in lines) for name in columns)


@pytest.mark.parametrize("number", range(4))
def test_a_second_route_agrees_to_the_person_for_random_days(number: int) -> None:
    world = World(number)
    actor = clerk(world.district)
    seen: Counter[str] = Counter()
    with in_district(world.district.pk):
        for _ in range(40):
            on = world.day(-20, DAYS + 20)
            known_at = moment(world.day(-20, DAYS + 100))
            again = coverage_again(SUBJECT, on, known_at)
            found = counted(actor, on, known_at)
            if found is None or again is None:
                assert found is None and again is None
                seen["nothing asked"] += 1
                continue
            assert {s.ref: (s.staff, s.trained_staff, s.is_trained) for s in found.schools} == again
            regions = region_names(on, known_at)
            assert {s.ref: s.region for s in found.schools} == {ref: regions.get(ref, "") for ref in again}
            assert total([found.whole]) == total(found.regions) == total(found.schools)
            roles = {line.ref: (line.staff, line.trained_staff) for line in found.roles if line.staff}
            assert roles == roles_again(SUBJECT, on, known_at)
            seen["role nobody holds"] += len(found.roles) - len(roles)
            seen["trained"] += found.whole.trained_count
            seen["without staff"] += found.whole.no_staff_count
            seen["untrained"] += found.whole.school_count - found.whole.trained_count
    # A test that never met a case proves nothing about it.
    assert (
        min(seen[case] for case in ("nothing asked", "trained", "without staff", "untrained", "role nobody holds")) > 0
    )


@pytest.fixture
def district() -> District:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=FIRST, at=moment(FIRST))
    return district


def staffed(district: District, count: int, trained: int, *, day: dt.date = FIRST, **more: object) -> Site:
    """A school with `count` people in post since long ago, of whom the first `trained` completed on `day`."""
    site = make_site(district, **more)  # type: ignore[arg-type]
    people = [make_person(district) for _ in range(count)]
    for person in people:
        make_post(person, site=site, recorded_at=moment(FIRST))
    entries = [Entry(person.pk, SUBJECT, day, "import", "list") for person in people[:trained]]
    with in_district(district.pk):
        record_completions(actor=clerk(district), entries=entries, at=moment(day))
    return site


@pytest.mark.parametrize(("staff", "trained", "counts"), [(5, 4, True), (5, 3, False), (9, 7, False), (10, 8, True)])
def test_the_threshold_is_met_at_the_percent_and_not_below(
    district: District, staff: int, trained: int, counts: bool
) -> None:
    staffed(district, staff, trained)
    with in_district(district.pk):
        found = counted(clerk(district), FIRST)
    assert found
    assert (found.whole.school_count, found.whole.trained_count) == (1, int(counts))


def test_a_completion_counts_from_its_day_to_the_day_before_it_expires(district: District) -> None:
    staffed(district, 1, 1, day=dt.date(2025, 3, 1))
    days = [dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2026, 2, 28), dt.date(2026, 3, 1)]
    with in_district(district.pk):
        found = [counted(clerk(district), day) for day in days]
    assert [board and board.whole.trained_count for board in found] == [0, 1, 1, 0]


def test_a_school_without_staff_stays_in_the_count_and_is_never_trained(district: District) -> None:
    make_site(district)
    with in_district(district.pk):
        found = counted(clerk(district), FIRST)
    assert found
    assert total([found.whole]) == (1, 0, 1, 0, 0)


def test_each_role_is_counted_in_its_region_and_one_that_nobody_holds_is_there_with_zeros(district: District) -> None:
    west = make_region(district, "West")
    site = staffed(district, 2, 1, region=west)
    staffed(district, 1, 1)
    with in_district(district.pk):
        trained = Completion.objects.filter(person__posts__site=site).get().person
    make_post(trained, "support", site=site, recorded_at=moment(FIRST))
    with in_district(district.pk):
        whole = counted(clerk(district), FIRST)
        in_west = counted(clerk(district), FIRST, wanted=Wanted(region_ref=west.ref))
        bound = terms(roles=["volunteer", "teacher"])
        set_requirement(actor=clerk(district), terms=bound, starts_on=FIRST, at=moment(FIRST, 13))
        narrow = counted(clerk(district), FIRST)
    assert whole and in_west and narrow
    told = {line.ref: (line.staff, line.trained_staff) for line in whole.roles}
    assert told == dict.fromkeys(told, (0, 0)) | {"teacher": (3, 2), "support": (1, 1)}
    assert list(told) == [role for role in Post.Role.values if role in told] and "coordinator" not in told
    assert [(line.staff, line.trained_staff) for line in in_west.roles][:2] == [(2, 1), (1, 1)]
    assert [(line.ref, line.staff) for line in narrow.roles] == [("teacher", 3), ("volunteer", 0)]


def test_parts_of_a_role_are_lines_of_their_own_and_are_bound_with_the_whole(district: District) -> None:
    site = staffed(district, 1, 0)
    with in_district(district.pk):
        before = counted(clerk(district), FIRST)
    for role in ("driver", "classified"):
        make_post(make_person(district), role, site=site, recorded_at=moment(FIRST))

    def lines() -> list[tuple[str, int]]:
        with in_district(district.pk):
            found = counted(clerk(district), FIRST)
        assert found
        return [(line.ref, line.staff) for line in found.roles if line.staff or line.ref in {"driver", "food_service"}]

    def narrow(*roles: str, hour: int) -> None:
        with in_district(district.pk):
            at = moment(FIRST, hour)
            set_requirement(actor=clerk(district), terms=terms(roles=list(roles)), starts_on=FIRST, at=at)

    assert before and "driver" not in {line.ref for line in before.roles}, "a district that parts nothing reads no part"
    assert lines() == [("teacher", 1), ("classified", 1), ("driver", 1)]
    narrow("classified", hour=13)
    assert lines() == [("classified", 1), ("driver", 1)]
    narrow("driver", "food_service", hour=14)
    assert lines() == [("driver", 1), ("food_service", 0)]


def test_a_whole_is_told_before_its_parts_and_counts_everybody_once(district: District) -> None:
    west = make_region(district, "West")
    here, there = staffed(district, 1, 0, region=west), staffed(district, 1, 0)
    people = [make_person(district) for _ in range(4)]
    for person, role, site in (
        (people[0], "driver", here),
        (people[0], "classified", there),
        (people[1], "driver", there),
        (people[2], "front_office", here),
        (people[2], "food_service", here),
        (people[3], "classified", here),
    ):
        make_post(person, role, site=site, recorded_at=moment(FIRST))

    def told(**wanted: Any) -> list[tuple[str, int, bool, bool, int]]:
        with in_district(district.pk):
            found = counted(clerk(district), FIRST, wanted=Wanted(**wanted))
        assert found
        shown = role_lines(found.roles, found.wholes)
        return [(e.line.ref, e.line.staff, e.is_part, e.is_rest, e.twice) for e in shown if e.line.staff]

    assert told() == [
        ("teacher", 2, False, False, 0),
        ("classified", 4, False, False, 2),
        ("classified", 2, True, True, 0),
        ("driver", 2, True, False, 0),
        ("food_service", 1, True, False, 0),
        ("front_office", 1, True, False, 0),
    ]
    assert told(region_ref=west.ref) == [
        ("teacher", 1, False, False, 0),
        ("classified", 3, False, False, 1),
        ("classified", 1, True, True, 0),
        ("driver", 1, True, False, 0),
        ("food_service", 1, True, False, 0),
        ("front_office", 1, True, False, 0),
    ]


def test_each_reader_sees_their_own_reach(district: District) -> None:
    west, east = make_region(district, "West"), make_region(district, "East")
    mine = staffed(district, 1, 1, region=west)
    staffed(district, 1, 0, region=west)
    staffed(district, 1, 0, region=east)
    readers = {
        "coordinator": make_actor(district, "coordinator"),
        "regional lead": make_actor(district, "region_lead", region=west),
        "site administrator": make_actor(district, "site_administrator", site=mine),
    }
    with in_district(district.pk):
        found = {name: counted(actor, FIRST) for name, actor in readers.items()}
    assert {name: board and board.whole.school_count for name, board in found.items()} == {
        "coordinator": 3,
        "regional lead": 2,
        "site administrator": 1,
    }


def test_who_may_not_read_coverage_learns_nothing(district: District) -> None:
    with in_district(district.pk):
        asked = asked_on(clerk(district), FIRST, AT)
        assert asked
        for stranger in (visitor(district.pk), make_actor(district, "teacher")):
            with pytest.raises(NotAllowed):
                coverage(actor=stranger, on=FIRST, known_at=AT, asked=asked)


def test_another_districts_schools_are_not_counted(district: District) -> None:
    other = make_district("fork", "north.localhost")
    staffed(district, 1, 1)
    with in_district(other.pk):
        set_requirement(actor=clerk(other), terms=terms(), starts_on=FIRST, at=moment(FIRST))
        found = counted(clerk(other), FIRST)
        smuggled = counted(lend(clerk(other), "coverage.read"), FIRST)
    assert found and smuggled
    assert found.whole.school_count == smuggled.whole.school_count == 0


def test_lists_are_sorted_filtered_and_paged(district: District) -> None:
    west = make_region(district, "West")
    names = {"A": (2, 1), "B": (1, 0), "C": (1, 1)}
    for name, (staff, trained) in names.items():
        staffed(district, staff, trained, name=name, region=west)
    make_site(district, "D")

    def listed(**wanted: object) -> str:
        with in_district(district.pk):
            board = counted(clerk(district), FIRST, wanted=Wanted(**wanted))  # type: ignore[arg-type]
        assert board
        return "".join(line.name for line in board.schools)

    assert listed(order="least", size=None) == "DBAC"
    assert listed(order="most", size=None) == "CABD"
    assert listed(order="name", region_ref=west.ref) == "ABC"
    assert [listed(order="name", page=page, size=3) for page in (1, 2)] == ["ABC", "D"]
