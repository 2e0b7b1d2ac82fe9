"""Whom one requirement concerns, and how far they are; and how far a new count of due days is."""

import datetime as dt
import json
from dataclasses import dataclass

from upstander.engines.obligations import Cadence
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.compliance.models import Recount, Requirement
from upstander.program.compliance.selectors.obligations import derivation
from upstander.program.compliance.selectors.packs.rows import rolling_people
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.standing import question

TALLY = """
    WITH {tables}
    SELECT count(DISTINCT person_id), count(DISTINCT person_id) FILTER (WHERE state = 'done'),
        count(DISTINCT person_id) FILTER (WHERE state = 'excused')
    FROM standing"""


@dataclass(frozen=True, slots=True)
class Reach:
    """On the day `on` so many people are bound; of them so many are done, and so many on leave."""

    on: dt.date
    person_count: int
    done_count: int
    away_count: int

    @property
    def open_count(self) -> int:
        """Who still has to do it."""
        return self.person_count - self.done_count - self.away_count


def reach_of(*, actor: Actor, requirement: Requirement, today: dt.date, known_at: dt.datetime) -> Reach:
    """Counted on `today`, or on the first day on which it is asked of anybody. Needs `requirements.manage`."""
    require(actor, "requirements.manage", Place(actor.district_id))
    if requirement.cadence == Cadence.ROLLING:
        return _rolling(actor, requirement, max(today, requirement.starts_on), known_at)
    on = _first_day(actor, requirement, today, known_at)
    # Asked of a preview too, whose requirement nobody's kept obligations know.
    tables, values = question(actor=actor, subject=requirement.subject, on=on, known_at=known_at, from_nothing=True)
    with planned(is_large=True) as cursor:
        cursor.execute(TALLY.format(tables=tables), values)
        return Reach(on, *cursor.fetchone())


def recount_running(*, actor: Actor) -> Recount | None:
    """The oldest count that has not ended. Needs `coverage.read` somewhere: it concerns whoever reads a board."""
    if scope(actor, "coverage.read").is_empty:
        raise NotAllowed("coverage.read")
    return Recount.objects.filter(district_id=actor.district_id, ended_at__isnull=True).order_by("asked_at").first()


def _rolling(actor: Actor, requirement: Requirement, on: dt.date, known_at: dt.datetime) -> Reach:
    people = rolling_people(actor=actor, asked=requirement, on=on, known_at=known_at)
    return Reach(on, len(people), sum(each.state == "done" for each in people), 0)


def _first_day(actor: Actor, requirement: Requirement, today: dt.date, known_at: dt.datetime) -> dt.date:
    """The first day from `today` on that lies in a cycle of the requirement; cycles by hire date run always."""
    derive = derivation(actor=actor, known_at=known_at, only=requirement.subject)
    day = max(today, requirement.starts_on)
    if derive is None or requirement.cadence == Cadence.HIRE_DATE:
        return day
    ahead = []
    for cycle in json.loads(derive.values["cycles"]):
        if cycle["requirement_id"] == requirement.pk and (
            not cycle["closes_on"] or cycle["closes_on"] > day.isoformat()
        ):
            ahead.append(dt.date.fromisoformat(cycle["cycle_on"]))
    return max(day, min(ahead, default=day))
