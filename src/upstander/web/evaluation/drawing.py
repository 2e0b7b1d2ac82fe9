"""Figures as bars and as a table: the same numbers twice, for the eye and for everybody."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.program.evaluation.selectors.results import Figure, Results

ROW, BAR, WIDE = 34, 14, 300  # of the picture, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it says, where it stands, and how long it is."""

    says: str
    value: str
    answered: int
    text_y: int
    bar_y: int
    length: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture's bars and its height, and the count that is no share."""

    bars: list[Bar]
    height: int
    wide: int
    completed: int
    fewest: int

    @property
    def is_told(self) -> bool:
        """Whether there is any share to show."""
        return any(bar.is_told for bar in self.bars)


def drawn(results: Results) -> Drawn:
    """Lay the figures out, one under the other."""
    shares = [figure for figure in results.figures if figure.count is None]
    bars = [_bar(figure, place) for place, figure in enumerate(shares)]
    completed = sum(figure.count or 0 for figure in results.figures)
    return Drawn(bars, ROW * len(bars), WIDE, completed, results.fewest)


def _bar(figure: Figure, place: int) -> Bar:
    is_told = figure.percent is not None
    return Bar(
        says=figure.indicator.says.in_language(get_language() or "en"),
        value=_("%(percent)s%%") % {"percent": figure.percent} if is_told else _("too few answers"),
        answered=figure.answered,
        text_y=ROW * place + 11,
        bar_y=ROW * place + 16,
        length=WIDE * (figure.percent or 0) // 100,
        is_told=is_told,
    )
