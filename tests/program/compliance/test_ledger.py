"""The ledger: written once per evidence, corrected by rows, changed by nobody; requirements keep what was known."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.factories import make_actor, make_district, make_person
from tests.moments import AT
from tests.program.compliance.world import SUBJECT, asked_on, clerk, terms
from upstander.district.people.models import Person
from upstander.district.places.models import District
from upstander.engines.obligations import months_later
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.compliance.models import Completion, Requirement
from upstander.program.compliance.selectors.requirements import requirement_history
from upstander.program.compliance.services import (
    Entry,
    correct_completion,
    end_requirement,
    record_completions,
    set_requirement,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 5)
START = dt.date(2026, 7, 1)


@pytest.fixture
def district() -> District:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=START, at=AT)
    return district


@pytest.fixture
def person(district: District) -> Person:
    return make_person(district)


def entry(person: Person, evidence: str = "SESSION00001", day: dt.date = DAY) -> Entry:
    return Entry(person.pk, SUBJECT, day, "session", evidence)


def events(name: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=f"compliance.{name}").order_by("pk"))


def test_the_requirement_of_the_day_says_how_long_a_completion_counts(district: District, person: Person) -> None:
    with in_district(district.pk):
        record_completions(actor=clerk(district), entries=[entry(person)], at=AT)
        row = Completion.objects.get()
        assert (row.completed_on, row.expires_on, row.recorded_at, row.recorded_by) == (
            DAY,
            dt.date(2027, 10, 5),
            AT,
            "test",
        )
        (event,) = events("completions_recorded")
        assert (event.subject_ref, event.data) == (
            "SESSION00001",
            {"training": SUBJECT, "evidence_kind": "session", "count": 1},
        )


def test_the_same_evidence_is_written_once_however_often_it_is_sent(district: District, person: Person) -> None:
    with in_district(district.pk):
        first = record_completions(actor=clerk(district), entries=[entry(person), entry(person)], at=AT)
        again = record_completions(actor=clerk(district), entries=[entry(person)], at=AT)
        other = record_completions(actor=clerk(district), entries=[entry(person, "SESSION00002")], at=AT)
        assert first == again * 2
        assert other != again
        assert Completion.objects.count() == 2
        assert [event.data["count"] for event in events("completions_recorded")] == [1, 1]


def test_a_list_of_a_day_on_which_nothing_is_asked_has_to_say_how_long_it_counts(
    district: District, person: Person
) -> None:
    early = START - dt.timedelta(days=1)
    with in_district(district.pk):
        listed = Entry(person.pk, SUBJECT, early, "import", "old list")
        with pytest.raises(Invalid):
            record_completions(actor=clerk(district), entries=[listed], at=AT)
        given = Entry(person.pk, SUBJECT, early, "import", "old list", expires_on=DAY)
        record_completions(actor=clerk(district), entries=[given], at=AT)
        assert Completion.objects.get().expires_on == DAY


def expiry_of_session(district: District, person: Person, evidence: str, day: dt.date) -> dt.date:
    (ref,) = record_completions(actor=clerk(district), entries=[entry(person, evidence, day)], at=AT)
    return Completion.objects.get(ref=ref).expires_on


def test_a_session_before_the_first_day_or_after_the_last_counts_as_the_nearest_requirement_says(
    district: District, person: Person
) -> None:
    next_year = dt.date(2027, 7, 1)
    with in_district(district.pk):
        actor = clerk(district)
        set_requirement(actor=actor, terms=terms(validity_months=24), starts_on=next_year, at=AT)
        end = dt.date(2028, 7, 1)
        later = Requirement.objects.get(starts_on=next_year, superseded_at__isnull=True)
        end_requirement(actor=actor, ref=later.ref, ends_on=end, reason="ended", at=AT)
        early = START - dt.timedelta(days=1)
        assert expiry_of_session(district, person, "BEFORE", early) == months_later(early, 12)
        assert expiry_of_session(district, person, "WITHIN", next_year) == months_later(next_year, 24)
        assert expiry_of_session(district, person, "AFTER", end) == months_later(end, 24)
        (ref,) = Completion.objects.filter(evidence_ref="WITHIN").values_list("ref", flat=True)
        new = correct_completion(actor=actor, ref=ref, reason="wrong_day", completed_on=early, at=AT)
        assert Completion.objects.get(ref=new).expires_on == months_later(early, 12)


def test_a_session_of_a_district_that_asks_for_nothing_counts_for_a_year() -> None:
    district = make_district()
    with in_district(district.pk):
        assert expiry_of_session(district, make_person(district), "FIRST", DAY) == months_later(DAY, 12)


def test_a_training_that_others_count_too_is_valid_as_the_strictest_of_them_says() -> None:
    district = make_district()
    with in_district(district.pk):
        for subject, months in (("one", 24), ("other", 18)):
            asked = terms(subject=subject, also_counts=[SUBJECT], validity_months=months)
            set_requirement(actor=clerk(district), terms=asked, starts_on=START, at=AT)
        assert expiry_of_session(district, make_person(district), "ALSO", DAY) == months_later(DAY, 18)
        set_requirement(actor=clerk(district), terms=terms(validity_months=30), starts_on=START, at=AT)
        assert expiry_of_session(district, make_person(district), "OWN", DAY) == months_later(DAY, 30)


def test_nothing_is_recorded_without_the_capability_unless_it_was_lent(district: District, person: Person) -> None:
    teacher = make_actor(district, "teacher")
    with in_district(district.pk):
        with pytest.raises(NotAllowed):
            record_completions(actor=teacher, entries=[entry(person)], at=AT)
        record_completions(actor=lend(teacher, "completions.record"), entries=[entry(person)], at=AT)
        assert Completion.objects.get().recorded_by == teacher.name


def test_a_correction_keeps_the_row_and_writes_what_is_right(district: District, person: Person) -> None:
    actor = clerk(district)
    with in_district(district.pk):
        (ref,) = record_completions(actor=actor, entries=[entry(person)], at=AT)
        new = correct_completion(
            actor=actor, ref=ref, reason="wrong_day", completed_on=DAY + dt.timedelta(days=1), at=AT
        )
        old, right = Completion.objects.get(ref=ref), Completion.objects.get(ref=new)
        assert (old.completed_on, right.completed_on, right.replaces_id) == (DAY, dt.date(2026, 10, 6), old.pk)
        assert [event.data for event in events("completion_corrected")] == [{"reason": "wrong_day", "replaced_by": new}]
        # The evidence was used: sending it again neither brings the old row back nor adds one.
        assert record_completions(actor=actor, entries=[entry(person)], at=AT) == [ref]
        assert Completion.objects.count() == 2


def test_a_completion_is_taken_back_once(district: District, person: Person) -> None:
    actor = clerk(district)
    with in_district(district.pk):
        (ref,) = record_completions(actor=actor, entries=[entry(person)], at=AT)
        assert correct_completion(actor=actor, ref=ref, reason="not_present", at=AT) is None
        with pytest.raises(WrongState):
            correct_completion(actor=actor, ref=ref, reason="not_present", at=AT)
        with pytest.raises(NotFound):
            correct_completion(actor=actor, ref="000000000000", reason="not_present", at=AT)


def test_another_districts_completion_does_not_exist(district: District, person: Person) -> None:
    other = make_district("fork", "north.localhost")
    with in_district(district.pk):
        (ref,) = record_completions(actor=clerk(district), entries=[entry(person)], at=AT)
    with in_district(other.pk), pytest.raises(NotFound):
        correct_completion(actor=clerk(other), ref=ref, reason="not_present", at=AT)


@pytest.mark.parametrize("table", ["completion", "retraction", "certificate", "revocation"])
@pytest.mark.parametrize("statement", ["UPDATE compliance_{} SET ref = 'X'", "DELETE FROM compliance_{}"])
def test_the_database_itself_refuses_to_change_the_ledger(district: District, table: str, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with in_district(district.pk), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement.format(table))


def test_a_new_requirement_cuts_the_old_one_and_keeps_what_was_known(district: District) -> None:
    actor: Actor = clerk(district)
    later = AT + dt.timedelta(days=1)
    autumn, winter = dt.date(2026, 9, 1), dt.date(2026, 12, 1)
    with in_district(district.pk):
        set_requirement(actor=actor, terms=terms(threshold_percent=90), starts_on=autumn, ends_on=winter, at=later)
        known_now = Requirement.objects.filter(superseded_at__isnull=True).order_by("starts_on")
        assert list(known_now.values_list("starts_on", "ends_on", "threshold_percent")) == [
            (START, autumn, 80),
            (autumn, winter, 90),
            (winter, None, 80),
        ]
        then = [asked_on(actor, DAY, known, "es") for known in (AT, later)]
        assert [found and (found.threshold_percent, found.title) for found in then] == [
            (80, "title es"),
            (90, "title es"),
        ]
        assert asked_on(actor, START - dt.timedelta(days=1), later) is None
        assert len(requirement_history(actor=actor, language="en")) == 4
        assert [event.data["starts_on"] for event in events("requirement_set")] == ["2026-07-01", "2026-09-01"]


def test_only_who_manages_requirements_sets_one(district: District) -> None:
    lead = make_actor(district, "cadre_member")
    with in_district(district.pk), pytest.raises(NotAllowed):
        set_requirement(actor=lead, terms=terms(), starts_on=START, at=AT)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-10-05", 12, "2027-10-05"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-08-31", 18, "2028-02-29"),
    ],
)
def test_months_end_where_the_month_ends(day: str, months: int, expected: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)
