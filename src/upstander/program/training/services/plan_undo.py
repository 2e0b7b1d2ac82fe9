"""Taking back the last change by hand of a session of a draft, while nobody has changed it since."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.seen import require_same, seal_of
from upstander.program.training.models import PlanEntry
from upstander.program.training.services import _plan_rows
from upstander.program.training.services._allowing import is_by_exception
from upstander.program.training.services._standing import Standing
from upstander.program.training.services.plans import Change, change_entry

__all__ = ["Standing", "undo_change", "way_back"]


def way_back(entry: PlanEntry) -> Standing | None:
    """How the entry stands, for a change that can be taken back; None where it has no day, or stands by an exception.

    An exception is for one day and team and ends with the change, so that nothing leads back to it.
    """
    return None if is_by_exception(entry) else Standing.of(entry)


@transaction.atomic
def undo_change(*, actor: Actor, ref: str, before: Standing, after: Standing, at: dt.datetime) -> PlanEntry:
    """Put a session of a draft back to where it stood `before` a change that left it as `after`.

    Raises Outdated when it is no longer as that change left it, and Invalid as every change does: meanwhile
    somebody else may hold a session at that time. Needs `training.plan` in the whole district.
    """
    _plan, entry = _plan_rows.held_entry(actor, ref)
    sentence = _("This session has been changed again since. Nothing was taken back.")
    require_same(seal_of(after), seal_of(Standing.of(entry)), sentence)
    back = Change(before.on, before.starts, before.members, is_pinned=before.is_pinned)
    return change_entry(actor=actor, ref=ref, change=back, at=at)
