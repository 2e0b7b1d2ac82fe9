"""Taking back the last change by hand of a session of a draft, while nobody has changed it since."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.training.models import PlanEntry
from upstander.program.training.services import _plan_rows
from upstander.program.training.services.plans import Change, change_entry


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
        team = sorted(seats, key=lambda seat: (seat.role != "lead", seat.pk))
        return cls(entry.on, entry.starts, tuple(seat.member.ref for seat in team), entry.is_pinned)


@transaction.atomic
def undo_change(*, actor: Actor, ref: str, before: Standing, after: Standing, at: dt.datetime) -> PlanEntry:
    """Put a session of a draft back to where it stood `before` a change that left it as `after`.

    Raises WrongState when it is no longer as that change left it, and Invalid as every change does: meanwhile
    somebody else may hold a session at that time. Needs `training.plan` in the whole district.
    """
    _plan, entry = _plan_rows.held_entry(actor, ref)
    if Standing.of(entry) != after:
        raise WrongState(_("This session has been changed again since. Nothing was taken back."))
    back = Change(before.on, before.starts, before.members, is_pinned=before.is_pinned)
    return change_entry(actor=actor, ref=ref, change=back, at=at)
