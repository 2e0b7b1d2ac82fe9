"""A district's corrections: in force at once, looked at afterwards, never another's, never lost to an edition."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.factories import make_actor, make_district
from tests.moments import AT, TODAY

from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import HOUSE, Actor, job, visitor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState
from upstander.program.facts.content import Entry
from upstander.program.facts.models import Fact, FactChange
from upstander.program.facts.selectors import facts_by_key, shipped_entries
from upstander.program.facts.selectors.editing import Standing, fact_line, facts_listed, facts_to_do, history_of
from upstander.program.facts.services import (
    Correction,
    check_again,
    confirm_change,
    correct_fact,
    keep_correction,
    load_facts,
    take_change_back,
    take_edition,
)

pytestmark = pytest.mark.django_db

LINE = "line.childhelp"
RIGHT = Correction(
    "1-800-555-0199", None, Text("Leave a message", "Deje un mensaje"), "The line itself", "", TODAY,
    TODAY + dt.timedelta(days=180),
)  # fmt: skip
LATER = TODAY + dt.timedelta(days=365)


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def first(district: District) -> Actor:
    return make_actor(district, "coordinator")


@pytest.fixture
def second(district: District) -> Actor:
    return make_actor(district, "coordinator")


def within(actor: Actor, step: Callable[..., FactChange], key: str = LINE, **more: object) -> FactChange:
    with in_district(actor.district_id, account_id=actor.account_id):
        newest = FactChange.objects.filter(key=key).order_by("-number").first()
        told = {"over": newest.number if newest else 0, "at": AT} | more
        return step(actor=actor, key=key, **told)


def correct(actor: Actor, key: str = LINE, correction: Correction = RIGHT, **more: object) -> FactChange:
    return within(actor, correct_fact, key, **{"correction": correction, "reason": "wrong"} | more)


def shown(district: District, key: str = LINE, language: str = "en", on: dt.date = TODAY) -> str:
    with in_district(district.pk):
        return facts_by_key(actor=visitor(district.pk), keys=[key], language=language, on=on)[key].value


def standing(actor: Actor, key: str = LINE, on: dt.date = TODAY) -> Standing:
    with in_district(actor.district_id, account_id=actor.account_id):
        return fact_line(actor=actor, key=key, on=on).standing


def load(**changes: Entry) -> None:
    with in_district(HOUSE):
        actor = job("load facts", HOUSE, frozenset({"facts.load"}))
        load_facts(actor=actor, entries={**shipped_entries(), **changes}, at=AT)


def test_one_person_corrects_at_once_and_a_second_one_confirms(district: District, first: Actor, second: Actor) -> None:
    assert shown(district) == "1-800-422-4453"
    made = correct(first)
    assert (shown(district), standing(first), made.due_on) == (
        "1-800-555-0199", Standing.WAITS, TODAY + dt.timedelta(days=7),
    )  # fmt: skip
    with pytest.raises(WrongState, match="Somebody else"):
        within(first, confirm_change)
    within(second, confirm_change)
    assert (shown(district), standing(first)) == ("1-800-555-0199", Standing.GOOD)
    with pytest.raises(WrongState, match="Nothing waits"):
        within(second, take_change_back)
    with in_district(district.pk):
        assert list(AuditEvent.objects.filter(event__startswith="facts.").values_list("event", "data")) == [
            ("facts.corrected", {"reason": "wrong"}), ("facts.confirmed", {"reason": ""}),
        ]  # fmt: skip


def test_what_one_district_corrects_reaches_no_other(district: District, first: Actor) -> None:
    other = make_district("fork", "north.localhost")
    correct(first)
    assert (shown(district), shown(other)) == ("1-800-555-0199", "1-800-422-4453")


def test_a_correction_is_taken_back_to_what_was_confirmed_last(district: District, first: Actor, second: Actor) -> None:
    correct(first)
    within(first, take_change_back)
    assert shown(district) == "1-800-422-4453"
    correct(first)
    within(second, confirm_change)
    correct(second, correction=replace(RIGHT, value="1-800-555-0111"))
    correct(first, correction=replace(RIGHT, value="1-800-555-0122"))
    for both in (first, second):
        with pytest.raises(WrongState):
            within(both, confirm_change)
    within(second, take_change_back)
    assert (shown(district), standing(second)) == ("1-800-555-0199", Standing.GOOD)
    with in_district(district.pk, account_id=first.account_id):
        assert [row.step for row in history_of(actor=first, key=LINE)][:2] == ["taken_back", "corrected"]


def test_reading_again_moves_the_day_and_nothing_else(district: District, first: Actor, second: Actor) -> None:
    expires = shipped_entries()[LINE].expires_on
    assert standing(first, on=expires) is Standing.EXPIRED
    within(first, check_again, read_on=TODAY, expires_on=LATER)
    assert (standing(first, on=expires), shown(district)) == (Standing.GOOD, "1-800-422-4453")
    correct(first)
    within(second, check_again, read_on=TODAY, expires_on=LATER)
    assert standing(first) is Standing.WAITS
    within(first, take_change_back)
    assert shown(district) == "1-800-422-4453"


def test_a_new_edition_is_shown_and_asked_about_and_never_overwrites(
    district: District, first: Actor, second: Actor
) -> None:
    shipped = shipped_entries()[LINE]
    load()
    correct(first)
    within(second, confirm_change)
    load(**{LINE: replace(shipped, value="1-800-555-0177")})
    assert (shown(district), standing(first)) == ("1-800-555-0199", Standing.ASKED)
    within(first, keep_correction)
    assert (shown(district), standing(first)) == ("1-800-555-0199", Standing.GOOD)
    load(**{LINE: replace(shipped, value="1-800-555-0188")})
    within(first, take_edition)
    assert (shown(district), standing(first)) == ("1-800-555-0188", Standing.GOOD)
    with pytest.raises(WrongState, match="No new edition"):
        within(first, take_edition)


def test_an_edition_that_carries_the_correction_or_only_was_read_again_needs_no_decision(
    district: District, first: Actor
) -> None:
    shipped = shipped_entries()[LINE]
    within(first, check_again, read_on=TODAY, expires_on=LATER)
    load(**{LINE: replace(shipped, value="1-800-555-0177")})
    assert (shown(district), standing(first)) == ("1-800-555-0177", Standing.GOOD)
    correct(first)
    load(**{LINE: replace(shipped, value=RIGHT.value, hours=RIGHT.hours, after_hours=RIGHT.after_hours)})
    with in_district(district.pk, account_id=first.account_id):
        assert not facts_to_do(actor=first, on=TODAY).get(Standing.ASKED)
    assert Fact.objects.get(key=LINE).after_hours_es == "Deje un mensaje"


def test_killed_in_the_middle_nothing_happened(district: District, first: Actor) -> None:
    def killed() -> None:
        with in_district(first.district_id, account_id=first.account_id):
            correct_fact(actor=first, key=LINE, correction=RIGHT, reason="wrong", over=0, at=AT)
            raise SystemExit

    with pytest.raises(SystemExit):
        killed()
    assert shown(district) == "1-800-422-4453"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "call us"}, "value"),
        ({"value": "12"}, "value"),
        ({"source_name": ""}, "source_name"),
        ({"source_address": "javascript:alert(1)"}, "source_address"),
        ({"read_on": TODAY + dt.timedelta(days=1)}, "read_on"),
        ({"expires_on": TODAY}, "expires_on"),
        ({"expires_on": TODAY + dt.timedelta(days=1000)}, "expires_on"),
        ({"hours": Text("Day and night", "")}, "hours_es"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(first: Actor, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        correct(first, correction=replace(RIGHT, **change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_law_is_not_corrected_here_and_only_editors_correct(district: District, first: Actor) -> None:
    with pytest.raises(WrongState, match="signed edition"):
        correct(first, "ca.report.written_hours", replace(RIGHT, value="24", hours=None, after_hours=None))
    with pytest.raises(WrongState, match="signed edition"):
        correct(first, "emergency.number", replace(RIGHT, value="912"))
    with pytest.raises(NotAllowed):
        correct(make_actor(district, "site_administrator"))


def test_the_list_is_searched_and_what_presses_stands_first(district: District, first: Actor, second: Actor) -> None:
    correct(first)
    with in_district(district.pk, account_id=first.account_id):
        lines = facts_listed(actor=first, on=TODAY)
        assert (lines[0].entry.key, lines[0].standing) == (LINE, Standing.WAITS)
        assert [line.entry.key for line in facts_listed(actor=first, on=TODAY, search="0199")] == [LINE]
        assert {line.entry.kind for line in facts_listed(actor=first, on=TODAY, kind="claim")} == {"claim"}
        assert Standing.WAITS not in facts_to_do(actor=first, on=TODAY)
    with in_district(district.pk, account_id=second.account_id):
        assert [line.entry.key for line in facts_to_do(actor=second, on=TODAY)[Standing.WAITS]] == [LINE]
