"""The report for the district's board: one page of counts of schools, each number traceable to its list.

It tells of schools and of large groups of people. A number behind which few people stand is not told, nor one from
which such a number would follow; and there is nothing in it about any case.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from upstander.district.places.selectors import school_year_on, secondary_sites
from upstander.engines.suppression import told
from upstander.foundation.kernel.access import Place, lend, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.selectors.coverage import Line, Wanted, coverage
from upstander.program.compliance.selectors.due_board import Tally, Which, due_counts
from upstander.program.compliance.selectors.requirements import Asked, requirements_due, requirements_of_schools
from upstander.program.gatherings.selectors.symposiums import symposiums_held
from upstander.program.library.selectors.counts import JOIN, schools_joined
from upstander.program.training.selectors.phases import SitePhases, phases_held


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people; `part` and `left` are None where too few people stand behind them."""

    whole: int | None
    part: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class DuePart:
    """One training with due days: how many are done, how many overdue, and at how many sites nobody is."""

    asked: Asked
    done: Share
    overdue: int | None
    empty_count: int
    site_count: int


@dataclass(frozen=True, slots=True)
class School:
    """One secondary school: whether it counts as trained, and what it held in this school year."""

    line: Line
    phases: SitePhases | None

    @property
    def evening_count(self) -> int:
        """Evenings for families that were held and closed."""
        return len(self.phases.evenings) if self.phases else 0

    @property
    def presentation_count(self) -> int:
        """Presentations to classes that were held and closed."""
        return len(self.phases.presentations) if self.phases else 0


@dataclass(frozen=True, slots=True)
class Campaigns:
    """So many of all schools signed up for a campaign of this school year; so many symposiums were held in it."""

    joined_count: int
    school_count: int
    symposium_count: int


@dataclass(frozen=True, slots=True)
class BoardReport:
    """Everything that the page says. Without a requirement in force on the day there are no schools to tell of."""

    on: dt.date
    known_at: dt.datetime
    year: str
    asked: Asked | None
    schools: list[School]
    also: list[tuple[Asked, Line]]  # what else is counted by school, and how far it is
    due: list[DuePart]
    campaigns: Campaigns | None  # None in the summer: they are counted by school year

    @property
    def trained_count(self) -> int:
        """Schools that count as trained."""
        return sum(school.line.is_trained for school in self.schools)

    @property
    def zero(self) -> list[School]:
        """Schools at which nobody in post is trained; those without staff on record are among them."""
        return [school for school in self.schools if not school.line.trained_staff]

    @property
    def evening_schools(self) -> int:
        """Schools that held an evening for families this school year."""
        return sum(school.evening_count > 0 for school in self.schools)

    @property
    def presentation_schools(self) -> int:
        """Schools at which the student phase was delivered this school year."""
        return sum(school.presentation_count > 0 for school in self.schools)


def board_report(*, actor: Actor, on: dt.date, known_at: dt.datetime, language: str) -> BoardReport:
    """Count the report for the day, as known at the moment; as many statements for one school as for a thousand.

    Needs `proof.board` in the whole district.
    """
    require(actor, "proof.board", Place(actor.district_id))
    by_school = requirements_of_schools(actor=actor, on=on, known_at=known_at, language=language)
    asked = next(iter(by_school), None)
    year = school_year_on(actor=actor, on=on)
    due = [
        _due(actor, each, on, known_at)
        for each in requirements_due(actor=actor, on=on, known_at=known_at, language=language)
    ]
    schools = _schools(actor, asked, on, known_at) if asked else []
    only_counts = Wanted(size=0)
    also = [
        (each, coverage(actor=actor, on=on, known_at=known_at, asked=each, wanted=only_counts).whole)
        for each in by_school[1:]
    ]
    campaigns = _campaigns(actor, year.starts_on, on, known_at) if year else None
    return BoardReport(on, known_at, year.name if year else "", asked, schools, also, due, campaigns)


def share(part: int, whole: int) -> Share:
    """How much of it may be told: neither the part nor what is left when either is small."""
    is_told = told(part) is not None and told(whole - part) is not None
    return Share(told(whole), part if is_told else None, whole - part if is_told else None)


def _due(actor: Actor, asked: Asked, on: dt.date, known_at: dt.datetime) -> DuePart:
    whole: Tally = due_counts(actor=actor, asked=asked, on=on, known_at=known_at, which=Which(size=0)).whole
    done = share(whole.done, whole.staff)
    # The overdue and the others who are left say each other: either both are many, or neither is told.
    others = whole.staff - whole.done - whole.overdue
    overdue = told(whole.overdue) if done.left is not None and told(others) is not None else None
    return DuePart(asked, done, overdue, whole.empty_count, whole.site_count)


def _campaigns(actor: Actor, first: dt.date, on: dt.date, known_at: dt.datetime) -> Campaigns:
    """Numbers of schools and of events alone, which the board may have from whoever speaks to it."""
    asked: dict[str, Any] = {
        "actor": lend(actor, JOIN, "gatherings.manage"),
        "first": first,
        "on": on,
        "known_at": known_at,
    }
    return Campaigns(*schools_joined(**asked), symposiums_held(**asked))


def _schools(actor: Actor, asked: Asked, on: dt.date, known_at: dt.datetime) -> list[School]:
    wanted = Wanted(order="name", size=None)
    lines = coverage(actor=actor, on=on, known_at=known_at, asked=asked, wanted=wanted).schools
    year = school_year_on(actor=actor, on=on)
    held = phases_held(actor=actor, year=year, on=on, known_at=known_at) if year else {}
    ids = dict(secondary_sites(actor=actor, on=on, known_at=known_at).values_list("ref", "pk")) if held else {}
    return [School(line, held.get(ids.get(line.ref, 0))) for line in lines]
