"""The board's picture: one bar per region, drawn with plain attributes, so that no style has to be inline."""

from collections.abc import Sequence
from dataclasses import dataclass

from upstander.program.compliance.selectors.coverage import Line

WIDTH, BAR, STEP, LABEL = 320, 18, 52, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One region: where its words and its two rectangles stand."""

    line: Line
    text_y: int
    bar_y: int
    filled: int


def bars(regions: Sequence[Line]) -> list[Bar]:
    """Bars in the order given; the filled part is the share of trained schools, of `WIDTH`."""
    return [
        Bar(
            line=line,
            text_y=index * STEP + LABEL - 4,
            bar_y=index * STEP + LABEL + 4,
            filled=line.trained_count * WIDTH // max(line.school_count, 1),
        )
        for index, line in enumerate(regions)
    ]
