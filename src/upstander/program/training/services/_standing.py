"""How a session of a draft stands, as somebody who changes it by hand has it before them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from upstander.program.training.models import PlanEntry, PlanSeat


@dataclass(frozen=True, slots=True)
class Standing:
    """How a session of a draft stands: when, by whom (refs, the lead first), and whether it is pinned."""

    on: dt.date
    starts: dt.time
    members: tuple[str, ...]
    is_pinned: bool

    @classmethod
    def of(cls, entry: PlanEntry) -> "Standing | None":
        """As the entry stands now; None where it has no day that could be put back."""
        if entry.on is None or entry.starts is None or entry.is_left_out:
            return None
        seats = entry.seats.select_related("member")  # anew: what was read before the change is not so any more
        return cls.shown(entry, seats)

    @classmethod
    def shown(cls, entry: PlanEntry, seats: Iterable[PlanSeat]) -> "Standing | None":
        """The same of an entry whose seats were read with it, as a list of them shows it; no query."""
        if entry.on is None or entry.starts is None or entry.is_left_out:
            return None
        team = sorted(seats, key=lambda seat: (seat.role != "lead", seat.pk))
        return cls(entry.on, entry.starts, tuple(seat.member.ref for seat in team), entry.is_pinned)


def marks_of(entry: PlanEntry) -> tuple[Standing | None, bool]:
    """What a step at a session of a draft is about: how it stands, and whether it is left out."""
    return Standing.of(entry), entry.is_left_out
