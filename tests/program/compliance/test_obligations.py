"""Obligations: a second route agrees to the person, and what is kept is what is derived from nothing."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_district, make_person, make_post, make_site
from tests.moments import AT
from tests.program.compliance.obligations_again import Books
from tests.program.compliance.world import DAYS, FIRST, World, clerk, moment, terms
from upstander.district.people.models import Leave, Person
from upstander.district.people.services import correct_post, end_leave, end_post, put_on_leave, start_post
from upstander.district.places.models import District, SchoolYear
from upstander.district.places.services import add_school_year
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import Completion, Obligation, Requirement, Retraction
from upstander.program.compliance.selectors.due_board import due_counts
from upstander.program.compliance.selectors.obligations import derivation
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.requirements import requirements_due
from upstander.program.compliance.selectors.standing import (
    COLUMNS,
    EVERYONE,
    OPEN,
    Standing,
    duties,
    question,
    standings,
)
from upstander.program.compliance.services import (
    Entry,
    correct_completion,
    recompute_obligations,
    record_completions,
    set_requirement,
    withdraw_completions,
)
from upstander.program.compliance.services.recounts import queue_recount

pytestmark = pytest.mark.django_db
DAY = dt.date.fromisoformat
YEARS = ((DAY("2024-08-12"), DAY("2025-06-07")), (DAY("2025-08-11"), DAY("2026-06-06")))
LAW = "mandated-reporter"
MORE = (
    "people.load",
    "people.amend",
    "places.manage",
    "requirements.manage",
    "completions.record",
    "coverage.read",
    "people.read",
)


def yearly(**more: Any) -> Any:
    values = {"subject": LAW, "audience": "all_staff", "cadence": "school_year", "grace_days": 42, "opens_days": 30}
    return terms(**{**values, "also_counts": ["csec-awareness"], **more})


def hand(district: District) -> Actor:
    return lend(clerk(district), *MORE)


def test_a_second_route_agrees_to_the_person_for_random_days() -> None:
    seen = sum((_compared(number) for number in range(4)), Counter())
    # A test that never met a case proves nothing about it.
    assert set(seen) == {"done", "due", "grace", "overdue", "excused"}


def _compared(number: int) -> Counter[str]:
    world = World(number, f"district{number}")
    actor, dice = hand(world.district), world.dice
    audience = ["all_staff", "secondary_staff", "work_site_staff"][number % 3]
    asked = yearly(
        audience=audience,
        roles=dice.choice([[], ["teacher", "support"]]),
        break_days=dice.choice([0, 30]),
        grace_days=dice.choice([0, 42]),
        proofs=["session"] if number == 3 else [],
    )
    seen: Counter[str] = Counter()
    with in_district(world.district.pk):
        for first, end in YEARS:
            add_school_year(actor=actor, name=f"{first.year}", starts_on=first, ends_on=end, at=AT)
        for person in world.people:
            for _ in range(dice.randint(0, 2)):
                gone = world.day(0, 700)
                back = gone + dt.timedelta(days=dice.randint(1, 120)) if dice.random() < 0.8 else None
                if not Leave.objects.filter(person=person).exists():
                    put_on_leave(actor=actor, leaves=[(person.pk, gone, back)], at=moment(gone))
        set_requirement(actor=actor, terms=asked, starts_on=DAY("2024-07-01"), at=moment(FIRST))
        (row,) = Requirement.objects.filter(subject=LAW)
        for known_at in (None, moment(world.day(300, DAYS))):
            books = Books(known_at) if known_at else Books()
            for least, most in ((-20, DAYS + 20), (0, 300), (376, 425), (376, 425)):  # the last: a year's first weeks
                on = world.day(least, most)
                again = {p.pk: told for p in world.people if (told := books.state(row, p.pk, on))}
                found = standings(actor=actor, subject=LAW, on=on, known_at=known_at)
                assert {line.person_id: (line.state, line.due_on) for line in found} == again
                seen.update(state for state, _ in again.values())
                _board_agrees(actor, on, known_at, Counter(state for state, _ in again.values()))
    return seen


def _board_agrees(actor: Actor, on: dt.date, known_at: dt.datetime | None, states: Counter[str]) -> None:
    """The board, from what is kept or from what is derived, counts everyone once, however many posts they have."""
    asked = next(
        iter(requirements_due(actor=actor, on=max(on, DAY("2024-07-01")), known_at=known_at, language="en")), None
    )
    if asked:
        whole = due_counts(actor=actor, asked=asked, on=on, known_at=known_at).whole
        assert (whole.staff, whole.done, whole.away) == (
            states.total() - states["excused"],
            states["done"],
            states["excused"],
        )


def kept() -> list[tuple[Any, ...]]:
    names = [field.attname for field in Obligation._meta.fields if field.attname != "id"]
    return sorted(Obligation.objects.values_list(*names), key=repr)


@pytest.mark.parametrize("number", range(4))
def test_kept_after_each_change_is_what_is_derived_from_nothing(number: int) -> None:
    world = World(number)
    actor, dice = hand(world.district), world.dice
    with in_district(world.district.pk):
        add_school_year(actor=actor, name="one", starts_on=YEARS[0][0], ends_on=YEARS[0][1], at=AT)
        set_requirement(actor=actor, terms=yearly(), starts_on=DAY("2024-07-01"), at=AT)
        by_hire = "hire_date" if number % 2 else "fixed"  # where none goes by hire, completions take their short way
        set_requirement(
            actor=actor,
            terms=yearly(subject="by-hire", cadence=by_hire, every_months=6, break_days=10),
            starts_on=DAY("2024-10-01"),
            at=AT,
        )
        changes = [
            _complete,
            _take_back,
            _take_many_back,
            _hire,
            _move,
            _correct,
            _leave,
            _return,
            _ask_anew,
            _next_year,
        ]
        for change in [dice.choice(changes) for _ in range(25)] + changes:
            change(actor, world)
            assert recompute_obligations(actor=actor, at=AT)[1] == 0, f"{change.__name__} left something as it was"
        before = kept()
        assert recompute_obligations(actor=actor, at=AT) == (len(before), 0)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM compliance_obligation")
        assert recompute_obligations(actor=actor, at=AT) == (len(before), len(before))
        assert kept() == before
        assert len(before) > 50


@pytest.mark.parametrize("audience", ["all_staff", "secondary_staff"])
def test_known_then_is_the_same_from_what_is_kept_and_from_nothing(audience: str) -> None:
    """Only those with changes since are derived anew; of a moment nothing is lost, whatever was changed after it."""
    world, whose = World(len(audience)), Counter[str]()
    actor, dice, steps = hand(world.district), world.dice, [_complete, _take_back, _hire, _move, _correct, _leave]
    with in_district(world.district.pk):
        for first, end in YEARS:
            add_school_year(actor=actor, name=f"{first.year}", starts_on=first, ends_on=end, at=AT)
        asked = yearly(audience=audience, cadence=dice.choice(["school_year", "hire_date"]))
        set_requirement(actor=actor, terms=asked, starts_on=DAY("2024-07-01"), at=AT)
        moments = [AT]
        for step in [dice.choice(steps) for _ in range(10)] + [_return, _ask_again, _take_back, _count_again]:
            step(actor, world, at=moments[-1] + dt.timedelta(hours=1))
            moments.append(moments[-1] + dt.timedelta(hours=2))
            for known_at in {AT, dice.choice(moments), AT + dt.timedelta(days=400)}:
                whose[_known_alike(actor, world.day(), known_at)] += 1
    assert set(whose) == {"nobody", "some", "everyone"}  # who was derived anew


def _known_alike(actor: Actor, on: dt.date, known_at: dt.datetime) -> str:
    derive = derivation(actor=actor, known_at=known_at, only=LAW, on=on)
    assert derive
    tables, values = duties(actor=actor, subject=LAW, on=on, known_at=known_at)
    with planned(is_large=True) as cursor:
        answers = []
        for each in (tables, derive.tables):
            cursor.execute(f"WITH {each} SELECT {COLUMNS} FROM derived WHERE {OPEN} ORDER BY {COLUMNS}", values)
            answers.append(cursor.fetchall())
        assert answers[0] == answers[1]
        if "touched" not in tables:
            return "everyone"
        cursor.execute(f"WITH {tables} SELECT count(*) FROM touched", values)
        return "some" if cursor.fetchone()[0] else "nobody"


def test_a_requirement_changed_between_check_and_statement_changes_no_answer(district: District) -> None:
    make_post(make_person(district), site=make_site(district))
    actor, on = hand(district), DAY("2025-10-01")
    with in_district(district.pk):
        set_requirement(actor=actor, terms=yearly(), starts_on=DAY("2025-07-01"), at=AT)
        before = standings(actor=actor, subject=LAW, on=on, known_at=AT)
        tables, values = question(actor=actor, subject=LAW, on=on, known_at=AT)
        set_requirement(actor=actor, terms=yearly(grace_days=7), starts_on=DAY("2025-07-01"), at=AT + dt.timedelta(1))
        with planned(is_large=True) as cursor:
            cursor.execute(f"WITH {tables} {EVERYONE}", values)
            assert [Standing(*row) for row in cursor.fetchall()] == before


def _count_again(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    """A count of everyone that has not come to its end."""
    queue_recount(actor=actor, requirement=Requirement.objects.filter(subject=LAW).latest("pk"), at=at)


def _ask_again(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    set_requirement(actor=actor, terms=yearly(grace_days=7), starts_on=DAY("2025-01-01"), at=at)


def _complete(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    subject = world.dice.choice([LAW, "by-hire", "csec-awareness", "something-else"])
    entry = Entry(world.dice.choice(world.people).pk, subject, world.day(), "import", f"{world.dice.random()}", FAR)
    record_completions(actor=actor, entries=[entry], at=at)


FAR = dt.date(2030, 1, 1)


def _take_back(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    standing = Completion.objects.exclude(pk__in=Retraction.objects.values("completion_id")).order_by("pk")
    row = standing[world.dice.randrange(standing.count())]
    correct_completion(actor=actor, ref=row.ref, reason="wrong_day", at=at)


def _take_many_back(actor: Actor, world: World) -> None:
    standing = Completion.objects.exclude(pk__in=Retraction.objects.values("completion_id")).order_by("pk")
    refs = [row.ref for row in standing[:3]]
    withdraw_completions(actor=actor, refs=refs, reason="evidence_withdrawn", at=AT)


def _hire(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    person = make_person(world.district)
    world.people.append(person)
    start_post(actor=actor, person=person, role="teacher", starts_on=world.day(), at=at, site=world.sites[0])


def _posts(world: World) -> Any:
    posts = [post for person in world.people for post in person.posts.filter(superseded_at__isnull=True)]
    return world.dice.choice(posts)


def _move(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    post = _posts(world)
    end_post(actor=actor, post=post, ends_on=post.starts_on + dt.timedelta(days=world.dice.randint(1, 300)), at=at)


def _correct(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    post = _posts(world)
    first = post.starts_on - dt.timedelta(days=world.dice.randint(0, 3))
    if post.ends_on is None or post.ends_on > first:
        correct_post(actor=actor, post=post, starts_on=first, ends_on=post.ends_on, at=at)


def _leave(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    person: Person = world.dice.choice(world.people)
    if not person.leaves.exists():
        put_on_leave(actor=actor, leaves=[(person.pk, world.day(), None)], at=at)


def _return(actor: Actor, world: World, at: dt.datetime = AT) -> None:
    leave = Leave.objects.filter(superseded_at__isnull=True).order_by("pk").first()
    if leave:
        end_leave(actor=actor, leave=leave, ends_on=leave.starts_on + dt.timedelta(days=9), at=at)


def _ask_anew(actor: Actor, world: World) -> None:
    grace = world.dice.choice([14, 42])
    set_requirement(actor=actor, terms=yearly(grace_days=grace), starts_on=world.day(), at=AT)


def _next_year(actor: Actor, world: World) -> None:
    if not SchoolYear.objects.filter(name="two").exists():
        add_school_year(actor=actor, name="two", starts_on=YEARS[1][0], ends_on=YEARS[1][1], at=AT)


@pytest.fixture
def district() -> District:
    district = make_district()
    with in_district(district.pk):
        for first, end in YEARS:
            add_school_year(actor=hand(district), name=f"{first.year}", starts_on=first, ends_on=end, at=AT)
    return district


@pytest.mark.parametrize(
    ("hired", "due"),
    [
        ("2020-01-01", "2025-09-22"),
        ("2025-08-11", "2025-09-22"),
        ("2025-09-09", "2025-10-21"),
        ("2025-06-20", "2025-09-22"),
    ],
)
def test_six_weeks_run_from_the_year_or_from_the_hire(district: District, hired: str, due: str) -> None:
    """Hire on day 30 of the school year: due six weeks from hire, not from the year's beginning."""
    person = make_person(district)
    make_post(person, site=make_site(district), starts_on=DAY(hired))
    with in_district(district.pk):
        set_requirement(actor=hand(district), terms=yearly(), starts_on=DAY("2025-07-01"), at=AT)
        (line,) = standings(actor=hand(district), subject=LAW, on=DAY("2025-10-01"), known_at=None)
    assert line.due_on == DAY(due)


def test_a_new_requirement_in_the_middle_of_a_year_asks_from_its_own_day(district: District) -> None:
    make_post(make_person(district), site=make_site(district))
    with in_district(district.pk):
        set_requirement(actor=hand(district), terms=yearly(), starts_on=DAY("2025-11-03"), at=AT)
        (line,) = standings(actor=hand(district), subject=LAW, on=DAY("2025-11-03"), known_at=None)
        assert (line.state, line.due_on) == ("due", DAY("2025-12-15"))
        assert standings(actor=hand(district), subject=LAW, on=DAY("2025-11-02"), known_at=None) == []
