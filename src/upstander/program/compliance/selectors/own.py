"""The signed-in person's own trainings: what is asked of them in each cycle, by when, why, and what they did."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from upstander.district.people.models import Leave
from upstander.district.places.policies import held_on
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Obligation, Requirement


@dataclass(frozen=True, slots=True)
class OwnCycle:
    """One cycle: done, due, grace (newly hired, in time), overdue, excused (on leave), or missed when it has ended."""

    begins_on: dt.date
    due_on: dt.date | None
    fulfilled_on: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """One training asked of the person: why, by whom, the cycle of the day, and those before, newest first."""

    title: str
    source: str
    owner: str
    now: OwnCycle | None
    before: tuple[OwnCycle, ...]


def own_trainings(*, actor: Actor, on: dt.date, language: str) -> list[OwnTraining]:
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
    return sorted(trainings, key=lambda training: (training.now is None, training.title))


def _training(rows: Sequence[Obligation], asked: Requirement, on: dt.date, is_away: bool, language: str) -> OwnTraining:
    spoken = "es" if language.startswith("es") else "en"
    is_open = [row.ends_on is None or row.ends_on > on for row in rows]
    told = [_cycle(row, _state(row, on, is_away) if still else "") for row, still in zip(rows, is_open, strict=True)]
    return OwnTraining(
        title=getattr(asked, f"title_{spoken}"),
        source=getattr(asked, f"source_{spoken}"),
        owner=getattr(asked, f"owner_{spoken}"),
        now=next((cycle for cycle, still in zip(told, is_open, strict=True) if still), None),
        before=tuple(cycle for cycle, still in zip(told, is_open, strict=True) if not still),
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
