"""A list of hours in which sites can be trained: read cell by cell, held against what stands, entered and ended."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.factories import make_actor, make_district, make_site
from tests.factories.spreadsheets import Cell, Formula, Serial, workbook
from tests.moments import AT, TODAY
from tests.program.imports.test_leaves import applied
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.imports.content.columns import Choice, guess
from upstander.program.imports.content.hours import Standing, site_hours
from upstander.program.imports.content.reading import Hours, Line
from upstander.program.imports.models import Match
from upstander.program.imports.selectors.imports import import_by_ref
from upstander.program.imports.selectors.preview import outlook
from upstander.program.imports.services import choose_columns, decide_matches, take_file, undo_import
from upstander.program.training.models import SiteWindow

HEAD = ["Site code", "School", "Who", "Day", "From", "Until", "Start date", "Last day", "Per year", "Paid time"]
ROLES = ("code", "name", "audience", "when", "starts", "ends", "first", "until", "most", "paid")
COLUMNS = Choice(columns={role: index for index, role in enumerate(ROLES)}, order="mdy")
WEDNESDAY = 2
D, T = dt.date, dt.time


@pytest.fixture
def district(db: None) -> District:
    district = make_district()
    for code, name in (("0101", "Lincoln High School"), ("0102", "Lincoln High School"), ("0103", "Roosevelt Middle")):
        make_site(district, name, code=code)
    make_site(district, "North Yard", code="0900", kind=Site.Kind.BUS_YARD, lowest_grade=None, highest_grade=None)
    return district


@pytest.fixture
def actor(district: District) -> Iterator[Actor]:
    actor = make_actor(district)
    with in_district(district.pk):
        yield actor


def brought(actor: Actor, rows: list[list[str]], answers: dict[str, str] | None = None) -> str:
    """A text file of hours whose names are decided."""
    raw = "\n".join(",".join(row) for row in [HEAD, *rows]).encode()
    ref = take_file(actor=actor, kind="hours", file_name="hours.csv", raw=raw, at=AT)
    choose_columns(actor=actor, ref=ref, choice=COLUMNS, at=AT)
    decide_matches(actor=actor, ref=ref, answers=answers or {}, at=AT, on=TODAY)
    return ref


def entered() -> list[tuple[object, ...]]:
    rows = SiteWindow.objects.order_by("site__code", "weekday", "starts").select_related("site")
    return [
        (row.site.code, row.audience, row.weekday, row.starts, row.starts_on, row.ends_on, row.most_per_year)
        for row in rows
    ]


def test_weekdays_and_single_days_are_entered_once_and_ended_again(actor: Actor) -> None:
    rows = [
        ["0103", "", "Teachers", "Wednesday", "13:30", "3:00 PM", "", "06/10/2027", "4", ""],
        ["0103", "", "Todo el personal del plantel", "12/14/2026", "8:00", "9:30", "", "", "", ""],
        ["0900", "", "classified", "miércoles", "9:30", "11:00", "2026-12-01", "", "", "yes"],
    ]
    ref = brought(actor, rows)
    assert applied(actor, ref) == {"new": 3}
    assert entered() == [
        ("0103", "all_staff", 0, T(8), D(2026, 12, 14), D(2026, 12, 15), None),
        ("0103", "teachers", WEDNESDAY, T(13, 30), TODAY, D(2027, 6, 11), 4),
        ("0900", "classified", WEDNESDAY, T(9, 30), D(2026, 12, 1), None, None),
    ]
    again = brought(actor, rows)
    assert applied(actor, again) == {"there": 3}
    assert undo_import(actor=actor, ref=again, at=AT) == 0
    assert undo_import(actor=actor, ref=ref, at=AT) == 3
    assert entered() == []


def test_what_held_already_ends_and_is_not_forgotten(actor: Actor) -> None:
    ref = brought(actor, [["0103", "", "teachers", "Wed", "13:30", "15:00", "2026-09-01", "", "", ""]])
    applied(actor, ref)
    undo_import(actor=actor, ref=ref, at=AT)
    assert [row[4:6] for row in entered()] == [(D(2026, 9, 1), TODAY)]


def test_equal_names_and_unknown_words_are_asked_about(actor: Actor) -> None:
    rows = [["", "Lincoln High School", "Certificated", "Wed", "13:30", "15:00", "", "", "", ""]]
    ref = brought(actor, rows)
    seen = outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY)
    who, where = seen.to_decide
    assert (seen.open_count, who.name, len(where.candidates), where.proposed) == (2, "Certificated", 2, "")
    answers = {who.key: "teachers", where.key: where.candidates[1].ref}
    assert decide_matches(actor=actor, ref=ref, answers=answers, at=AT, on=TODAY) == 0
    assert set(Match.objects.values_list("kind", flat=True)) == {"site", "audience"}
    assert applied(actor, ref) == {"new": 1}
    assert [row[:2] for row in entered()] == [(where.candidates[1].code, "teachers")]
    with pytest.raises(Invalid, match="offered"):
        decide_matches(actor=actor, ref=brought(actor, rows), answers={who.key: "pupils"}, at=AT, on=TODAY)


def test_who_is_not_meant_leaves_the_rows_out(actor: Actor) -> None:
    row = ["", "Lincoln High School", "Volunteers", "Wed", "13:30", "15:00", "", "", "", ""]
    ref = brought(actor, [row], {"audience|volunteers": ""})
    assert outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY).open_count == 0
    assert applied(actor, ref) == {"left_out": 1}


def test_every_cell_that_cannot_be_read_is_told(actor: Actor) -> None:
    rows = [
        ["0103", "", "", "someday", "2:30", "later", "", "", "99", "perhaps"],
        ["0103", "", "teachers", "Wed", "15:00", "14:00", "2026-12-10", "2026-12-01", "", ""],
        ["0103", "", "teachers", "=1+1", "14:00", "15:00", "", "", "", ""],
        ["", "", "teachers", "Wed", "14:00", "15:00", "", "", "", ""],
    ]
    found = outlook(actor=actor, load=import_by_ref(actor=actor, ref=brought(actor, rows)), on=TODAY).reading
    assert found.lines == []
    assert [(each.row, each.column, each.reason) for each in found.problems] == [
        (2, "D", "no_weekday"),
        (2, "C", "no_audience"),
        (2, "E", "which_half"),
        (2, "F", "no_hour"),
        (2, "I", "no_limit"),
        (2, "J", "no_yes_or_no"),
        (3, "H", "backward"),
        (3, "F", "backward_hours"),
        (4, "D", "text_formula"),
        (5, "A", "nobody"),
    ]


def test_a_workbook_with_merged_cells_formulas_and_days(actor: Actor) -> None:
    head: list[Cell] = ["Site code", "PD day", "Time"]
    rows: list[list[Cell]] = [
        head,
        ["0103", Serial(46370), "1:30-3:00 PM"],
        ["0101", Formula("A1=>2026-12-16"), "13:30 - 15:00"],
    ]
    raw = workbook({"PD": [*rows, ["0102", "Friday", "8:00-9:00"]]}, {"PD": ["A4:A5"]})
    ref = take_file(actor=actor, kind="hours", file_name="pd.xlsx", raw=raw, at=AT)
    choice = Choice(columns={"code": 0, "when": 1, "starts": 2}, audience="all_staff")
    choose_columns(actor=actor, ref=ref, choice=choice, at=AT)
    decide_matches(actor=actor, ref=ref, answers={}, at=AT, on=TODAY)
    found = outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY).reading
    assert [(line.code, line.day, line.hours and line.hours.ends) for line in found.lines] == [
        ("0103", D(2026, 12, 14), T(15)),
        ("0101", D(2026, 12, 16), T(15)),
    ]
    assert {(each.row, each.column, each.reason) for each in found.problems} >= {(4, "A", "merged")}
    assert [each.reason for each in found.remarks] == ["computed"]
    assert applied(actor, ref) == {"new": 2, "refused": len(found.problems)}


def test_what_a_list_of_hours_needs_is_asked_for_at_once(actor: Actor) -> None:
    raw = b"Site code,Day\n0103,Wednesday\n"
    ref = take_file(actor=actor, kind="hours", file_name="a.csv", raw=raw, at=AT)
    with pytest.raises(Invalid) as refused:
        choose_columns(actor=actor, ref=ref, choice=Choice(columns={"code": 0}), at=AT)
    said = " ".join(str(each) for each in (refused.value, *refused.value.also))
    assert all(words in said for words in ("the weekday", "the hours", "who is free"))


USUAL = Hours("teachers", WEDNESDAY, T(13, 30), T(15))
NEXT_WEEK = D(2026, 11, 25)


@pytest.mark.parametrize(
    ("hours", "first", "until", "outcome"),
    [
        (USUAL, None, None, "there"),
        (USUAL, D(2026, 9, 1), None, "there"),
        (USUAL, D(2026, 10, 1), None, "meets"),  # another first day: somebody has to know which is right
        (USUAL, NEXT_WEEK, NEXT_WEEK, "meets"),
        (USUAL._replace(most=3), None, None, "meets"),
        (USUAL._replace(ends=T(14)), None, None, "meets"),
        (USUAL._replace(starts=T(15), ends=T(16)), None, None, "new"),
        (USUAL._replace(audience="leaders"), None, None, "new"),
        (USUAL._replace(weekday=3), None, None, "new"),
        (USUAL, None, D(2026, 11, 1), "past"),
    ],
)
def test_a_line_against_hours_that_stand(
    hours: Hours, first: dt.date | None, until: dt.date | None, outcome: str
) -> None:
    book = {1: [Standing("there", USUAL, D(2026, 9, 1), None)]}
    line = Line(2, "0103", "", 2026, first, until=until, hours=hours)
    found = site_hours([line], lambda _line: (1, "Roosevelt"), lambda _line: hours.audience, book, (), TODAY)
    assert [change.outcome for change in found.changes] == [outcome]


def test_drivers_and_cooks_are_free_on_paid_time_only() -> None:
    lines = [Line(2, "0900", "", 2026, None, hours=USUAL._replace(is_paid=paid)) for paid in (False, True, True)]
    found = site_hours(lines, lambda _line: (9, "Yard"), lambda _line: "classified", {}, {9}, TODAY)
    assert [change.outcome for change in found.changes] == ["not_paid", "new", "twice"]


def test_headings_speak_for_the_columns() -> None:
    assert guess("hours", HEAD) == dict(enumerate(ROLES))
    assert guess("hours", ["Plantel", "Día", "Horario", "Veces al año"]) == {
        0: "name",
        1: "when",
        2: "starts",
        3: "most",
    }
