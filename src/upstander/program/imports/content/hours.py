"""Hours in which sites can be trained: what the cells of a row say, and what a list of them will change."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from upstander.engines.tables.cells import head_count, yes_or_no
from upstander.engines.tables.hours import Clock, clock, span
from upstander.program.imports.content.columns import AUDIENCE, ENDS, MOST, PAID, STARTS
from upstander.program.imports.content.outcomes import (
    LEFT_OUT,
    MEETS,
    NEW,
    NOT_PAID,
    PAST,
    THERE,
    TWICE,
    Change,
    Meaning,
    Preview,
    share_a_day,
)
from upstander.program.imports.content.reading import (
    BACKWARD_HOURS,
    NO_AUDIENCE,
    NO_HOUR,
    NO_LIMIT,
    NO_YES_OR_NO,
    WHICH_HALF,
    Hours,
    Line,
)
from upstander.program.training.policies import MOST_WINDOWS_A_YEAR

A_DAY = dt.timedelta(days=1)


class RowOfHours:
    """One row's cells by role, read as hours; `slips` holds the columns that cannot be read, with the reason."""

    def __init__(self, row: Sequence[str], columns: Mapping[str, int]) -> None:
        self.row, self.columns = row, columns
        self.slips: dict[int, str] = {}

    def hours(self, weekday: int, *, must_say_who: bool) -> Hours | None:
        """The hours of this row on a weekday; None where a cell cannot be read."""
        audience = self._said(AUDIENCE)
        if must_say_who and not audience:
            self._slip(AUDIENCE, NO_AUDIENCE)
        starts, ends = self._from_and_until()
        most, is_paid = self._most(), self._is_paid()
        if self.slips or not (starts and ends):
            return None
        return Hours(audience, weekday, starts.time, ends.time, most, is_paid)

    def _from_and_until(self) -> tuple[Clock | None, Clock | None]:
        """Of two columns, or both in one."""
        last = ENDS if ENDS in self.columns else STARTS
        if last == ENDS:
            both = clock(self._said(STARTS)), clock(self._said(ENDS))
        else:
            both = span(self._said(STARTS)) or (None, None)
        for role, said in zip((STARTS, last), both, strict=True):
            if said is None or said.is_open:
                self._slip(role, NO_HOUR if said is None else WHICH_HALF)
        if not self.slips and both[0] and both[1] and both[1].time <= both[0].time:
            self._slip(last, BACKWARD_HOURS)
        return both

    def _most(self) -> int | None:
        said = self._said(MOST)
        most = head_count(said)
        if said and (most is None or most > MOST_WINDOWS_A_YEAR):
            self._slip(MOST, NO_LIMIT)
        return most

    def _is_paid(self) -> bool:
        answer = yes_or_no(self._said(PAID))
        if answer is None:
            self._slip(PAID, NO_YES_OR_NO)
        return bool(answer)

    def _said(self, role: str) -> str:
        at = self.columns.get(role)
        return self.row[at] if at is not None else ""

    def _slip(self, role: str, reason: str) -> None:
        self.slips.setdefault(self.columns[role], reason)


class Standing(NamedTuple):
    """Hours that stand for a site, from `first` to before `back` (None: open); without `ref` a line further up."""

    ref: str
    hours: Hours
    first: dt.date
    back: dt.date | None


def site_hours(
    lines: Iterable[Line],
    meaning: Meaning,
    audience_of: Callable[[Line], str | None],
    book: Mapping[int, list[Standing]],
    on_shifts: Collection[int],
    today: dt.date,
) -> Preview:
    """Hours of sites. `book` holds what stands already by the site's id, `on_shifts` the sites of drivers and cooks.

    A line that says less than what stands agrees with it; one that says otherwise is left to a person. Lines without a
    first day begin `today`.
    """
    known = {site: list(rows) for site, rows in book.items()}
    preview = Preview()
    for line in lines:
        target, audience = meaning(line), audience_of(line)
        if target is None or not audience or line.hours is None:
            preview.changes.append(Change(line, LEFT_OUT))
            continue
        line = line._replace(hours=line.hours._replace(audience=audience))
        outcome = _against(line, known.setdefault(target[0], []), target[0] in on_shifts, today)
        preview.changes.append(Change(line, outcome, *target))
    return preview


def _against(line: Line, here: list[Standing], is_on_shifts: bool, today: dt.date) -> str:
    assert line.hours
    said = Standing("", line.hours, line.day or today, line.until + A_DAY if line.until else None)
    if line.until and line.until < today:
        return PAST
    if is_on_shifts and not line.hours.is_paid:
        return NOT_PAID
    met = [each for each in here if _meet(said, each)]
    agreeing = [each for each in met if _agrees(line, line.hours, each)]
    if agreeing:
        return THERE if agreeing[0].ref else TWICE
    if met:
        return MEETS
    here.append(said)
    return NEW


def _meet(one: Standing, other: Standing) -> bool:
    is_same_time = (one.hours.audience, one.hours.weekday) == (other.hours.audience, other.hours.weekday)
    is_same_hour = one.hours.starts < other.hours.ends and other.hours.starts < one.hours.ends
    return is_same_time and is_same_hour and share_a_day(one, other)


def _agrees(line: Line, hours: Hours, known: Standing) -> bool:
    return (
        (hours.starts, hours.ends) == (known.hours.starts, known.hours.ends)
        and line.day in (None, known.first)
        and (line.until is None or line.until + A_DAY == known.back)
        and hours.most in (None, known.hours.most)
        and hours.is_paid <= known.hours.is_paid
    )
