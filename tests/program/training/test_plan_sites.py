"""Which sites a plan is about: every requirement that staff sessions fulfill names some, schools or not."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_person, make_post, make_site
from tests.factories.plans import FIRST, draft_plan, make_year_world, year_of
from tests.factories.training import DAY, KNOWN, World, ask, terms_of
from tests.moments import AT, TODAY
from tests.program.compliance.world import asked_on
from tests.program.training.test_door import confirmed
from upstander.district.people.models import Post
from upstander.district.places.models import Site
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.compliance.selectors.coverage import Wanted, coverage
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.selectors.short_sites import short_sites
from upstander.program.compliance.services import Entry, record_completions, set_requirement
from upstander.program.training.models import PlanEntry, Session, SiteWindow
from upstander.program.training.planning._sites import untrained_sites
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.services.windows import Stretch, add_window


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def add_work_site(world: World, kind: str, people: int) -> Site:
    site = make_site(world.district, kind.title(), kind=kind, region=world.region, latitude=37.5, longitude=-122.3)
    for _ in range(people):
        make_post(make_person(world.district), site=site)
    return site


def ask_work_sites(world: World, **more: Any) -> None:
    asked = {
        "subject": "csec-work-sites",
        "audience": "work_site_staff",
        "also_counts": [AWARENESS],
        "cadence": "fixed",
    }
    set_requirement(actor=world.coordinator, terms=terms_of(**(asked | more)), starts_on=dt.date(2024, 7, 1), at=AT)


def short(world: World) -> dict[str, int]:
    found = short_sites(actor=world.coordinator, subject=AWARENESS, year=year_of(world), known_at=AT)
    names = dict(Site.objects.values_list("pk", "name"))
    return {names[each.site_id]: each.untrained for each in found or []}


def test_of_secondary_schools_it_says_what_the_board_says(world: World) -> None:
    with in_district(world.district.pk):
        last = year_of(world).ends_on - dt.timedelta(days=1)
        asked = asked_on(world.coordinator, last, AT)
        assert asked is not None
        told: dict[str, Any] = {"on": last, "known_at": AT, "asked": asked, "wanted": Wanted("name", size=None)}
        board = coverage(actor=world.coordinator, **told).schools
        assert short(world) == {each.name: each.staff - each.trained_staff for each in board if not each.is_trained}


def test_work_sites_come_by_a_requirement_of_their_own(world: World) -> None:
    yard = add_work_site(world, "bus_yard", 3)
    add_work_site(world, "office", 0)  # nobody to train
    with in_district(world.district.pk):
        assert "Bus_Yard" not in short(world)
        ask_work_sites(world)
        assert short(world)["Bus_Yard"] == 3 and "Office" not in short(world)
        trained = list(Post.objects.filter(site=yard).values_list("person_id", flat=True))
        entries = [Entry(person, AWARENESS, TODAY, "session", "S" * 12) for person in trained]
        record_completions(actor=lend(world.coordinator, "completions.record"), entries=entries, at=AT)
        assert "Bus_Yard" not in short(world)


def test_only_staff_sessions_use_up_a_sites_hours(world: World) -> None:
    with in_district(world.district.pk):
        SiteWindow.objects.update(most_per_year=1)

    def open_windows() -> int:
        with in_district(world.district.pk):
            found = untrained_sites(world.coordinator, year_of(world), FIRST, AT)
        return next(len(each.windows) for each in found or [] if each.site == world.site)

    def hold(**more: Any) -> None:
        _request, session = confirmed(world, **more)
        with in_district(world.district.pk):
            open_session(actor=world.consultant, ref=session.ref, at=session.starts_at)
            close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=session.ends_at)

    before = open_windows()
    assert before > 0
    answers = {"invitation": "both", "care": True, "interpreter": ["es"]}
    hold(kind="evening", audience="caregivers", answers=answers)
    assert open_windows() == before
    hold(windows=(Window(DAY + dt.timedelta(days=7), dt.time(13), dt.time(16)),))
    assert open_windows() == 0


def test_a_session_that_is_over_and_not_closed_yet_is_not_planned_again_for_a_week(world: World) -> None:
    _request, session = confirmed(world)

    def is_planned(days: int) -> bool:
        at = session.ends_at + dt.timedelta(days=days)
        with in_district(world.district.pk):
            found = untrained_sites(world.coordinator, year_of(world), FIRST, at)
        return world.site in [each.site for each in found or []]

    assert [is_planned(days) for days in (-1, 0, 6, 7)] == [True, False, False, True]
    with in_district(world.district.pk):
        Session.objects.update(state="planned")  # its site never agreed, so it was not held
    assert is_planned(1)


def test_who_must_come_may_be_a_role_and_each_school_year_may_ask_anew(world: World) -> None:
    yard = add_work_site(world, "bus_yard", 2)
    with in_district(world.district.pk):
        ask_work_sites(world, roles=["site_administrator"])
        assert "Bus_Yard" not in short(world)
        ask_work_sites(world, subject="csec-each-year", cadence="school_year", opens_days=10)
        old, new = Post.objects.filter(site=yard).values_list("person_id", flat=True)
        days = {old: dt.date(2026, 8, 6), new: dt.date(2026, 8, 7)}  # ten days before the year is the 7th
        entries = [Entry(person, AWARENESS, day, "session", "S" * 12) for person, day in days.items()]
        record_completions(actor=lend(world.coordinator, "completions.record"), entries=entries, at=AT)
        assert short(world)["Bus_Yard"] == 1


def test_drivers_get_a_day_between_shifts_on_paid_time_only(world: World) -> None:
    yard = add_work_site(world, "bus_yard", 3)
    told: dict[str, Any] = {"audience": "classified", "weekday": 2, "starts": dt.time(10), "ends": dt.time(12)}
    with in_district(world.district.pk):
        ask_work_sites(world)
        with pytest.raises(Invalid):
            add_window(actor=world.coordinator, stretch=Stretch(level="bus_yard", **told), at=AT)
        assert PlanEntry.objects.get(plan=draft_plan(world), site=yard).on is None
        add_window(actor=world.coordinator, stretch=Stretch(level="bus_yard", is_paid_time=True, **told), at=AT)
        entry = PlanEntry.objects.get(plan=draft_plan(world), site=yard)
        assert (entry.audience, entry.head_count, entry.on and entry.on.weekday()) == ("classified", 3, 2)
        parted = {**told, "audience": "drivers", "weekday": 3, "level": "bus_yard", "is_paid_time": True}
        add_window(actor=world.coordinator, stretch=Stretch(**parted), at=AT)
        entry = PlanEntry.objects.get(plan=draft_plan(world), site=yard)
        assert (entry.audience, entry.on and entry.on.weekday()) == ("drivers", 3), "a district may part them"


def test_a_part_that_asks_gets_its_own_hours_or_those_of_the_whole(world: World) -> None:
    def weekdays() -> set[int]:
        found = untrained_sites(world.coordinator, year_of(world), TODAY, AT) or []
        mine = next(each for each in found if each.site.pk == world.site.pk)
        return {window.day.weekday() for window in mine.windows if window.starts == 6 * 60}

    hours = dt.time(6), dt.time(7, 30)
    with in_district(world.district.pk):
        add_window(actor=world.coordinator, stretch=Stretch("classified", 4, *hours, site_ref=world.site.ref), at=AT)
        assert weekdays() == set()
    ask(world, audience="front_office", windows=(Window(TODAY + dt.timedelta(days=9), dt.time(14), dt.time(16)),))
    with in_district(world.district.pk):
        assert weekdays() == {4}
        stretch = Stretch("front_office", 0, *hours, site_ref=world.site.ref)
        add_window(actor=world.coordinator, stretch=stretch, at=AT)
        assert weekdays() == {0}


def test_hours_of_an_audience_are_used_where_a_site_asks_for_just_that(world: World) -> None:
    hours = Stretch("teachers", 4, dt.time(6), dt.time(7, 30), site_ref=world.site.ref)

    def has_them() -> bool:
        found = untrained_sites(world.coordinator, year_of(world), TODAY, AT) or []
        mine = next(each for each in found if each.site.pk == world.site.pk)
        return any(window.starts == 6 * 60 for window in mine.windows)

    with in_district(world.district.pk):
        add_window(actor=world.coordinator, stretch=hours, at=AT)
        assert not has_them()
    ask(world, audience="teachers")
    with in_district(world.district.pk):
        assert has_them()
