"""Spreadsheets from elsewhere: cells are read as they stand, or said to be unreadable; nothing is guessed or run."""

import datetime as dt
import io
import zipfile

import pytest
from tests.factories import spreadsheets

from upstander.engines.tables.cells import day_readings, evidence, head_count, school_year, yes_or_no
from upstander.engines.tables.names import Names, plain_code, plain_name, same_person
from upstander.engines.tables.sheets import LONGEST, MOST_PARTS, Unreadable, letter, read_sheets

MARCH, APRIL = dt.date(2025, 3, 4), dt.date(2025, 4, 3)


def test_a_workbook_is_read_with_its_merged_areas_formulas_and_days() -> None:
    trained, ideas = read_sheets(spreadsheets.schools_trained())
    assert (trained.name, ideas.rows) == ("Trained", [["call the district"]])
    assert trained.rows[0][0] == "Schools trained – DO NOT DELETE"
    assert trained.rows[4] == ["Lincoln HS", "0101", "X", "x", "2025-03-04"]
    assert trained.rows[8] == ["Adams Jr. High", "9999", "no", "X", "soon"]
    assert trained.formulas == [(8, 3), (13, 4)]
    assert trained.merged == [(0, 0, 0, 4), (9, 0, 10, 0)]


def test_text_files_are_read_in_their_usual_dialects() -> None:
    assert read_sheets(spreadsheets.learning_system())[0].rows[2][:2] == ["Núñez, Ana", "004711"]
    assert read_sheets(spreadsheets.by_hand())[0].rows[0] == ["Escuela", "Fecha", "Asistentes"]
    assert read_sheets(b'\xef\xbb\xbfa,b\r\n"1,5",2\r\n')[0].rows == [["a", "b"], ["1,5", "2"]]
    assert read_sheets(spreadsheets.learning_system())[0].formulas == [(9, 1)]


def test_a_long_text_is_never_carried_on() -> None:
    (sheet,) = read_sheets(b"name,what happened\nLincoln," + b"x" * (LONGEST + 1))
    assert (sheet.rows[1], sheet.long) == (["Lincoln", ""], [(1, 1)])


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(f"xl/{number}.xml", "")
    return out.getvalue()


def liar() -> bytes:
    """A workbook in which a part says that it is shorter than it is."""
    raw = bytearray(spreadsheets.schools_trained())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


def with_entities() -> bytes:
    out, laughs = io.BytesIO(), b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    with zipfile.ZipFile(io.BytesIO(spreadsheets.schools_trained())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, laughs if name.endswith("workbook.xml") else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"\n\n ,,\n", "empty"),
        (b"PK\x03\x04 cut off", "broken"),
        (spreadsheets.schools_trained()[:400], "broken"),
        (liar(), "broken"),
        (with_entities(), "broken"),
        (bomb(), "too_big"),
        (b"a\n" * 100_001, "too_big"),
        (b"a," * 90 + b"b", "too_big"),
        (b"\xd0\xcf\x11\xe0old", "old"),
        (b"%PDF-1.7\x00\x01", "no_text"),
        (b"a,\x81\x8d", "no_text"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_sheets(raw)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "month_first", "day_first"),
    [
        ("2025-03-04", MARCH, MARCH),
        ("2025/3/4 08:15", MARCH, MARCH),
        ("Mar 4, 2025", MARCH, MARCH),
        ("4 de marzo de 2025", MARCH, MARCH),
        ("4-Mar-25", MARCH, MARCH),
        ("03/04/2025", MARCH, APRIL),
        ("3.4.25", MARCH, APRIL),
        ("04/04/2025", dt.date(2025, 4, 4), dt.date(2025, 4, 4)),
        ("12/25/2024", dt.date(2024, 12, 25), None),
        ("25/12/2024", None, dt.date(2024, 12, 25)),
        ("02/30/2025", None, None),
        ("3/4-2025", None, None),
        ("45720", None, None),
        ("March", None, None),
        ("", None, None),
    ],
)
def test_a_day_has_both_readings(text: str, month_first: dt.date | None, day_first: dt.date | None) -> None:
    assert day_readings(text) == (month_first, day_first)


def test_a_column_tells_whether_somebody_must_say_which_number_is_the_month() -> None:
    assert evidence(["2025-03-04", "12/25/2024", "04/04/2025", ""]).must_ask is False
    assert evidence(["12/25/2024", "03/04/2025", "25/12/2024"]) == (1, 1, 1, "03/04/2025")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        *[("2024-25", 2024), ("SY 2024/2025", 2024), ("Año escolar 2024–25", 2024), ("24-25", 2024), ("sy23/24", 2023)],
        *[("1999-00", None), ("2024-26", None), ("11-12", None), ("24-2025", None), ("23-25", None)],
    ],
)
def test_school_years(text: str, begins: int | None) -> None:
    assert school_year(text) == begins


def test_marks_and_numbers() -> None:
    assert [yes_or_no(text) for text in ("X", "sí", "Done.", "", "n/a", "soon")] == [
        True,
        True,
        True,
        False,
        False,
        None,
    ]
    assert [head_count(text) for text in ("1,200", "45", "0", "-1", "10000", "²", "many")] == [1200, 45, *[None] * 5]
    assert [letter(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_names_of_lists_come_near_to_names_of_directories() -> None:
    assert plain_name("Lincoln H.S.") == plain_name("lincoln  High School") == "lincoln high"
    assert plain_name("José Martí Sr. High School") == plain_name("jose marti senior high")
    assert (plain_code("00-4711"), plain_code("4711")) == ("4711", "4711")
    names = Names(["Lincoln High School", "Lincoln High", "Lincoln Middle", "Adams Junior High", "Oak Hill"])
    assert [each.place for each in names.near("Lincoln HS") if each.likeness == 1] == [0, 1]
    assert [each.place for each in names.near("Adams Jr Hihg")] == [3]
    assert names.near("Zenith") == []
    assert same_person("Núñez, Ana", "Ana Nunez")
    assert not same_person("Bright, Sam", "Ana Nunez")
