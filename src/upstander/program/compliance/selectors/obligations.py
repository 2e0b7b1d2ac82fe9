"""What the one statement of `policies.derived` is asked with: the editions that have due days, and their cycles."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from upstander.district.people.content import with_parts
from upstander.district.places.policies import known_by
from upstander.district.places.selectors import school_years
from upstander.engines.obligations import Cadence, Cycle, Edition, Span, counts_for, cycles, spans
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Completion, Requirement
from upstander.program.compliance.policies.derived import (
    BINDS,
    BOUND_BY,
    BOUND_BY_NOBODY,
    BOUND_SITES,
    FIRST,
    FULFILLED,
    NO_DAY,
    OBLIGATIONS,
    ON_DAY,
    TURNS,
)

FOR_EVER = "infinity"  # as a moment of knowledge: all that stands in the books now
AHEAD_DAYS = 2 * 366  # beyond the calendar's last day: a day by the clock would change the answer over night


@dataclass(frozen=True, slots=True)
class Derivation:
    """The statement's common tables, ending in `derived`, and the values that go with them.

    `bound` is the table of the posts that bind on the day that was named, and empty without one.
    """

    tables: str
    bound: str
    values: dict[str, Any]
    subjects: frozenset[str]
    goes_by_hire: bool  # some cycles are each person's own


@dataclass(frozen=True, slots=True)
class Calendar:
    """The editions that have due days, how each is asked, and the cycles that are everybody's, in order."""

    rows: list[Requirement]
    asked: list[dict[str, Any]]
    turns: list[Cycle]
    until: dt.date

    @property
    def subjects(self) -> frozenset[str]:
        """Which completions can count for any of them."""
        return frozenset(name for row in self.rows for name in _subjects(row))

    @property
    def kinds(self) -> list[str]:
        """Where the cycles come from."""
        return sorted({_kind(row) for row in self.rows})

    def cycles_of(self, completion: Completion) -> list[tuple[int, dt.date]]:
        """The requirements that a completion counts for, each with the day that names the calendar's cycle."""
        return [
            (row.pk, cycle_day(turn))
            for row in self.rows
            if completion.subject in _subjects(row)
            and (not row.proofs or completion.evidence_kind in row.proofs)
            and row.content_version in ("", completion.content_version)
            for turn in self.turns
            if turn.key == row.pk and counts_for(turn, completion.completed_on)
        ]


def calendar_asked(*, actor: Actor, known_at: dt.datetime | None, only: str | None = None) -> Calendar | None:
    """What is asked by when, as known at `known_at` (None is now), of all subjects or one; None when nothing is.

    Asks for no capability: it names nobody. Cycles that run on by themselves are told for some years beyond what the
    calendar knows.
    """
    rows = Requirement.objects.filter(known_by(known_at), district_id=actor.district_id)
    rows = rows.exclude(cadence=Cadence.ROLLING).order_by("subject", "starts_on")
    found = list(rows.filter(subject=only) if only else rows)
    if not found:
        return None
    years = list(school_years(actor=actor).values_list("starts_on", "ends_on"))
    last = max([end for _, end in years] + [row.starts_on for row in found])
    until = last + dt.timedelta(days=AHEAD_DAYS)
    asked: list[dict[str, Any]] = []
    turns: list[Cycle] = []
    for _subject, group in groupby(found, key=lambda row: row.subject):
        editions = {row.pk: (row, _edition(row)) for row in group}
        asked += [_asked(editions[span.edition.key][0], span) for span in spans([own for _, own in editions.values()])]
        turns += cycles([own for _, own in editions.values()], years, until)
    return Calendar(found, asked, turns, until)


def derivation(
    *,
    actor: Actor,
    known_at: dt.datetime | None,
    people: Sequence[int] | None = None,
    only: str | None = None,
    on: dt.date | None = None,
) -> Derivation | None:
    """How to derive the obligations of `people`, or everyone, as known at `known_at`; None is now.

    `only` narrows to one subject, `on` to what is open on one day. None when no requirement has due days. Asks for no
    capability: those who may see the result do.
    """
    calendar = calendar_asked(actor=actor, known_at=known_at, only=only)
    if calendar is None:
        return None
    by_hire, turns = "hire_date" in calendar.kinds, _by_edition(calendar, on)
    bound, editions = _bound(calendar, turns) if on else ("", {})
    values = {
        "district": actor.district_id,
        "known_at": known_at or FOR_EVER,
        "everyone": people is None,
        "people": list(people or ()),
        "on": on,
        "by_grades": any(row.audience == Requirement.Audience.SECONDARY_STAFF for row in calendar.rows),
        **_given(calendar, turns),
        **editions,
    }
    tables = _tables(calendar, turns, is_on_day=on is not None)
    return Derivation(tables, bound, values, calendar.subjects, by_hire)


def _tables(calendar: Calendar, turns: Mapping[int, list[Cycle]], *, is_on_day: bool) -> str:
    """The statement for these audiences and kinds of cycles, with a column for each cycle of the calendar."""
    by_hire = "hire_date" in calendar.kinds
    binds = [BINDS[name] for name in sorted({row.audience for row in calendar.rows})]
    most = max(map(len, turns.values()), default=0)
    return OBLIGATIONS.format(
        binds=" UNION ALL ".join(binds),
        turns=" UNION ALL ".join(TURNS[kind] for kind in calendar.kinds),
        firsts=", ".join(map(FIRST.format, range(1, most + 1))) or NO_DAY,
        fulfilled=FULFILLED["hire_date" if by_hire else "calendar"],
        fulfilled_on="coalesce(first_on, done_on)" if by_hire else "done_on",
        on_day=ON_DAY if is_on_day else "",
    )


def _by_edition(calendar: Calendar, on: dt.date | None) -> dict[int, list[Cycle]]:
    """The calendar's cycles of each edition in order; with a day only those open on it."""
    found: dict[int, list[Cycle]] = {}
    for turn in calendar.turns:
        if on is None or _is_open(turn, on):
            found.setdefault(turn.key, []).append(turn)
    return found


def _bound(calendar: Calendar, turns: Mapping[int, list[Cycle]]) -> tuple[str, dict[str, Any]]:
    """The table `bound` and its values: of the editions that may ask for something on the day."""
    parts, values = [], dict[str, Any]()
    for number, each in enumerate(calendar.asked):
        if each["cadence"] == Cadence.HIRE_DATE or each["requirement_id"] in turns:
            names = {"edition": f"edition_{number}", "roles": f"roles_{number}"}
            parts.append(BOUND_BY.format(sites=BOUND_SITES[each["audience"]], **names))
            values |= {names["edition"]: each["requirement_id"], names["roles"]: each["roles"]}
    return f"bound AS ({' UNION ALL '.join(parts) or BOUND_BY_NOBODY})", values


def _given(calendar: Calendar, by_edition: Mapping[int, list[Cycle]]) -> dict[str, Any]:
    turns = [turn for own in by_edition.values() for turn in own]
    grace = {row.pk: row.grace_days for row in calendar.rows}
    told = [_cycle(turn, number, grace) for own in by_edition.values() for number, turn in enumerate(own, 1)]
    first = min((turn.opens_on for turn in turns), default=calendar.until)
    last = max((turn.closes_on or dt.date.max for turn in turns), default=calendar.until)
    by_calendar = calendar.kinds == ["calendar"]
    return {
        "until": calendar.until,
        "asked": json.dumps([each | _turns(by_edition, each) for each in calendar.asked], default=_day),
        "cycles": json.dumps(told, default=_day),
        "edition_count": len(calendar.asked),
        "cycle_count": len(told),
        "requirements": list(grace),
        "cycle_days": [cycle_day(turn) for turn in turns],
        "subjects": sorted(calendar.subjects),
        "since": first if by_calendar else "-infinity",
        "till": last if by_calendar else "infinity",
    }


def _kind(row: Requirement) -> str:
    return "hire_date" if row.cadence == Cadence.HIRE_DATE else "calendar"


def _is_open(turn: Cycle, on: dt.date) -> bool:
    return counts_for(turn, on) and (turn.floor_on is None or turn.floor_on <= on)


def cycle_day(turn: Cycle) -> dt.date:
    """The day a cycle begins for those already here; obligations name their cycle by it."""
    return max(turn.starts_on, turn.floor_on or turn.starts_on)


def _edition(row: Requirement) -> Edition:
    return Edition(row.pk, Cadence(row.cadence), row.starts_on, row.ends_on, row.every_months, row.opens_days)


def _subjects(row: Requirement) -> list[str]:
    return [row.subject, *row.also_counts]


def _asked(row: Requirement, span: Span) -> dict[str, Any]:
    names = ("audience", "cadence", "every_months", "grace_days", "opens_days", "break_days", "proofs")
    return {name: getattr(row, name) for name in (*names, "content_version")} | {
        "requirement_id": row.pk,
        "roles": with_parts(row.roles),
        "subjects": _subjects(row),
        "first_on": row.starts_on,
        "until_on": row.ends_on,
        "cut_on": span.cut_on,
        "is_fresh": span.is_fresh,
    }


def _turns(by_edition: Mapping[int, list[Cycle]], asked: dict[str, Any]) -> dict[str, list[dt.date | None]]:
    """One edition's cycles in order, as the statement finds the one around a day."""
    own = by_edition.get(asked["requirement_id"], [])
    return {"opens": [turn.opens_on for turn in own], "closes": [turn.closes_on for turn in own]}


def _cycle(turn: Cycle, number: int, grace_days: Mapping[int, int]) -> dict[str, Any]:
    return {
        "requirement_id": turn.key,
        "grace_days": grace_days[turn.key],
        "turn": number,
        "opens_on": turn.opens_on,
        "closes_on": turn.closes_on,
        "floor_on": turn.floor_on,
        "cycle_on": cycle_day(turn),
    }


def _day(value: dt.date) -> str:
    return value.isoformat()
