"""The code of a room: six consonants, this minute's and the last one's."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from upstander.engines.rotating_code import ALPHABET, code_of, minute_of, read_typed, seconds_left, stands

SECRET = bytes(range(32))
NOON = dt.datetime(2026, 11, 16, 12, 0, 30, tzinfo=dt.UTC)
moments = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))


def test_the_alphabet_has_no_vowel_no_digit_and_nothing_that_is_confused() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 15
    assert not set(ALPHABET) & set("AEIOU0123456789GLQSVY")


@given(moments, st.binary(min_size=32, max_size=32))
def test_a_code_is_six_letters_and_counts_for_its_minute_and_the_next(at: dt.datetime, secret: bytes) -> None:
    code = code_of(secret, minute_of(at))
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    begins = at.replace(second=0, microsecond=0)
    border = [stands(secret, code, begins + dt.timedelta(seconds=seconds)) for seconds in (-1, 0, 119, 120)]
    assert border == [False, True, True, False]


@given(moments)
def test_another_room_and_another_minute_have_another_code(at: dt.datetime) -> None:
    minute = minute_of(at)
    assert len({code_of(SECRET, minute), code_of(SECRET, minute + 1), code_of(b"x" * 32, minute)}) == 3


def test_what_a_hurried_person_types_is_read() -> None:
    code = code_of(SECRET, minute_of(NOON))
    assert stands(SECRET, f" {code[:3].lower()} - {code[3:]} ", NOON)
    assert read_typed("bcd fhj") == "BCDFHJ"
    assert not stands(SECRET, "", NOON)
    assert not stands(SECRET, "çöde12", NOON)


def test_the_seconds_left_run_down_to_the_full_minute() -> None:
    assert [seconds_left(NOON.replace(second=second)) for second in (0, 1, 59)] == [60, 59, 1]
