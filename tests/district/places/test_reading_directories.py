"""A file is read by its mapping: every refusal names file, line, column and reason, and good rows stay good."""

import datetime as dt
import gzip
from dataclasses import replace

import pytest

from tests.district.places.shared import CONTENT
from upstander.district.places import models
from upstander.district.places.content.directory import LONGEST, Directory, read_directory
from upstander.district.places.content.mappings import read_mappings

MAPPINGS = read_mappings(CONTENT)
GENERIC = MAPPINGS["generic"]
HEADER = "code,name,kind,status,grades,latitude,longitude,opened,closed,postal_code,charter"


def read(*lines: str, header: str = HEADER) -> Directory:
    return read_directory("\n".join([header, *lines]).encode(), "list.csv", GENERIC)


def reasons(directory: Directory) -> list[tuple[int, str, str]]:
    return [(refusal.line, refusal.column, refusal.reason) for refusal in directory.refusals]


def test_a_good_row_says_what_its_columns_say() -> None:
    directory = read("A1,Lincoln High,school,active,9-Adult,37.5,-122.25,2001-08-20,,94544-1136,yes")
    entry = directory.entries["A1"]
    assert directory.refusals == []
    assert (entry.kind, entry.status, entry.opened, entry.closed) == ("school", "active", dt.date(2001, 8, 20), None)
    assert dict(zip(directory.fields, entry.said, strict=True)) == {
        "kind": "school",
        "name": "Lincoln High",
        "postal_code": "94544-1136",
        "lowest_grade": 9,
        "highest_grade": 12,
        "serves_adults": True,
        "grades_as_given": "9-Adult",
        "is_charter": True,
        "latitude": 37.5,
        "longitude": -122.25,
    }


def test_quotes_commas_line_breaks_and_accents_are_part_of_a_name() -> None:
    directory = read(
        'A1,"Jiménez, Roberto and\nDr. Francisco ""Pancho"" Elementary",,,,,,,,,',
        "A2,O'Neill @ Bay,,,,,,,,,",
        "A3,,,,,,,,,,",
    )
    names = [entry.said[directory.fields.index("name")] for entry in directory.entries.values()]
    assert names == ['Jiménez, Roberto and Dr. Francisco "Pancho" Elementary', "O'Neill @ Bay"]
    assert reasons(directory) == [(5, "name", "the site has no name")]  # the first row takes lines 2 and 3


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",Lincoln,,,,,,,,,", "code", "the code is missing"),
        ("A 1,Lincoln,,,,,,,,,", "code", "'A 1' is not a code of this directory"),
        ("A1,,,,,,,,,,", "name", "the site has no name"),
        ("A1,Lincoln,prison,,,,,,,,", "kind", "'prison' is not a word this format knows"),
        ("A1,Lincoln,,opne,,,,,,,", "status", "'opne' is not a word this format knows"),
        ("A1,Lincoln,,,8-6,,,,,,", "grades", "the grade span runs backwards"),
        ("A1,Lincoln,,,,,,2018-02-30,,,", "opened", "'2018-02-30' is not a day in the form %Y-%m-%d"),
        ("A1,Lincoln,,,,north,3,,,,", "latitude", "'north' is not a number of degrees up to 90"),
        ("A1,Lincoln,,,,91,3,,,,", "latitude", "'91' is not a number of degrees up to 90"),
        ("A1,Lincoln,,,,nan,3,,,,", "latitude", "'nan' is not a number of degrees up to 90"),
        ("A1,Lincoln,,,,37,,,,,", "latitude", "this is not a place on the map"),
        ("A1,Lincoln,,,,0,0,,,,", "latitude", "this is not a place on the map"),
        ("A1,Lincoln,,,,,,,,12345-67890,", "postal_code", "the text has 11 characters and at most 10 fit"),
        ("A1,Lin\0coln,,,,,,,,,", "name", "the text holds a character that cannot be stored"),
        ("A1,Lincoln,,,,,,,,,maybe", "charter", "'maybe' is not a word this format knows"),
        ("A1,Lincoln", "", "the row has 2 cells and the header 11"),
    ],
)
def test_a_bad_row_is_refused_by_line_column_and_reason(row: str, column: str, reason: str) -> None:
    directory = read("B1,Good,,,,,,,,,", row)
    assert list(directory.entries) == ["B1"]
    assert reasons(directory) == [(3, column, reason)]
    assert list(directory.refused_rows) == [3]
    assert directory.refusals[0].advice
    assert str(directory.refusals[0]).startswith("list.csv, line 3")


def test_a_code_that_stands_twice_is_refused_everywhere_because_nobody_can_tell_which_is_right() -> None:
    directory = read("A1,One,,,,,,,,,", "A2,Two,,,,,,,,,", "A1,Three,,,,,,,,,")
    assert list(directory.entries) == ["A2"]
    assert [refusal.line for refusal in directory.refusals] == [2, 4]


def test_equal_names_stay_two_sites() -> None:
    assert list(read("A1,Lincoln Elementary,,,,,,,,,", "A2,Lincoln Elementary,,,,,,,,,").entries) == ["A1", "A2"]


def test_columns_a_file_leaves_out_are_not_spoken_for() -> None:
    directory = read("A1,Lincoln", header="code,name")
    assert (directory.fields, directory.refusals) == (("name",), [])


def test_a_file_of_another_format_is_refused_by_its_header() -> None:
    directory = read_directory(b"code,name\nA1,Lincoln\n", "list.csv", MAPPINGS["florida"])
    assert directory.entries == {}
    assert (1, "NCESID", "the header has no such column") in reasons(directory)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the file is empty"),
        (b"code,name\nA1,Jim\xe9nez\n", "this is not text in utf-8"),
        (gzip.compress(b"code,name\nA1,Lincoln\n", mtime=0)[:-9], "the file cannot be unpacked"),
        (b'code,name\nA1,"Lincoln\n', "the row cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(raw: bytes, reason: str) -> None:
    directory = read_directory(raw, "list.csv", GENERIC)
    assert directory.entries == {}
    assert [refusal.reason.startswith(reason) for refusal in directory.refusals] == [True]


def test_gzip_and_a_byte_order_mark_change_nothing() -> None:
    plain = b"code,name\nA1,Lincoln\n"
    expected = read_directory(plain, "list.csv", GENERIC).entries
    assert read_directory(gzip.compress(plain), "list.csv.gz", GENERIC).entries == expected
    assert read_directory(b"\xef\xbb\xbf" + plain, "list.csv", GENERIC).entries == expected


def test_another_delimiter_and_encoding_are_a_matter_of_the_mapping() -> None:
    mapping = replace(GENERIC, delimiter=";", encoding="cp1252")
    directory = read_directory("code;name\nA1;Jiménez, R.\n".encode("cp1252"), "list.csv", mapping)
    assert directory.entries["A1"].said == ("Jiménez, R.",)


def test_nothing_longer_passes_than_the_database_holds() -> None:
    columns = {field.name: field.max_length for field in models.Site._meta.fields if field.name in LONGEST}
    assert columns == LONGEST
