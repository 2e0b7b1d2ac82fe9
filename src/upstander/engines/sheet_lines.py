"""Reading which lines of a numbered list somebody names: "1-12, 14+10, 15/20, 17-40"."""

import re

from upstander.engines.presence import Stay

PIECE = re.compile(r"^(\d{1,4})(?:-(\d{1,4}))?(?:\+(\d{1,3}))?(?:/(\d{1,3}))?$")
BETWEEN = re.compile(r"[\s,;.]+")
AROUND_SIGN = re.compile(r"\s*([-+/])\s*")


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
    plain = AROUND_SIGN.sub(r"\1", typed.replace("–", "-").replace("—", "-"))
    for piece in filter(None, BETWEEN.split(plain)):
        read = PIECE.match(piece)
        if read is None:
            raise UnreadLineError(piece)
        first = int(read[1])
        last = int(read[2] or first)
        if not 1 <= first <= last <= most:
            raise UnreadLineError(piece)
        found |= dict.fromkeys(range(first, last + 1), Stay(int(read[3] or 0), int(read[4] or 0)))
    return found
