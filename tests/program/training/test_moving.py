"""A plan made anew where an agreed session has to move: it alone moves, the plan says so, and nobody else hears."""

import datetime as dt

import pytest

from tests.factories import make_person, make_post
from tests.factories.plans import draft_plan, make_year_world
from tests.factories.training import World
from tests.moments import AT
from tests.program.training.test_plans import entries
from tests.program.training.test_together import answer, join, released, site, state_of
from upstander.district.places.services import DayOut, add_days_out
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Plan, PlanEntry, Session
from upstander.program.training.planning import answers
from upstander.program.training.services.plan_release import release_plan

NAMES = ("Oak 0", "Oak 1", "Oak 2", "Oak 3", "Oak 4")


@pytest.fixture
def world(db: None) -> World:
    """Five small schools, each with its principal; three of them are trained together."""
    world = make_year_world(schools=len(NAMES))
    with in_district(world.district.pk):
        schools = [site(name) for name in NAMES]
    for school in schools:
        address = school.name.replace(" ", "").lower()
        principal = make_person(world.district, family_name=school.name, email=f"{address}@example.org")
        make_post(principal, "site_administrator", site=school)
    return world


def agreed(world: World) -> tuple[Plan, dict[str, PlanEntry]]:
    """A plan to which every site has said yes."""
    join(world)
    plan = released(world)
    for entry in sorted(entries(plan), key=lambda each: each.host_id is not None):
        answer(world, entry, is_accepted=True)
    return plan, {entry.site.name: entry for entry in entries(plan)}


def keep_for_tests(world: World, entry: PlanEntry) -> None:
    assert entry.on
    day = DayOut(entry.on, "State tests", entry.site_id, "testing")
    add_days_out(actor=lend(world.coordinator, "places.manage"), days=[day], at=AT)


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_a_joint_session_moves_for_a_guests_testing_day_and_nothing_else_does(world: World) -> None:
    with in_district(world.district.pk):
        _, before = agreed(world)
        day = before["Oak 1"].on
        assert day
        keep_for_tests(world, before["Oak 1"])
        again = draft_plan(world)
        after = {entry.site.name: entry for entry in entries(again)}
        group = ("Oak 0", "Oak 1", "Oak 2")
        assert {after[name].on for name in group} != {day}
        assert len({(after[name].on, after[name].starts) for name in group}) == 1
        assert sorted(again.moved) == sorted(after[name].site.ref for name in group)
        assert {name: entry.on for name, entry in after.items() if name not in group} == {
            name: entry.on for name, entry in before.items() if name not in group
        }
        assert answers.violations(answers.stored_problem(again), answers.entries_of(again)) == []

        seats = Session.objects.get(plan_entries=before["Oak 0"]).assignments.select_related("member__person")
        team = {seat.member.person.email for seat in seats}
        Notice.objects.all().delete()
        outcome = release_plan(actor=world.coordinator, ref=again.ref, at=AT)
        assert sorted(entry.site.name for entry in outcome.proposed) == list(group)
        assert sorted(entry.site.name for entry in outcome.moved) == list(group)
        assert told("plan_asked") == {"oak0@example.org", "oak1@example.org", "oak2@example.org"}
        new = {seat.member.person for seat in after["Oak 0"].seats.select_related("member__person")}
        assert told("plan_with_you") == {person.email for person in new}
        assert all(mail.facts["lost"] == [] for mail in Notice.objects.filter(kind="plan_with_you"))
        asked = Notice.objects.get(kind="plan_asked", recipient="oak1@example.org").facts["lines"]
        assert [line["before"].startswith(f"{day:%A, %B} {day.day}") for line in asked] == [True]
        assert told("training_cancelled") >= team
        assert told("training_cancelled").isdisjoint({"oak3@example.org", "oak4@example.org"})
        assert [state_of(after[name]) for name in sorted(after)] == ["confirmed"] + ["planned"] * 3 + ["confirmed"] * 2
        for name in group:
            answer(world, PlanEntry.objects.get(plan=again, site__name=name), is_accepted=True)
        assert draft_plan(world).moved == []


def test_where_no_other_day_is_left_the_plan_says_so_and_calls_nothing_off(world: World) -> None:
    with in_district(world.district.pk):
        _, before = agreed(world)
        entry = before["Oak 3"]
        session = Session.objects.get(plan_entries=entry)
        year = entry.plan.year
        days = [year.starts_on + dt.timedelta(days=number) for number in range((year.ends_on - year.starts_on).days)]
        out = [DayOut(day, "Moving house", entry.site_id) for day in days if day.weekday() < 5]
        add_days_out(actor=lend(world.coordinator, "places.manage"), days=out, at=AT)
        again = draft_plan(world)
        found = next(each for each in entries(again) if each.site == entry.site)
        assert (found.on, found.session, again.moved) == (None, session, [])
        assert [each["rule"] for each in found.lacking["reasons"]] == ["closed"]
        outcome = release_plan(actor=world.coordinator, ref=again.ref, at=AT)
        assert outcome.proposed == []
        session.refresh_from_db()
        assert session.state == "confirmed"
