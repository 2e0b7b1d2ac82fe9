"""By when somebody has to act on a request: the days that ship, and a district's own over them."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import states
from upstander.program.training.content.kinds import kind_of, shipped_kinds
from upstander.program.training.models import DueDays


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a kind of request: the days that ship, the district's own of today, and the next that are to come."""

    kind: str
    state: str
    shipped: int
    own: DueDays | None
    coming: DueDays | None

    @property
    def days(self) -> int:
        """What holds today."""
        return self.own.days if self.own and self.own.days is not None else self.shipped

    @property
    def is_own(self) -> bool:
        """Whether the district decided it."""
        return self.own is not None and self.own.days is not None


def due_days(*, actor: Actor, kind: str, state: str, on: dt.date) -> int | None:
    """In how many school days somebody has to act on a kind of request that stands here; None where nobody has to."""
    shipped = kind_of(kind).due.get(state)
    if shipped is None:
        return None
    begun = DueDays.objects.filter(district_id=actor.district_id, kind=kind, state=state, starts_on__lte=on)
    own = begun.order_by("-starts_on", "-id").values_list("days", flat=True).first()
    return own if own is not None else shipped


def steps_of(*, actor: Actor, on: dt.date) -> list[Step]:
    """Every step of every kind on which the district acts; one query."""
    begun: dict[tuple[str, str], DueDays] = {}
    coming: dict[tuple[str, str], DueDays] = {}
    for row in DueDays.objects.filter(district_id=actor.district_id).order_by("starts_on", "id"):
        step = row.kind, row.state
        if row.starts_on <= on:
            begun[step] = row
        elif step not in coming or coming[step].starts_on == row.starts_on:  # the next day, as it was said last
            coming[step] = row
    return [
        Step(kind.key, state, days, begun.get((kind.key, state)), coming.get((kind.key, state)))
        for kind in shipped_kinds().values()
        for state, days in kind.due.items()
        if state in states.moves_of_kind(kind.ends_with_session)
    ]


def step_of(*, actor: Actor, kind: str, state: str, on: dt.date) -> Step:
    """One of these steps. Raises NotFound."""
    found = next((each for each in steps_of(actor=actor, on=on) if (each.kind, each.state) == (kind, state)), None)
    if found is None:
        raise NotFound(f"{kind}:{state}")
    return found
