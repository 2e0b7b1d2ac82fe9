"""A list's way into the ledger: read as it is, asked about where it is open, applied as seen, taken back by rows."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import make_actor, make_district, make_person, make_site
from tests.factories.spreadsheets import by_hand, learning_system, schools_trained, workbook
from tests.moments import AT, TODAY
from tests.program.compliance.world import SUBJECT, clerk, terms
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.insights.coverage import school_report
from upstander.program.compliance.models import Completion, Retraction, SiteTraining
from upstander.program.compliance.services import issue_certificates, set_requirement
from upstander.program.imports.content.columns import Choice, guess, header_row_of
from upstander.program.imports.disposal import forget_rows
from upstander.program.imports.models import Import, ImportSheet, Match
from upstander.program.imports.selectors.earlier import earlier_requests
from upstander.program.imports.selectors.imports import cells_of, import_by_ref
from upstander.program.imports.selectors.preview import Outlook, outlook, preview_of
from upstander.program.imports.services import (
    apply_import,
    choose_columns,
    decide_matches,
    discard_import,
    take_file,
    undo_import,
)
from upstander.program.imports.states import MOVES, OPEN, UNDONE, moved

pytestmark = pytest.mark.django_db
YEARS = Choice(
    header_row=3, columns={"name": 0, "code": 1}, years={2: 2022, 3: 2023, 4: 2024}, order="mdy", subject=SUBJECT
)
PEOPLE = Choice(header_row=1, columns={"person": 0, "number": 1, "course": 2, "when": 3}, order="mdy", subject=SUBJECT)
NAMES = Choice(columns={"name": 0, "when": 1, "heads": 2}, order="dmy", subject=SUBJECT)


@pytest.fixture
def district() -> District:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=dt.date(2020, 7, 1), at=AT)
    return district


@pytest.fixture
def actor(district: District) -> Iterator[Actor]:
    actor = make_actor(district)
    with in_district(district.pk):
        yield actor


@pytest.fixture
def refs(district: District) -> dict[str, str]:
    """The refs of four schools, two of them of one name."""
    known = {"0101": "Lincoln High School", "0102": "Lincoln High School", "0103": "Roosevelt Middle School"}
    sites = {code: make_site(district, name, code=code) for code, name in known.items()}
    sites["0107"] = make_site(district, "Adams Junior High School", code="0107", street="1 Oak Street", city="Alder")
    return {code: site.ref for code, site in sites.items()}


def taken(actor: Actor, raw: bytes, choice: Choice, kind: str = "site_trainings") -> str:
    ref = take_file(actor=actor, kind=kind, file_name="list.xlsx", raw=raw, at=AT)
    choose_columns(actor=actor, ref=ref, choice=choice, at=AT)
    return ref


def seen(actor: Actor, ref: str) -> Outlook:
    return outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY)


def decide(actor: Actor, ref: str, answers: dict[str, str]) -> int:
    """Decide by what the list says; whatever is not named means nobody."""
    asked = {question.key: answers.get(question.name, "") for question in seen(actor, ref).to_decide}
    return decide_matches(actor=actor, ref=ref, answers=asked, at=AT, on=TODAY)


def counts(actor: Actor, ref: str) -> dict[str, int]:
    load = import_by_ref(actor=actor, ref=ref)
    found = preview_of(actor=actor, load=load, seen=seen(actor, ref), language="en")
    return {name: count for name, count in found.counts.items() if count}


def apply(actor: Actor, ref: str, *, without: bool = True, seal: str = "") -> dict[str, int]:
    load = import_by_ref(actor=actor, ref=ref)
    seal = seal or preview_of(actor=actor, load=load, seen=seen(actor, ref), language="en").seal
    done = apply_import(actor=actor, ref=ref, seal=seal, without_refused=without, at=AT, on=TODAY)
    return {name: count for name, count in done.items() if count}


def problems(actor: Actor, ref: str) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.reason) for each in seen(actor, ref).reading.problems]


def statements() -> list[tuple[str, int, dt.date | None, int | None]]:
    rows = SiteTraining.objects.filter(retractions__isnull=True).order_by("site__code", "school_year", "held_on")
    return [(row.site.code, row.school_year, row.held_on, row.head_count) for row in rows]


def test_headings_are_found_below_titles_and_proposed(actor: Actor) -> None:
    ref = take_file(actor=actor, kind="site_trainings", file_name="a.xlsx", raw=schools_trained(), at=AT)
    rows = cells_of(actor=actor, load=import_by_ref(actor=actor, ref=ref)).rows
    assert header_row_of(rows) == 3
    assert guess("site_trainings", rows[3]) == {0: "name", 1: "code", 2: "year", 3: "year", 4: "year"}
    system = take_file(actor=actor, kind="completions", file_name="b.csv", raw=learning_system(), at=AT)
    rows = cells_of(actor=actor, load=import_by_ref(actor=actor, ref=system)).rows
    assert guess("completions", rows[header_row_of(rows)]) == {0: "person", 1: "number", 2: "course", 3: "when"}


def test_what_nobody_asked_for_is_never_kept(actor: Actor) -> None:
    ref = take_file(actor=actor, kind="completions", file_name="b.csv", raw=learning_system(), at=AT)
    load = import_by_ref(actor=actor, ref=ref)
    assert cells_of(actor=actor, load=load).never_kept == ("Comments",)
    assert "student" not in str(ImportSheet.objects.get(load=load).rows)
    choose_columns(actor=actor, ref=ref, choice=PEOPLE, at=AT)
    narrow = take_file(actor=actor, kind="site_trainings", file_name="c.xlsx", raw=schools_trained(), at=AT)
    choose_columns(
        actor=actor,
        ref=narrow,
        choice=Choice(header_row=3, columns={"code": 1}, years={2: 2022}, subject=SUBJECT),
        at=AT,
    )
    sheet = ImportSheet.objects.get(load__ref=narrow)  # and the other sheet is gone
    assert "Lincoln" not in str(sheet.rows)


def test_each_cell_that_cannot_be_read_is_told_by_its_place(actor: Actor, refs: dict[str, str]) -> None:
    ref = taken(actor, schools_trained(), YEARS)
    assert problems(actor, ref) == [
        (9, "E", "no_mark"),
        (10, "A", "merged"),
        (11, "A", "merged"),
    ]
    assert [(each.row, each.column) for each in seen(actor, ref).reading.remarks] == [(9, "D"), (14, "E")]
    people = taken(actor, learning_system(), PEOPLE, "completions")
    assert problems(actor, people) == [(6, "D", "wrong_order"), (10, "B", "text_formula"), (12, "D", "no_day")]


def test_two_schools_of_one_name_are_asked_about_and_a_code_is_enough(actor: Actor, refs: dict[str, str]) -> None:
    ref = taken(actor, schools_trained(), YEARS)
    asked = {(question.code, question.name): question for question in seen(actor, ref).questions}
    assert asked["0101", "Lincoln HS"].sure == refs["0101"]
    both = asked["", "Lincoln HS"]
    assert ({target.ref for target in both.candidates}, both.answer, both.proposed) == (
        {refs["0101"], refs["0102"]},
        None,
        "",
    )
    other = asked["9999", "Adams Jr. High"]  # the code is unknown, so even the only school of this name is not proposed
    assert [(target.ref, target.about) for target in other.candidates] == [(refs["0107"], "1 Oak Street, Alder")]
    assert other.proposed == ""


def test_a_list_of_schools_is_applied_as_it_was_seen_and_changes_nothing_a_second_time(
    actor: Actor, refs: dict[str, str]
) -> None:
    ref = taken(actor, schools_trained(), YEARS)
    with pytest.raises(WrongState):  # names are open
        apply(actor, ref)
    assert decide(actor, ref, {"Lincoln HS": refs["0102"], "Adams Jr. High": refs["0107"]}) == 0
    with pytest.raises(WrongState):  # cells are refused
        apply(actor, ref, without=False)
    with pytest.raises(WrongState):  # something else was seen
        apply(actor, ref, seal="other")
    assert apply(actor, ref) == {"new": 7, "left_out": 4, "refused": 3}
    first = statements()
    assert first == [
        ("0101", 2022, None, None),
        ("0101", 2023, None, None),
        ("0101", 2024, dt.date(2025, 3, 4), None),
        ("0102", 2023, None, None),
        ("0103", 2023, None, 45),
        ("0103", 2024, dt.date(2025, 3, 4), None),
        ("0107", 2023, None, None),
    ]
    again = taken(actor, schools_trained(), YEARS)
    assert again != ref
    assert decide_matches(actor=actor, ref=again, answers={}, at=AT, on=TODAY) == 0  # all is remembered
    assert apply(actor, again) == {"there": 7, "left_out": 4, "refused": 3}
    assert statements() == first
    assert not Completion.objects.exists()  # a list without names trains nobody
    asked: dict[str, Any] = {"actor": actor, "on": TODAY, "today": TODAY, "known_at": AT, "language": "en"}
    report = school_report(ref=refs["0103"], **asked)
    assert [(each.year_name, each.head_count) for each in report.reported] == [("2024-25", None), ("2023-24", 45)]
    assert not report.line.is_trained


def test_a_later_list_puts_right_and_undoing_lets_the_earlier_stand_again(actor: Actor, refs: dict[str, str]) -> None:
    first = taken(
        actor, b"code,when\n0103,2024-25\n0101,2024-25\n", Choice(columns={"code": 0, "when": 1}, subject=SUBJECT)
    )
    decide(actor, first, {})
    assert apply(actor, first) == {"new": 2}
    second = taken(actor, by_hand(), NAMES)
    assert problems(actor, second) == []
    decide(actor, second, {"roosevelt ms": refs["0103"], "Lincoln High School": refs["0101"]})
    assert apply(actor, second) == {"changed": 2, "left_out": 1}
    assert statements() == [("0101", 2024, None, 30), ("0103", 2024, dt.date(2025, 1, 2), 1200)]
    with pytest.raises(WrongState, match="Undo that one first"):
        undo_import(actor=actor, ref=first, at=AT)
    assert undo_import(actor=actor, ref=second, at=AT) == 2
    assert statements() == [("0101", 2024, None, None), ("0103", 2024, None, None)]
    assert undo_import(actor=actor, ref=first, at=AT) == 2
    assert statements() == []
    with pytest.raises(WrongState):
        undo_import(actor=actor, ref=first, at=AT)


@pytest.fixture
def staff(district: District) -> dict[str, str]:
    named = {
        "004711": ("Ana", "Núñez"),
        "000815": ("Sam", "Bright"),
        "000816": ("Ife", "Okoro"),
        "000817": ("Luz", "Vega"),
    }
    people = {
        number: make_person(district, staff_number=number, given_name=given, family_name=family)
        for number, (given, family) in named.items()
    }
    return {number: person.ref for number, person in people.items()}


def test_completions_of_a_learning_system_count_for_the_people_they_name(actor: Actor, staff: dict[str, str]) -> None:
    ref = taken(actor, learning_system(), PEOPLE, "completions")
    asked = {question.name: question for question in seen(actor, ref).to_decide}
    assert set(asked) == {"CSEC Awareness 2025", "Bloodborne Pathogens", "Bright, Sam", "Nobody, Known"}
    assert [target.ref for target in asked["Bright, Sam"].candidates] == [staff["000815"]]  # zeros were dropped
    assert decide(actor, ref, {"CSEC Awareness 2025": SUBJECT, "Bright, Sam": staff["000815"]}) == 0
    assert apply(actor, ref) == {"new": 3, "left_out": 2, "refused": 3}
    rows = Completion.objects.order_by("completed_on").values_list(
        "person__staff_number", "completed_on", "evidence_kind"
    )
    assert list(rows) == [
        ("000815", dt.date(2025, 2, 1), "import"),
        ("004711", dt.date(2025, 3, 4), "import"),
        ("000816", dt.date(2025, 3, 4), "import"),
    ]
    again = taken(actor, learning_system(), PEOPLE, "completions")
    decide_matches(actor=actor, ref=again, answers={}, at=AT, on=TODAY)
    assert apply(actor, again) == {"there": 3, "left_out": 2, "refused": 3}
    assert Completion.objects.count() == 3


def test_completions_are_undone_by_rows_while_nothing_is_built_on_them(actor: Actor, staff: dict[str, str]) -> None:
    raw = b"id,done\n004711,2025-03-04\n000815,2025-03-04\n000815,2025-03-04\n000815,2019-03-04\n"
    ref = taken(actor, raw, Choice(columns={"number": 0, "when": 1}, subject=SUBJECT), "completions")
    decide(actor, ref, {})
    assert apply(actor, ref) == {"new": 2, "twice": 1, "not_asked": 1}
    assert undo_import(actor=actor, ref=ref, at=AT) == 2
    assert list(Retraction.objects.values_list("reason", flat=True)) == ["evidence_withdrawn"] * 2
    again = taken(actor, raw, Choice(columns={"number": 0, "when": 1}, subject=SUBJECT), "completions")
    decide(actor, again, {})
    assert apply(actor, again)["new"] == 2
    standing = Completion.objects.filter(retractions__isnull=True).values_list("ref", flat=True)
    issue_certificates(actor=clerk_of(actor), refs=list(standing)[:1], at=AT, tell=False)
    with pytest.raises(WrongState, match="Certificates were issued"):
        undo_import(actor=actor, ref=again, at=AT)
    assert import_by_ref(actor=actor, ref=again).state == "applied"


def clerk_of(actor: Actor) -> Actor:
    return clerk(District.objects.get(pk=actor.district_id))


def test_a_name_is_asked_about_once_however_often_and_in_how_many_ways_a_list_says_it(
    actor: Actor, refs: dict[str, str]
) -> None:
    names = ("Lincoln HS", "lincoln high school", "LINCOLN H.S.", "Roosevelt MS")
    rows = "\n".join(f"{names[row % 4]},2/14/2023,4{row % 4}" for row in range(80))
    choice = Choice(columns={"name": 0, "when": 1, "heads": 2}, order="mdy")
    ref = taken(actor, f"Site,Request date,Attendees\n{rows}".encode(), choice, "requests")
    found = seen(actor, ref)
    asked = {each.key: (each.name, each.first_row, each.row_count) for each in found.to_decide}
    assert asked == {"|lincoln high": ("Lincoln HS", 2, 60), "|roosevelt middle": ("Roosevelt MS", 5, 20)}
    assert found.open_count == 2
    answers = {"|lincoln high": refs["0102"], "|roosevelt middle": refs["0103"]}
    assert decide_matches(actor=actor, ref=ref, answers=answers, at=AT, on=TODAY) == 0
    assert Match.objects.count() == 2
    later = taken(
        actor,
        b"Site,Request date\nLincoln high School,2/15/2023\n",
        Choice(columns={"name": 0, "when": 1}, order="mdy"),
        "requests",
    )
    assert seen(actor, later).open_count == 0, "what was settled for one list holds for the next"


def test_requests_of_before_are_history_and_can_be_undone(actor: Actor, refs: dict[str, str]) -> None:
    raw = b"Site,Request date,Attendees\nRoosevelt MS,2/14/2023,40\nRoosevelt MS,2/14/2023,40\nRoosevelt MS,2021-22,\n"
    choice = Choice(columns={"name": 0, "when": 1, "heads": 2}, order="mdy")
    ref = taken(actor, raw, choice, "requests")
    assert problems(actor, ref) == [(4, "B", "no_day")]  # a request was made on a day
    assert seen(actor, ref).to_decide[0].proposed == refs["0103"]  # the only one of this name, still to be confirmed
    decide(actor, ref, {"Roosevelt MS": refs["0103"]})
    assert apply(actor, ref) == {"new": 1, "twice": 1, "refused": 1}
    (row,) = earlier_requests(actor=actor)
    assert (row.site.code, row.asked_on, row.head_count) == ("0103", dt.date(2023, 2, 14), 40)
    again = taken(actor, raw, choice, "requests")
    decide_matches(actor=actor, ref=again, answers={}, at=AT, on=TODAY)
    assert apply(actor, again) == {"there": 2, "refused": 1}
    assert undo_import(actor=actor, ref=ref, at=AT) == 1
    assert not earlier_requests(actor=actor)


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (Choice(columns={"when": 1}, subject=SUBJECT), "columns"),
        (Choice(columns={"code": 0}, subject=SUBJECT), "columns"),
        (Choice(columns={"code": 0, "when": 1}, years={1: 2024}, subject=SUBJECT), "columns"),
        (Choice(columns={"code": 0, "when": 7}, subject=SUBJECT), "columns"),
        (Choice(header_row=9, columns={"code": 0, "when": 1}, subject=SUBJECT), "columns"),
        (Choice(columns={"code": 0, "when": 1}, subject="other"), "subject"),
        (Choice(columns={"code": 0, "when": 1}, subject=SUBJECT), "order"),
        (Choice(columns={"code": 0, "when": 1}, subject=SUBJECT, order="ymd"), "order"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(actor: Actor, choice: Choice, field: str) -> None:
    ref = take_file(actor=actor, kind="site_trainings", file_name="a", raw=b"code,when\n0101,03/04/2025\n", at=AT)
    with pytest.raises(Invalid) as refusal:
        choose_columns(actor=actor, ref=ref, choice=choice, at=AT)
    assert refusal.value.field == field
    assert import_by_ref(actor=actor, ref=ref).state == "uploaded"


def test_an_answer_that_was_not_offered_is_refused(actor: Actor, refs: dict[str, str]) -> None:
    ref = taken(actor, schools_trained(), YEARS)
    key = seen(actor, ref).to_decide[0].key
    with pytest.raises(Invalid):
        decide_matches(actor=actor, ref=ref, answers={key: refs["0107"]}, at=AT, on=TODAY)
    assert not Match.objects.exists()


def test_files_that_cannot_be_read_are_refused_and_an_open_one_is_found_again(actor: Actor) -> None:
    with pytest.raises(Invalid):
        take_file(actor=actor, kind="completions", file_name="a.pdf", raw=b"%PDF\x00", at=AT)
    first, second = (
        take_file(actor=actor, kind="completions", file_name="a", raw=learning_system(), at=AT) for _ in range(2)
    )
    assert first == second
    discard_import(actor=actor, ref=first, at=AT)
    assert not ImportSheet.objects.exists()
    with pytest.raises(WrongState):
        choose_columns(actor=actor, ref=first, choice=PEOPLE, at=AT)


def test_rows_are_erased_after_thirty_days_and_what_nobody_finished_is_closed(
    actor: Actor, refs: dict[str, str]
) -> None:
    done = taken(actor, b"code,when\n0103,2024-25\n", Choice(columns={"code": 0, "when": 1}, subject=SUBJECT))
    decide(actor, done, {})
    apply(actor, done)
    left = taken(actor, schools_trained(), YEARS)
    assert forget_rows(actor=actor, at=AT + dt.timedelta(days=29)) == 0
    assert forget_rows(actor=actor, at=AT + dt.timedelta(days=31)) == 2
    assert forget_rows(actor=actor, at=AT + dt.timedelta(days=31)) == 0
    states = dict(Import.objects.values_list("ref", "state"))
    assert (states[done], states[left]) == ("applied", "discarded")
    assert undo_import(actor=actor, ref=done, at=AT + dt.timedelta(days=40)) == 1  # its results are kept


def test_no_state_is_without_a_way_on() -> None:
    assert all(MOVES[state] for state in OPEN)
    assert moved("applied", "undo") == UNDONE
    with pytest.raises(WrongState):
        moved("applied", "discard")


def test_only_who_may_import_sees_or_does_anything(district: District, actor: Actor) -> None:
    ref = take_file(actor=actor, kind="site_trainings", file_name="a", raw=b"code,when\n1,2024-25\n", at=AT)
    stranger = make_actor(district, "teacher")
    with pytest.raises(NotAllowed):
        import_by_ref(actor=stranger, ref=ref)
    with pytest.raises(NotAllowed):
        discard_import(actor=stranger, ref=ref, at=AT)
    other = make_actor(make_district("fork", "north.localhost"))
    with in_district(other.district_id), pytest.raises(NotFound):
        import_by_ref(actor=other, ref=ref)


def test_the_audit_knows_counts_and_no_names(actor: Actor, staff: dict[str, str]) -> None:
    ref = taken(actor, learning_system(), PEOPLE, "completions")
    decide(actor, ref, {"CSEC Awareness 2025": SUBJECT})
    apply(actor, ref)
    events = AuditEvent.objects.filter(subject_ref=ref, event__startswith="imports.")
    assert [event.event for event in events.order_by("pk")] == [
        "imports.file_taken",
        "imports.columns_chosen",
        "imports.matches_decided",
        "imports.applied",
    ]
    assert "Vega" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_a_workbook_of_thousands_is_read_with_few_questions_to_the_database(
    district: District, actor: Actor, django_assert_max_num_queries: object
) -> None:
    rows = [["id", "done"], *[[f"{number:06}", "2025-03-04"] for number in range(3000)]]
    ref = taken(actor, workbook({"A": rows}), Choice(columns={"number": 0, "when": 1}, subject=SUBJECT), "completions")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(seen(actor, ref).to_decide) == 3000
