"""A list of leaves: read cell by cell, held against what is known, entered as seen, taken back by rows."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.factories import make_actor, make_district, make_person
from tests.moments import AT, TODAY
from upstander.district.people.models import Leave
from upstander.district.people.services.leaves import end_leave, put_on_leave
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.imports.content.columns import Choice, guess, never_kept
from upstander.program.imports.content.leaves import Away, leaves
from upstander.program.imports.content.reading import Line
from upstander.program.imports.selectors.imports import import_by_ref
from upstander.program.imports.selectors.preview import outlook, preview_of
from upstander.program.imports.services import (
    apply_import,
    choose_columns,
    decide_matches,
    take_file,
    undo_import,
)

COLUMNS = Choice(columns={"number": 0, "when": 1, "until": 2}, order="mdy")
HEAD = b"Staff ID,First day away,Last day away\n"
D = dt.date


@pytest.fixture
def district(db: None) -> District:
    return make_district()


@pytest.fixture
def actor(district: District) -> Iterator[Actor]:
    actor = make_actor(district)
    with in_district(district.pk):
        yield actor


def brought(actor: Actor, rows: bytes) -> str:
    """A list that is ready to be applied."""
    ref = take_file(actor=actor, kind="leaves", file_name="leaves.csv", raw=HEAD + rows, at=AT)
    choose_columns(actor=actor, ref=ref, choice=COLUMNS, at=AT)
    decide_matches(actor=actor, ref=ref, answers={}, at=AT, on=TODAY)
    return ref


def applied(actor: Actor, ref: str) -> dict[str, int]:
    """How many lines had each outcome, without zeros."""
    load = import_by_ref(actor=actor, ref=ref)
    seal = preview_of(actor=actor, load=load, seen=outlook(actor=actor, load=load, on=TODAY), language="en").seal
    counts = apply_import(actor=actor, ref=ref, seal=seal, without_refused=True, at=AT, on=TODAY)
    return {name: count for name, count in counts.items() if count}


def standing() -> list[tuple[str, D, D | None]]:
    rows = Leave.objects.filter(superseded_at__isnull=True).order_by("person__staff_number", "starts_on")
    return [(row.person.staff_number, row.starts_on, row.ends_on) for row in rows.select_related("person")]


def test_a_list_is_entered_once_and_taken_back(actor: Actor, district: District) -> None:
    make_person(district, staff_number="1001")
    make_person(district, staff_number="1002")
    rows = b"1001,09/01/2026,12/18/2026\n1002,2027-01-11,\n"
    ref = brought(actor, rows)
    assert applied(actor, ref) == {"new": 2}
    assert standing() == [("1001", D(2026, 9, 1), D(2026, 12, 19)), ("1002", D(2027, 1, 11), None)]
    again = brought(actor, rows)
    assert again != ref
    assert applied(actor, again) == {"there": 2}
    assert undo_import(actor=actor, ref=again, at=AT) == 0
    assert undo_import(actor=actor, ref=ref, at=AT) == 2
    assert standing() == []


def test_a_list_ends_an_open_leave_and_undo_opens_it_again(actor: Actor, district: District) -> None:
    person = make_person(district, staff_number="1001")
    put_on_leave(actor=actor, leaves=[(person.pk, D(2026, 9, 1), None)], at=AT)
    ref = brought(actor, b"1001,2026-09-01,2026-10-02\n")
    assert applied(actor, ref) == {"changed": 1}
    assert standing() == [("1001", D(2026, 9, 1), D(2026, 10, 3))]
    undo_import(actor=actor, ref=ref, at=AT)
    assert standing() == [("1001", D(2026, 9, 1), None)]


def test_what_was_changed_since_is_not_undone(actor: Actor, district: District) -> None:
    make_person(district, staff_number="1001")
    ref = brought(actor, b"1001,2026-09-01,\n")
    applied(actor, ref)
    end_leave(actor=actor, leave=Leave.objects.get(), ends_on=D(2026, 10, 1), at=AT)
    with pytest.raises(WrongState, match="changed since"):
        undo_import(actor=actor, ref=ref, at=AT)
    assert standing() == [("1001", D(2026, 9, 1), D(2026, 10, 1))]


def test_every_cell_that_cannot_be_read_is_told(actor: Actor, district: District) -> None:
    for number in ("1001", "1002", "1003", "1004", "1005"):
        make_person(district, staff_number=number)
    rows = b"1001,soon,\n1002,2026-09-01,later\n1003,2026-09-01,2026-08-01\n1004,2062-01-01,\n1005,1999-01-01,\n"
    ref = brought(actor, rows)
    found = outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY).reading
    assert found.lines == []
    assert [(each.row, each.column, each.reason) for each in found.problems] == [
        (2, "B", "no_day"),
        (3, "C", "no_day"),
        (4, "C", "backward"),
        (5, "B", "too_far"),
        (6, "B", "too_old"),
    ]


def test_the_first_day_is_asked_for(actor: Actor) -> None:
    ref = take_file(actor=actor, kind="leaves", file_name="leaves.csv", raw=HEAD + b"1,,\n", at=AT)
    with pytest.raises(Invalid, match="first day away"):
        choose_columns(actor=actor, ref=ref, choice=Choice(columns={"number": 0}), at=AT)


@pytest.mark.parametrize(
    ("first", "until", "outcome"),
    [
        (D(2026, 9, 1), D(2026, 9, 30), "there"),
        (D(2026, 9, 1), None, "there"),  # a list that knows no last day takes none away
        (D(2026, 9, 1), D(2026, 10, 30), "overlaps"),  # another last day: somebody has to know which is right
        (D(2026, 8, 1), D(2026, 9, 1), "overlaps"),
        (D(2026, 8, 1), D(2026, 8, 31), "new"),
        (D(2026, 10, 1), None, "new"),
    ],
)
def test_a_line_against_a_leave_that_stands(first: D, until: D | None, outcome: str) -> None:
    book = {1: [Away("there", D(2026, 9, 1), D(2026, 10, 1))]}
    line = Line(2, "1001", "", 2026, first, None, "", until)
    assert [change.outcome for change in leaves([line], lambda _line: (1, "Ana"), book).changes] == [outcome]


def test_one_list_does_not_contradict_itself() -> None:
    spans = [(D(2026, 9, 1), D(2026, 9, 30)), (D(2026, 9, 1), D(2026, 9, 30)), (D(2026, 9, 15), None)]
    lines = [Line(row, "1001", "", 2026, first, None, "", until) for row, (first, until) in enumerate(spans, 2)]
    found = leaves(lines, lambda _line: (1, "Ana"), {})
    assert [change.outcome for change in found.changes] == ["new", "twice", "overlaps"]


def test_headings_speak_for_the_columns_and_reasons_are_never_kept() -> None:
    header = ["Employee ID", "Leave Start", "End Date", "Reason for leave", "Motivo"]
    assert guess("leaves", header) == {0: "number", 1: "when", 2: "until"}
    assert [never_kept(cell) for cell in header] == [False, False, False, True, True]
