"""Grade spans as directories really write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.district.places.content.grades import GradeSpan, parse_span, span_between

WORDS: dict[str, int | str] = {"P": -1, "PK": -1, "K": 0, "KG": 0, "Adult": "adult", "Post Secondary": "adult"}


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("", GradeSpan()),
        ("K", GradeSpan(0, 0)),
        ("P", GradeSpan(-1, -1)),
        ("12", GradeSpan(12, 12)),
        ("K-8", GradeSpan(0, 8)),
        ("P-K", GradeSpan(-1, 0)),
        ("09-12", GradeSpan(9, 12)),
        ("Adult", GradeSpan(None, None, serves_adults=True)),
        ("9-Adult", GradeSpan(9, 12, serves_adults=True)),
        ("P-Adult", GradeSpan(-1, 12, serves_adults=True)),
        ("P-Post Secondary", GradeSpan(-1, 12, serves_adults=True)),
        (" 7 - 8 ", GradeSpan(7, 8)),
    ],
)
def test_spans_of_the_california_directory(given_text: str, expected: GradeSpan) -> None:
    assert parse_span(given_text, WORDS) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("PK", "05", GradeSpan(-1, 5)),
        ("KG", "KG", GradeSpan(0, 0)),
        ("06", "12", GradeSpan(6, 12)),
        ("", "", GradeSpan()),
    ],
)
def test_spans_in_two_columns_as_in_florida(low: str, high: str, expected: GradeSpan) -> None:
    assert span_between(low, high, WORDS) == expected


@pytest.mark.parametrize("wrong", ["13", "0", "-", "9-", "-9", "8-6", "Adult-9", "K-", "middle", "9--12", "6-8-9", "١"])
def test_what_is_no_grade_span_is_refused_with_a_reason(wrong: str) -> None:
    if wrong == "-":
        assert parse_span(wrong, WORDS) == GradeSpan()
        return
    with pytest.raises(ValueError, match=r"\w"):
        parse_span(wrong, WORDS)


@given(st.integers(-1, 12), st.integers(-1, 12))
def test_every_span_in_order_reads_back_and_no_other(low: int, high: int) -> None:
    names = {-1: "P", 0: "K"}
    text = f"{names.get(low, low)}-{names.get(high, high)}"
    if low <= high:
        assert parse_span(text, WORDS) == GradeSpan(low, high)
    else:
        with pytest.raises(ValueError, match="backwards"):
            parse_span(text, WORDS)


@given(st.text(max_size=20))
def test_any_text_gives_an_ordered_span_or_is_refused(text: str) -> None:
    try:
        span = parse_span(text, WORDS)
    except ValueError:
        return
    assert (span.lowest is None) == (span.highest is None)
    assert span.lowest is None or (span.highest is not None and -1 <= span.lowest <= span.highest <= 12)
