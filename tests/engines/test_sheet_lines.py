"""Lines of a sheet by number."""

import pytest

from upstander.engines.presence import Stay
from upstander.engines.sheet_lines import UnreadLineError, read_lines, read_numbers

ALL = Stay()
READ = [
    ("", {}),
    ("3", {3: ALL}),
    ("1-3, 5", {1: ALL, 2: ALL, 3: ALL, 5: ALL}),
    (" 1 – 2 ;4+10 ", {1: ALL, 2: ALL, 4: Stay(10)}),
    ("1-3 2+5", {1: ALL, 2: Stay(5), 3: ALL}),
    ("1-2+15.", {1: Stay(15), 2: Stay(15)}),
    ("3 / 20, 4+5/10", {3: Stay(0, 20), 4: Stay(5, 10)}),
]
UNREAD = ["0", "41", "5-3", "39-41", "x", "1-", "-1", "1-2-3", "1+1000", "1/1000", "1/5+5", "١-x", "99999"]


@pytest.mark.parametrize(("typed", "lines"), READ)
def test_lines_and_stretches_with_minutes(typed: str, lines: dict[int, Stay]) -> None:
    assert read_lines(typed, 40) == lines


@pytest.mark.parametrize("typed", UNREAD)
def test_what_is_no_line_is_named(typed: str) -> None:
    with pytest.raises(UnreadLineError) as refusal:
        read_lines(f"1, {typed}", 40)
    assert refusal.value.piece == typed


def test_numbers_of_people_carry_minutes_in_the_same_way() -> None:
    assert read_numbers("") == []
    typed = "T-104, 77 +10; a-5 / 20 N-1+5/10 N.2 77"
    assert read_numbers(typed) == [
        ("T-104", ALL),
        ("77", Stay(10)),
        ("a-5", Stay(0, 20)),
        ("N-1", Stay(5, 10)),
        ("N", ALL),
        ("2", ALL),
        ("77", ALL),
    ]


@pytest.mark.parametrize("typed", ["+10", "/5", "N-1+x", "N-1+1000", "N-1/5+5"])
def test_what_is_no_number_with_minutes_is_named(typed: str) -> None:
    with pytest.raises(UnreadLineError) as refusal:
        read_numbers(f"T-1, {typed}")
    assert refusal.value.piece == typed
