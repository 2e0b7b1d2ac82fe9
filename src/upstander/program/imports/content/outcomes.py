"""What the lines of a list will change, worked out before anything is written."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from upstander.foundation.kernel.seen import seal_of
from upstander.program.imports.content.reading import Line

NEW, CHANGED, THERE, TWICE, LEFT_OUT, NOT_ASKED = "new", "changed", "there", "twice", "left_out", "not_asked"
OVERLAPS, MEETS, NOT_PAID, PAST = "overlaps", "meets", "not_paid", "past"
OTHERWISE, WEEKEND = "otherwise", "weekend"
ENDED, ELSEWHERE, OTHER_NAME, NEAR_NUMBER = "ended", "elsewhere", "other_name", "near_number"
WAITS, TWIN = "waits", "twin"
TO_VOUCH = "to_vouch"  # it opens doors, and nobody has said yes to this very post
WRITTEN = (NEW, WAITS, CHANGED, ENDED)
RECORDED = (THERE, TWICE)  # nothing to write, because it stands already
OUTCOMES = (
    *(*WRITTEN, *RECORDED, LEFT_OUT, NOT_ASKED, OVERLAPS, MEETS, NOT_PAID, PAST, OTHERWISE, WEEKEND),
    *(TWIN, TO_VOUCH, ELSEWHERE, OTHER_NAME, NEAR_NUMBER),
)
FEW, SMALL_SHARE = 5, 0.05  # of standing posts: more of them end by a list only when somebody says so once more


class Change(NamedTuple):
    """What becomes of one line: `target` is the id of the site or person, `old_ref` the row it puts right."""

    line: Line
    outcome: str
    target: int = 0
    name: str = ""
    old_ref: str = ""


class Stated(NamedTuple):
    """What the ledger says of a site in one school year; without `ref` it is a line further up."""

    ref: str
    day: dt.date | None
    heads: int | None


@dataclass(slots=True)
class Preview:
    """Every line with its outcome. `standing_count` is how many open posts stand that a complete list could end."""

    changes: list[Change] = field(default_factory=list)
    standing_count: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many lines have each outcome."""
        found = Counter(change.outcome for change in self.changes)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def writes(self) -> list[Change]:
        """What applying writes."""
        return [change for change in self.changes if change.outcome in WRITTEN]

    @property
    def twins(self) -> list[Change]:
        """What applying writes as well, where somebody says so: open requests that stand here already."""
        return [change for change in self.changes if change.outcome == TWIN]

    @property
    def tellable_count(self) -> int:
        """How many of the open requests, twins among them, name an address of whoever asked."""
        waiting = (change.line.asked for change in self.changes if change.outcome in (WAITS, TWIN))
        return sum(bool(asked and asked.email) for asked in waiting)

    @property
    def ends_many(self) -> bool:
        """Whether so many posts end that it may be a mistake: half a list, or last year's."""
        return self.counts[ENDED] > max(FEW, self.standing_count * SMALL_SHARE)

    @property
    def seal(self) -> str:
        """A digest of everything that would or can be written: what somebody saw is what is applied, or nothing."""
        told = [
            (each.outcome, each.target, each.old_ref, each.line._replace(row=0, code="", name="", course=""))
            for each in (*self.writes, *self.twins)
        ]
        return seal_of(told)


class Spanned(Protocol):
    """Something that holds from `first` to before `back`, or goes on where nobody knows its end."""

    @property
    def first(self) -> dt.date: ...

    @property
    def back(self) -> dt.date | None: ...


def share_a_day(one: Spanned, other: Spanned) -> bool:
    """Whether there is a day on which both hold."""
    return (one.back is None or other.first < one.back) and (other.back is None or one.first < other.back)


Meaning = Callable[[Line], tuple[int, str] | None]


def dated(
    lines: Iterable[Line],
    meaning: Meaning,
    standing: set[tuple[int, dt.date]],
    is_asked: Callable[[dt.date], bool],
) -> Preview:
    """What happened on a day: completions of people, requests of sites. `meaning` gives the id and name of the person
    or site, None for lines that lead nowhere.

    `standing` are id and day of what is on record already; `is_asked` says whether it can count on a day.
    """
    preview, seen = Preview(), set()
    for line in lines:
        target = meaning(line)
        if target is None or line.day is None:
            preview.changes.append(Change(line, LEFT_OUT))
            continue
        key = (target[0], line.day)
        outcome = THERE if key in standing else TWICE if key in seen else NEW if is_asked(line.day) else NOT_ASKED
        seen.add(key)
        preview.changes.append(Change(line, outcome, *target))
    return preview


def site_trainings(lines: Iterable[Line], meaning: Meaning, book: Mapping[tuple[int, int], list[Stated]]) -> Preview:
    """Trainings of sites. `book` holds what stands already, by site and school year."""
    stated = {key: list(rows) for key, rows in book.items()}
    preview = Preview()
    for line in lines:
        target = meaning(line)
        if target is None:
            preview.changes.append(Change(line, LEFT_OUT))
            continue
        here = stated.setdefault((target[0], line.year), [])
        outcome, old = _against(line, here)
        if outcome in (NEW, CHANGED):
            if old in here:
                here.remove(old)
            line = line._replace(day=line.day or old.day, heads=line.heads or old.heads)
            here.append(Stated("", line.day, line.heads))
        preview.changes.append(Change(line, outcome, *target, old_ref=old.ref))
    return preview


NOTHING = Stated("", None, None)


def _against(line: Line, here: list[Stated]) -> tuple[str, Stated]:
    """The line beside what is stated: another day is another training; more detail puts the old statement right."""
    for old in here:
        if line.day in (None, old.day) and line.heads in (None, old.heads):
            return (THERE if old.ref else TWICE), NOTHING
    for old in here:
        if old.ref and (line.day is None or old.day in (None, line.day)):
            return CHANGED, old
    return NEW, NOTHING
