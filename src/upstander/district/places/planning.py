"""What one load of a directory will change, worked out before anything is written. Pure: no database, no clock."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from upstander.district.places.content.directory import SCHOOL, Directory, Entry

OPEN, WAITING, ENDED = frozenset({"active"}), frozenset({"pending", "withdrawn"}), frozenset({"closed", "merged"})
# What becomes of a site that a complete list no longer holds.
GONE = {"active": "closed", "pending": "withdrawn"}


class Known(NamedTuple):
    """A site of this directory as it stands in the books: its last status, and the day the one before began."""

    site_id: int
    kind: str
    status: str
    since: dt.date
    is_inferred: bool
    before_since: dt.date | None
    said: tuple[Any, ...]


class Move(NamedTuple):
    """From `starts_on` on, the site is something else."""

    site_id: int
    status: str
    starts_on: dt.date
    is_inferred: bool


@dataclass(slots=True)
class Plan:
    """New sites by code, what is newly said of known ones, their moves, and how many schools came out how."""

    new: dict[str, Entry] = field(default_factory=dict)
    told: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.told or self.moves)


def plan_load(known: Mapping[str, Known], directory: Directory, as_of: dt.date) -> Plan:
    """Compare a directory with what is known of the same source, by code and nothing else.

    Absence is read only from kinds the mapping is complete for, and only when no row was refused.
    """
    plan = Plan()
    for code, entry in directory.entries.items():
        there = known.get(code)
        if there is None:
            plan.new[code] = entry
            _count(plan, entry.kind, "opened")
            continue
        move = _move(there, entry, as_of)
        if move:
            plan.moves.append(move)
        if there.said != entry.said:
            plan.told[there.site_id] = entry.said
        _count(plan, entry.kind, _outcome(there, entry, changed=bool(move) or there.said != entry.said))
    if not directory.refusals:
        _plan_absent(plan, known, directory, as_of)
    return plan


def timeline(entry: Entry, as_of: dt.date) -> Iterator[tuple[str, dt.date, dt.date | None]]:
    """Status, first day and end of a site seen for the first time, from the days its directory gives, else `as_of`."""
    if entry.status in ENDED:
        ended = entry.closed or as_of
        if entry.opened and entry.opened < ended:
            yield "active", entry.opened, ended
        yield entry.status, ended, None
    elif entry.status in OPEN and entry.opened and entry.opened <= as_of:
        yield entry.status, entry.opened, None
    else:
        yield entry.status, as_of, None


def _plan_absent(plan: Plan, known: Mapping[str, Known], directory: Directory, as_of: dt.date) -> None:
    complete_for = directory.mapping.complete_for
    for code, there in known.items():
        becomes = GONE.get(there.status)
        if becomes and there.kind in complete_for and code not in directory.entries:
            plan.moves.append(Move(there.site_id, becomes, max(as_of, there.since), is_inferred=True))
            _count(plan, there.kind, becomes)


def _move(there: Known, entry: Entry, as_of: dt.date) -> Move | None:
    given = entry.closed if entry.status in ENDED else entry.opened if entry.status in OPEN else None
    if there.status != entry.status:
        day = given if given and there.since < given <= as_of else max(as_of, there.since)
        return Move(there.site_id, entry.status, day, is_inferred=False)
    # What was read from absence gives way to the day that a directory names.
    named = there.is_inferred and given and given != there.since
    if named and given and (there.before_since is None or there.before_since < given):
        return Move(there.site_id, entry.status, given, is_inferred=False)
    return None


def _outcome(there: Known, entry: Entry, *, changed: bool) -> str:
    was, now = there.status, entry.status
    if now in OPEN and was in WAITING:
        return "activated"
    if now in OPEN and was in ENDED:
        return "reopened"
    if now in ENDED and was not in ENDED:
        return "closed"
    return "changed" if changed else "unchanged"


def _count(plan: Plan, kind: str, outcome: str) -> None:
    if kind == SCHOOL:
        plan.outcomes[outcome] += 1
    elif outcome != "unchanged":
        plan.outcomes["others_changed"] += 1
