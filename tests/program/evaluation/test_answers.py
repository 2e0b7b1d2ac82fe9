"""Answers without a name: linked once, forgotten, and told only where nobody can be found."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_district
from tests.factories.training import KNOWN, World
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.district.places.models import SchoolYear
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import job, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.evaluation.content.sheets import DEBRIEF, STAFF, shipped_sheets
from upstander.program.evaluation.disposal import forget_links
from upstander.program.evaluation.models import AnswerSheet, Debrief
from upstander.program.evaluation.policies import key_of
from upstander.program.evaluation.selectors.results import session_results, year_results
from upstander.program.evaluation.services.answers import Answers, keep_answers, keep_debrief
from upstander.program.training.models import Session
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.sessions import close_session, open_session

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
ENDS = BEGINS + HOUR
CLOSED = ENDS + dt.timedelta(days=2)
LOW = {"interest": "4", "confidence": "2", "role": "3"}
HIGH = {"confidence": "3", "role": "3", "protocol": "4", "notice": "3", "help": "2", "duty": "4"}


def make_year(world: World) -> None:
    dates = {"starts_on": dt.date(2026, 8, 12), "ends_on": dt.date(2027, 6, 11)}
    with in_district(world.district.pk):
        SchoolYear.objects.create(district_id=world.district.pk, name="2026-27", **dates)


@pytest.fixture
def session(world: World) -> Session:
    session = confirmed(world)[1]
    with in_district(world.district.pk):
        return open_session(actor=world.consultant, ref=session.ref, at=BEGINS)


def say(world: World, session: Session, phase: str, code: str = "", **more: Any) -> None:
    chosen = more.pop("chosen", LOW if phase == "before" else HIGH)
    told = {"key": key_of(session), "at": BEGINS if phase == "before" else ENDS, **more}
    with in_district(world.district.pk):
        keep_answers(
            actor=visitor(world.district.pk),
            session_ref=session.ref,
            phase=phase,
            answers=Answers(chosen, code),
            **told,
        )


def close(world: World, session: Session) -> None:
    with in_district(world.district.pk):
        for person in world.staff:
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=True, at=BEGINS)
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=ENDS)


def test_the_second_sheet_finds_the_first_and_the_code_is_forgotten(world: World, session: Session) -> None:
    say(world, session, "before", "ab-12 cd")
    with in_district(world.district.pk):
        kept = AnswerSheet.objects.get()
    assert len(kept.link) == 64
    assert "AB12CD" not in kept.link
    say(world, session, "after", "AB12CD")
    with in_district(world.district.pk):
        kept = AnswerSheet.objects.get()
        assert (kept.before, kept.after, kept.link) == (LOW, HIGH, "")
        assert {event.data["phase"] for event in AuditEvent.objects.filter(event="evaluation.answered")} == {
            "before",
            "after",
        }


def test_a_code_that_comes_twice_links_nobody_and_without_one_nothing_is_kept_of_it(
    world: World, session: Session
) -> None:
    for code in ("SAME1", "SAME1", ""):
        say(world, session, "before", code)
    with in_district(world.district.pk):
        assert list(AnswerSheet.objects.values_list("link", flat=True)) == ["", "", ""]


def test_codes_go_when_the_questions_close(world: World, session: Session) -> None:
    say(world, session, "before", "ALONE7")
    actor = job("house.forget_links", world.district.pk, frozenset())
    with in_district(world.district.pk):
        assert forget_links(actor=actor, at=CLOSED - HOUR) == 0
        assert [forget_links(actor=actor, at=CLOSED) for _ in range(2)] == [1, 0]
        assert AnswerSheet.objects.get().link == ""


def test_refusals(world: World, session: Session) -> None:
    for kind, phase, more in (
        (Invalid, "before", {"chosen": {**LOW, "role": "9"}}),
        (Invalid, "before", {"chosen": {"role": "1"}}),
        (Invalid, "before", {"chosen": {**LOW, "note": "1"}}),
        (Invalid, "before", {"code": "Maria Lopez!"[:3]}),
        (WrongState, "before", {"at": ENDS + HOUR}),
        (WrongState, "after", {"at": BEGINS}),
        (WrongState, "after", {"at": CLOSED}),
        (NotFound, "before", {"key": "0" * 32}),
    ):
        with pytest.raises(kind):
            say(world, session, phase, **more)
    with in_district(world.district.pk):
        assert not AnswerSheet.objects.exists()
    other = make_district("fork", "north.localhost")
    with in_district(other.pk), pytest.raises(NotFound):
        keep_answers(
            actor=visitor(other.pk),
            session_ref=session.ref,
            key=key_of(session),
            phase="before",
            answers=Answers(LOW),
            at=BEGINS,
        )


@pytest.mark.parametrize(("people", "told"), [(10, False), (11, True)])
def test_eleven_are_told_and_ten_are_not(world: World, session: Session, people: int, told: bool) -> None:
    for number in range(people):
        say(world, session, "before", f"CODE{number}")
    for number in range(people):
        say(world, session, "after", f"CODE{number}", chosen={**HIGH, "role": "4"} if number < 5 else HIGH)
    close(world, session)
    make_year(world)
    with in_district(world.district.pk):
        assert session_results(actor=world.consultant, ref=session.ref, at=CLOSED - HOUR) is None
        found = session_results(actor=world.consultant, ref=session.ref, at=CLOSED)
        year = year_results(actor=world.coordinator, on=session.on, at=CLOSED)
        with pytest.raises(NotFound):
            session_results(actor=world.administrator, ref=session.ref, at=CLOSED)
    assert found is not None
    shares = {each.indicator.key: each.percent for each in found.figures}
    expected = {"interest": 100, "confidence": 100, "role": round(500 / people), "protocol": 100, "notice": 100}
    expected |= {"help": 0, "duty": 100}
    nothing: dict[str, int | None] = dict.fromkeys(expected)
    assert shares == {"trained": None, **(expected if told else nothing)}
    assert [each.count for each in found.figures if each.count is not None] == [3]
    assert {each.percent for each in year.whole.figures} == set(shares.values())


def test_a_look_back_is_choices_after_closing(world: World, session: Session) -> None:
    chosen = {question.key: question.options[0][0] for question in shipped_sheets()[DEBRIEF].questions}
    told = {"actor": world.consultant, "session_ref": session.ref, "at": ENDS}
    with in_district(world.district.pk), pytest.raises(WrongState):
        keep_debrief(chosen=chosen, **told)  # type: ignore[arg-type]
    close(world, session)
    with in_district(world.district.pk):
        with pytest.raises(Invalid):
            keep_debrief(chosen={**chosen, "time": "long"}, **told)  # type: ignore[arg-type]
        keep_debrief(chosen=chosen, **told)  # type: ignore[arg-type]
        assert Debrief.objects.get().answers == chosen


def test_the_eight_measures_are_there_in_both_languages() -> None:
    sheet = shipped_sheets()[STAFF]
    assert len(sheet.indicators) == 8
    assert [len(sheet.asked(phase)) for phase in ("before", "after")] == [3, 6]
