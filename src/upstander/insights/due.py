"""What is due by when: the board of a day for one requirement, and a site's people with how they stand."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from upstander.district.places.selectors import site_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.selectors.due_board import DueCounts, Which, due_counts
from upstander.program.compliance.selectors.requirements import Asked, requirements_due
from upstander.program.compliance.selectors.standing import PersonStanding, people_due


@dataclass(frozen=True, slots=True)
class Asking:
    """The day asked about, as known at a moment (None: now), and of which training; "" is the first there is."""

    on: dt.date
    known_at: dt.datetime | None
    language: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class DueBoard:
    """The board of one day. Without a requirement with due days there is nothing to count."""

    asking: Asking
    offered: list[Asked]
    asked: Asked | None
    counts: DueCounts | None
    which: Which

    @property
    def listed_count(self) -> int:
        """How many sites the list has over all its pages."""
        if self.counts is None:
            return 0
        if self.which.region_ref is None:
            return self.counts.whole.site_count
        return sum(line.site_count for line in self.counts.regions if line.ref == self.which.region_ref)


def due_board(*, actor: Actor, asking: Asking, which: Which) -> DueBoard:
    """The board within the actor's reach: as many statements for one site as for a thousand."""
    offered = requirements_due(actor=actor, on=asking.on, known_at=asking.known_at, language=asking.language)
    asked = next((each for each in offered if asking.subject in ("", each.subject)), None)
    if asked is None:
        return DueBoard(asking, offered, None, None, which)
    counts = due_counts(actor=actor, asked=asked, on=asking.on, known_at=asking.known_at, which=which)
    board = DueBoard(asking, offered, asked, counts, which)
    if not counts.sites and board.listed_count and which.page > 1:  # a page beyond the last: show the first
        return due_board(actor=actor, asking=asking, which=replace(which, page=1))
    return board


@dataclass(frozen=True, slots=True)
class SiteDue:
    """One site's people on a day, those who need to be spoken to first."""

    name: str
    asked: Asked
    people: list[PersonStanding]

    @property
    def count_of(self) -> Counter[str]:
        """How many of them stand how."""
        return Counter(person.state for person in self.people)

    @property
    def staff(self) -> int:
        """All but those on leave."""
        return len(self.people) - self.count_of["excused"]


URGENCY = ("overdue", "due", "grace", "excused", "done")


def site_due(*, actor: Actor, ref: str, asking: Asking, today: dt.date) -> SiteDue:
    """One site's people by name, for those who may read people there `today`. Raises NotFound out of reach."""
    site = site_by_ref(actor=actor, ref=ref, on=today, capability="people.read")
    asked = _asked(actor, asking)
    people = people_due(actor=actor, asked=asked, on=asking.on, today=today, known_at=asking.known_at, site=site)
    people.sort(key=lambda person: URGENCY.index(person.state))
    return SiteDue(site.name, asked, people)


def everyone_due(*, actor: Actor, asking: Asking, today: dt.date) -> tuple[Asked, list[PersonStanding]]:
    """All the district's people by name and site, for a file. Needs `people.read` in the whole district."""
    asked = _asked(actor, asking)
    return asked, people_due(actor=actor, asked=asked, on=asking.on, today=today, known_at=asking.known_at)


def _asked(actor: Actor, asking: Asking) -> Asked:
    offered = requirements_due(actor=actor, on=asking.on, known_at=asking.known_at, language=asking.language)
    for each in offered:
        if asking.subject in ("", each.subject):
            return each
    raise NotFound("requirement")
