"""Grade spans as directories write them: "9-12", "K", "P-Adult", "KG"."""

from collections.abc import Mapping
from dataclasses import dataclass

ADULT = "adult"
LAST_GRADE = 12


@dataclass(frozen=True, slots=True)
class GradeSpan:
    """Grades -1 (preschool), 0 (kindergarten), 1 to 12; both None when none of these is served or told."""

    lowest: int | None = None
    highest: int | None = None
    serves_adults: bool = False


def parse_span(given: str, words: Mapping[str, int | str]) -> GradeSpan:
    """Read "LOW-HIGH", one grade, or nothing; `words` gives the directory's own words a grade or "adult".

    A span up to adults holds all grades to 12. Raises ValueError with the reason.
    """
    text = given.strip()
    if not text:
        return GradeSpan()
    low, dash, high = text.partition("-")
    return span_between(low, high if dash else low, words)


def span_between(low: str, high: str, words: Mapping[str, int | str]) -> GradeSpan:
    """The span from one grade to another, both in the directory's words. Raises ValueError with the reason."""
    lowest, highest = _grade(low, words), _grade(high, words)
    if lowest is None or highest is None:
        if lowest is not highest:
            raise ValueError("one end of the grade span is missing")
        return GradeSpan()
    if lowest == ADULT:
        if highest != ADULT:
            raise ValueError("a grade span cannot begin with adults")
        return GradeSpan(serves_adults=True)
    first, last = int(lowest), LAST_GRADE if highest == ADULT else int(highest)
    if first > last:
        raise ValueError("the grade span runs backwards")
    return GradeSpan(first, last, serves_adults=highest == ADULT)


def _grade(word: str, words: Mapping[str, int | str]) -> int | str | None:
    text = word.strip()
    if not text:
        return None
    if text in words:
        return words[text]
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_GRADE:
        return int(text)
    raise ValueError(f"{text!r} is not a grade this format knows")
