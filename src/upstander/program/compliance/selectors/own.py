"""The signed-in person's own trainings: what is asked of them in each cycle, by when, why, and what they did."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from upstander.district.people.models import Leave
from upstander.district.people.policies import STAFF_IN_POST
from upstander.district.places.policies import SECONDARY_SITES, held_on
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Obligation, Requirement
from upstander.program.compliance.selectors.coverage import COUNTS
from upstander.program.compliance.selectors.requirements import held_against

# As the board counts it, of one person: no row where it is not asked of them, an empty one where nothing counts.
OWN_ROLLING = f"""
    SELECT c.completed_on, c.expires_on - 1
    FROM ({STAFF_IN_POST}) post JOIN ({SECONDARY_SITES}) counted ON counted.site_id = post.site_id
    LEFT JOIN compliance_completion c ON c.person_id = post.person_id AND c.district_id = %(district)s AND {COUNTS}
    WHERE post.person_id = %(person)s ORDER BY c.expires_on DESC NULLS LAST, c.id LIMIT 1"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class OwnCycle:
    """One cycle: done, due, grace (newly hired, in time), overdue, excused (on leave), or missed when it has ended.

    What has no day of its own is one long cycle; where it is done, it counts until the end of `counts_through`.
    """

    begins_on: dt.date
    due_on: dt.date | None
    fulfilled_on: dt.date | None
    state: str
    is_rolling: bool = False
    counts_through: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """One training asked of the person: why, by whom, the cycle of the day, and those before, newest first."""

    title: str
    source: str
    owner: str
    now: OwnCycle | None
    before: tuple[OwnCycle, ...]


def own_trainings(*, actor: Actor, on: dt.date, known_at: dt.datetime, language: str) -> list[OwnTraining]:
    """What is and was asked of the signed-in person up to `on`; nothing for who is no member of staff here."""
    if actor.person_id is None:
        return []
    rows = Obligation.objects.filter(district_id=actor.district_id, person_id=actor.person_id, starts_on__lte=on)
    is_away = Leave.objects.filter(held_on(on), person_id=actor.person_id).exists()
    asked = {row.pk: row for row in Requirement.objects.filter(district_id=actor.district_id)}
    cycles: dict[str, list[Obligation]] = {}
    for row in rows.order_by("-starts_on"):
        if row.requirement_id in asked:
            cycles.setdefault(asked[row.requirement_id].subject, []).append(row)
    trainings = [_training(found, asked[found[0].requirement_id], on, is_away, language) for found in cycles.values()]
    rolling = Requirement.objects.filter(held_on(on, known_at), cadence=Requirement.Cadence.ROLLING)
    trainings += [own for row in rolling if (own := _rolling(actor, row, on, known_at, language))]
    return sorted(trainings, key=lambda training: (training.now is None, training.title))


def _training(rows: Sequence[Obligation], asked: Requirement, on: dt.date, is_away: bool, language: str) -> OwnTraining:
    is_open = [row.ends_on is None or row.ends_on > on for row in rows]
    told = [_cycle(row, _state(row, on, is_away) if still else "") for row, still in zip(rows, is_open, strict=True)]
    now = next((cycle for cycle, still in zip(told, is_open, strict=True) if still), None)
    before = tuple(cycle for cycle, still in zip(told, is_open, strict=True) if not still)
    return _told(asked, now, before, language)


def _rolling(actor: Actor, asked: Requirement, on: dt.date, known_at: dt.datetime, language: str) -> OwnTraining | None:
    """Of what has no day of its own: how far the person is, or None where it is not asked of them that day."""
    values = {"district": actor.district_id, "person": actor.person_id, "on": on, "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(OWN_ROLLING, values | held_against(asked))
        row = cursor.fetchone()
    if row is None:
        return None
    done_on, through = row
    now = OwnCycle(asked.starts_on, None, done_on, "done" if done_on else "due", True, through)
    return _told(asked, now, (), language)


def _told(asked: Requirement, now: OwnCycle | None, before: tuple[OwnCycle, ...], language: str) -> OwnTraining:
    spoken = "es" if language.startswith("es") else "en"
    return OwnTraining(
        title=getattr(asked, f"title_{spoken}"),
        source=getattr(asked, f"source_{spoken}"),
        owner=getattr(asked, f"owner_{spoken}"),
        now=now,
        before=before,
    )


def _cycle(row: Obligation, state: str) -> OwnCycle:
    ended = "done" if row.fulfilled_on else "missed"
    return OwnCycle(row.cycle_on, row.due_on, row.fulfilled_on, state or ended)


def _state(row: Obligation, on: dt.date, is_away: bool) -> str:
    """As `policies.STATE` says it of everyone at once."""
    if row.fulfilled_on and row.fulfilled_on <= on:
        return "done"
    if is_away:
        return "excused"
    if row.due_on and row.due_on < on:
        return "overdue"
    return "grace" if row.begins_on > row.cycle_on else "due"
