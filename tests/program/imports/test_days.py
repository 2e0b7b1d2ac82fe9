"""Lists of days without school and of testing days: read cell by cell, of a site or of all, entered and taken back."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.factories import make_actor, make_district, make_site
from tests.factories.plans import draft_plan, make_year_world
from tests.factories.spreadsheets import Cell, Formula, Serial, workbook
from tests.factories.training import World
from tests.moments import AT, TODAY
from tests.program.imports.test_leaves import applied
from tests.program.training.test_plans import entries
from upstander.district.places.models import ClosedDay, District
from upstander.district.places.selectors import is_school_day
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.imports.content.columns import Choice, guess
from upstander.program.imports.content.days import EVERYWHERE, Out, days_out
from upstander.program.imports.content.matching import Question
from upstander.program.imports.content.reading import Line
from upstander.program.imports.selectors.imports import import_by_ref
from upstander.program.imports.selectors.preview import outlook
from upstander.program.imports.services import choose_columns, decide_matches, take_file, undo_import

HEAD = ["Site code", "School", "Holiday", "Date", "Last day"]
COLUMNS = Choice(columns={"code": 0, "name": 1, "called": 2, "when": 3, "until": 4}, order="mdy")
ALL = "everywhere"
D = dt.date


@pytest.fixture
def district(db: None) -> District:
    district = make_district()
    for code, name in (("0101", "Lincoln High School"), ("0102", "Lincoln High School"), ("0103", "Roosevelt Middle")):
        make_site(district, name, code=code)
    return district


@pytest.fixture
def actor(district: District) -> Iterator[Actor]:
    actor = make_actor(district)
    with in_district(district.pk):
        yield actor


def brought(
    actor: Actor, rows: list[list[str]], answers: dict[str, str] | None = None, kind: str = "closed_days"
) -> str:
    """A text file of days whose names are decided; rows that name no site are the whole district's."""
    raw = "\n".join(",".join(row) for row in [HEAD, *rows]).encode()
    ref = take_file(actor=actor, kind=kind, file_name="days.csv", raw=raw, at=AT)
    choose_columns(actor=actor, ref=ref, choice=COLUMNS, at=AT)
    decide_matches(actor=actor, ref=ref, answers={"|": ALL, **(answers or {})}, at=AT, on=TODAY)
    return ref


def asked(actor: Actor, ref: str) -> list[Question]:
    return outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY).to_decide


def entered() -> list[tuple[object, ...]]:
    rows = ClosedDay.objects.order_by("on", "site__code").select_related("site")
    return [(row.site and row.site.code, row.on, row.kind, row.called) for row in rows]


def test_days_of_the_district_and_of_one_site_are_entered_once_and_taken_back(actor: Actor) -> None:
    rows = [
        ["", "", "Winter break", "12/24/2026", "12/29/2026"],
        ["0103", "", "", "2027-03-08", ""],
        ["", "", "New Year", "1/2/2027", ""],
    ]
    ref = brought(actor, rows)
    assert applied(actor, ref) == {"new": 5, "weekend": 1}
    assert entered() == [
        *((None, D(2026, 12, day), "closed", "Winter break") for day in (24, 25, 28, 29)),
        ("0103", D(2027, 3, 8), "closed", "No school"),
    ]
    again = brought(actor, rows)
    assert applied(actor, again) == {"there": 5, "weekend": 1}
    assert undo_import(actor=actor, ref=again, at=AT) == 0
    assert undo_import(actor=actor, ref=ref, at=AT) == 5
    assert entered() == []


def test_who_is_meant_is_asked_and_never_guessed(actor: Actor) -> None:
    rows = [["", "", "Labor Day", "9/6/2027", ""], ["", "Lincoln High School", "Fair", "9/8/2027", ""]]
    raw = "\n".join(",".join(row) for row in [HEAD, *rows]).encode()
    ref = take_file(actor=actor, kind="closed_days", file_name="days.csv", raw=raw, at=AT)
    choose_columns(actor=actor, ref=ref, choice=COLUMNS, at=AT)
    found = {question.name: question for question in asked(actor, ref)}
    assert (found[""].proposed, [each.ref for each in found[""].candidates]) == (ALL, [ALL])
    twins = [each.code for each in found["Lincoln High School"].candidates]
    assert (found["Lincoln High School"].proposed, twins) == ("", ["0101", "0102", ""])
    with pytest.raises(Invalid, match="offered"):
        decide_matches(actor=actor, ref=ref, answers={"|": "elsewhere"}, at=AT, on=TODAY)


def test_a_list_without_sites_is_asked_about_once(actor: Actor) -> None:
    raw = b"Date,Test\n2027-04-20,State tests\n2027-04-21,State tests\n"
    ref = take_file(actor=actor, kind="testing_days", file_name="days.csv", raw=raw, at=AT)
    choose_columns(actor=actor, ref=ref, choice=Choice(columns={"when": 0, "called": 1}), at=AT)
    (question,) = asked(actor, ref)
    assert (question.row_count, question.answer) == (2, None)
    decide_matches(actor=actor, ref=ref, answers={question.key: ALL}, at=AT, on=TODAY)
    assert applied(actor, ref) == {"new": 2}
    assert entered() == [(None, D(2027, 4, day), "testing", "State tests") for day in (20, 21)]
    assert is_school_day(actor=actor, on=D(2027, 4, 20)) is False  # for want of a school year alone
    assert ClosedDay.objects.filter(kind="closed").count() == 0


def test_every_cell_that_cannot_be_read_is_told(actor: Actor) -> None:
    head: list[Cell] = list(HEAD)
    rows: list[list[Cell]] = [
        head,
        ["0103", "", "Break", Serial(46370), "someday"],
        ["0103", "", "Break", "12/20/2026", "12/01/2026"],
        ["0103", "", "Break", "12/20/2026", "12/20/2027"],
        ["0103", "", "Break", Formula("D2+1=>2026-12-16"), ""],
        ["0103", "", "Break", "", ""],
    ]
    raw = workbook({"Days": rows}, {"Days": ["A6:A7"]})
    ref = take_file(actor=actor, kind="closed_days", file_name="days.xlsx", raw=raw, at=AT)
    choose_columns(actor=actor, ref=ref, choice=COLUMNS, at=AT)
    found = outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY).reading
    assert [line.day for line in found.lines] == [D(2026, 12, 16)]
    assert [(each.row, each.column, each.reason) for each in found.problems] == [
        (2, "E", "no_day"),
        (3, "E", "backward"),
        (4, "D", "too_many_days"),
        (6, "A", "merged"),
    ]
    assert [each.reason for each in found.remarks] == ["computed"]


@pytest.mark.parametrize(
    ("site", "day", "outcome"),
    [
        (1, D(2026, 12, 24), "there"),  # as the whole district
        (EVERYWHERE, D(2026, 12, 24), "there"),
        (1, D(2027, 3, 8), "otherwise"),  # clocks run on one kind of day and not on the other
        (2, D(2027, 3, 8), "new"),
        (EVERYWHERE, D(2027, 3, 8), "new"),
        (1, D(2026, 12, 26), "weekend"),
    ],
)
def test_a_day_against_what_stands(site: int, day: dt.date, outcome: str) -> None:
    book = {(EVERYWHERE, D(2026, 12, 24)): Out("closed"), (1, D(2027, 3, 8)): Out("testing")}
    found = days_out([Line(2, "", "", 2026, day)] * 2, lambda _line: (site, "x"), book, "closed")
    twice = "twice" if outcome == "new" else outcome
    assert [change.outcome for change in found.changes] == [outcome, twice]


def test_headings_speak_for_the_columns() -> None:
    assert guess("closed_days", HEAD) == {0: "code", 1: "name", 2: "called", 3: "when", 4: "until"}
    assert guess("testing_days", ["Plantel", "Prueba", "Desde", "Hasta"]) == {
        0: "name",
        1: "called",
        2: "when",
        3: "until",
    }


@pytest.mark.parametrize("kind", ["closed_days", "testing_days"])
def test_the_next_plan_keeps_off_these_days(db: None, kind: str) -> None:
    world: World = make_year_world()
    with in_district(world.district.pk):
        taken = {entry.on for entry in entries(draft_plan(world)) if entry.on}
        rows = [["", "", "Out", day.isoformat(), ""] for day in taken]
        importer = make_actor(world.district)
        applied(importer, brought(importer, rows, kind=kind))
        after = {entry.on for entry in entries(draft_plan(world))}
        assert None not in after
        assert not after & taken
