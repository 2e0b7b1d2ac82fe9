"""Lines of a sheet by number."""

import pytest

from upstander.engines.sheet_lines import UnreadLineError, read_lines

READ = [
    ("", {}),
    ("3", {3: 0}),
    ("1-3, 5", {1: 0, 2: 0, 3: 0, 5: 0}),
    (" 1 – 2 ;4+10 ", {1: 0, 2: 0, 4: 10}),
    ("1-3 2+5", {1: 0, 2: 5, 3: 0}),
    ("1-2+15.", {1: 15, 2: 15}),
]
UNREAD = ["0", "41", "5-3", "39-41", "x", "1-", "-1", "1-2-3", "1+1000", "١-x", "99999"]


@pytest.mark.parametrize(("typed", "lines"), READ)
def test_lines_and_stretches_with_minutes(typed: str, lines: dict[int, int]) -> None:
    assert read_lines(typed, 40) == lines


@pytest.mark.parametrize("typed", UNREAD)
def test_what_is_no_line_is_named(typed: str) -> None:
    with pytest.raises(UnreadLineError) as refusal:
        read_lines(f"1, {typed}", 40)
    assert refusal.value.piece == typed
