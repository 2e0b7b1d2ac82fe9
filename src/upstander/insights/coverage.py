"""The coverage board: what counts, how far it is, and the page of schools that was asked for."""

import datetime as dt
from dataclasses import dataclass, replace

from upstander.district.places.selectors import site_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.program.compliance.selectors.coverage import Coverage, Line, Wanted, coverage, school_coverage
from upstander.program.compliance.selectors.people import StaffLine, staff_lines
from upstander.program.compliance.selectors.requirements import Asked, requirements_of_schools
from upstander.program.compliance.selectors.site_trainings import Reported, reported_trainings


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one day. Without a requirement in force that day nothing is counted."""

    on: dt.date
    known_at: dt.datetime
    offered: list[Asked]  # every training that is counted so
    asked: Asked | None
    coverage: Coverage | None
    wanted: Wanted

    @property
    def listed_count(self) -> int:
        """How many schools the list has over all its pages."""
        if self.coverage is None:
            return 0
        regions = {region.ref: region.school_count for region in self.coverage.regions}
        wanted = self.wanted.region_ref
        return self.coverage.whole.school_count if wanted is None else regions.get(wanted, 0)


def board_for(
    *, actor: Actor, on: dt.date, known_at: dt.datetime, language: str, wanted: Wanted, subject: str = ""
) -> Board:
    """The board within the actor's reach, of one training ("": the first): no more statements for more schools."""
    offered = requirements_of_schools(actor=actor, on=on, known_at=known_at, language=language)
    asked = _chosen(offered, subject)
    if asked is None:
        return Board(on, known_at, offered, None, None, wanted)
    found = coverage(actor=actor, on=on, known_at=known_at, asked=asked, wanted=wanted)
    board = Board(on, known_at, offered, asked, found, wanted)
    if not found.schools and board.listed_count and wanted.page > 1:  # a page beyond the last: show the first
        first = replace(wanted, page=1)
        return board_for(actor=actor, on=on, known_at=known_at, language=language, wanted=first, subject=subject)
    return board


def _chosen(offered: list[Asked], subject: str) -> Asked | None:
    return next((each for each in offered if subject in ("", each.subject)), None)


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """One school on one day. `people` is None for readers who may see counts but no names there."""

    name: str
    on: dt.date
    asked: Asked
    line: Line
    people: list[StaffLine] | None
    reported: list[Reported]  # what lists without names say of the school; it counts for nobody

    @property
    def short_of(self) -> int:
        """How many more people have to complete the training."""
        return self.line.short_of(self.asked.threshold_percent)

    @property
    def untrained(self) -> list[StaffLine]:
        return [person for person in self.people or [] if person.valid_through is None]

    @property
    def trained(self) -> list[StaffLine]:
        return [person for person in self.people or [] if person.valid_through]


def school_report(
    *, actor: Actor, ref: str, on: dt.date, today: dt.date, known_at: dt.datetime, language: str, subject: str = ""
) -> SchoolReport:
    """One school in reach; people by name only for those in whose reach it is `today`, whichever day is asked about.

    Raises NotFound also for a school that does not count that day, or a day without a rule."""
    asked = _chosen(requirements_of_schools(actor=actor, on=on, known_at=known_at, language=language), subject)
    site = site_by_ref(actor=actor, ref=ref, on=on, capability="coverage.read")
    if asked is None:
        raise NotFound("requirement")
    line = school_coverage(actor=actor, site=site, on=on, known_at=known_at, asked=asked)
    if line is None:
        raise NotFound("school")
    try:
        people: list[StaffLine] | None = staff_lines(
            actor=actor, site=site, on=on, today=today, known_at=known_at, asked=asked
        )
    except NotAllowed:
        people = None
    reported = reported_trainings(actor=actor, site=site, on=on, known_at=known_at, subject=asked.subject)
    return SchoolReport(site.name, on, asked, line, people, reported)
