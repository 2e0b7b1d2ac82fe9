"""Reading which lines of a numbered list somebody names, "1-12, 14+10, 15/20, 17-40", or which numbers of people."""

import re
from collections.abc import Iterator

from upstander.engines.presence import Stay

MISSED = r"(?:\+(\d{1,3}))?(?:/(\d{1,3}))?$"  # minutes late, and minutes gone early
PIECE = re.compile(r"^(\d{1,4})(?:-(\d{1,4}))?" + MISSED)
NUMBER = re.compile(r"^([^+/]+)" + MISSED)
BETWEEN = re.compile(r"[\s,;.]+")
AROUND_DASH = re.compile(r"\s*-\s*")
AROUND_SIGN = re.compile(r"\s*([+/])\s*")


class UnreadLineError(ValueError):
    """A piece that names no lines of the list; `piece` is as it was typed."""

    def __init__(self, piece: str) -> None:
        super().__init__(piece)
        self.piece = piece


def read_lines(typed: str, most: int) -> dict[int, Stay]:
    """Each named line with the minutes late behind a plus sign and those left early behind a slash: {14: (10, 0)}.

    A line or a stretch of lines stands between commas, semicolons or blanks; what comes later counts. Raises
    UnreadLineError for anything else, for lines beyond `most` and for stretches that run backward.
    """
    found: dict[int, Stay] = {}
    plain = AROUND_DASH.sub("-", typed.replace("–", "-").replace("—", "-"))
    for piece, read in _pieces(plain, PIECE):
        first = int(read[1])
        last = int(read[2] or first)
        if not 1 <= first <= last <= most:
            raise UnreadLineError(piece)
        found |= dict.fromkeys(range(first, last + 1), _stay(read[3], read[4]))
    return found


def read_numbers(typed: str) -> list[tuple[str, Stay]]:
    """The same of people's own numbers, each as often as it was typed: [("T-104", (10, 0))]. Raises UnreadLineError."""
    return [(read[1], _stay(read[2], read[3])) for _piece, read in _pieces(typed, NUMBER)]


def _pieces(typed: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
    for piece in filter(None, BETWEEN.split(AROUND_SIGN.sub(r"\1", typed))):
        read = pattern.match(piece)
        if read is None:
            raise UnreadLineError(piece)
        yield piece, read


def _stay(late: str | None, early: str | None) -> Stay:
    return Stay(int(late or 0), int(early or 0))
