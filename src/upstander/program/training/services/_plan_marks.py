"""What coordinators mark in a draft: pinned, or left out."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import WrongState
from upstander.program.training.models import PlanEntry, PlanMove
from upstander.program.training.planning import answers


def _pin(entry: PlanEntry) -> None:
    if entry.on is None or entry.is_left_out or entry.host_id:
        raise WrongState(_("Only a site with a day of its own can be pinned."))
    entry.is_pinned = True


def _unpin(entry: PlanEntry) -> None:
    entry.is_pinned = False


def _leave_out(entry: PlanEntry) -> None:
    if entry.session is not None:
        raise WrongState(_("A session is agreed with this site. Take that back first; it stands among the sessions."))
    if answers.has_guests(entry):
        raise WrongState(_("Other sites are trained with this one. Separate them first, and draft a new plan."))
    entry.is_left_out, entry.is_pinned = True, False


def _take_in(entry: PlanEntry) -> None:
    entry.is_left_out = False
    if entry.host is not None:  # its day may have changed meanwhile
        entry.on, entry.starts, entry.ends = entry.host.on, entry.host.starts, entry.host.ends


MARKS: dict[str, Callable[[PlanEntry], None]] = {
    PlanMove.Step.PINNED: _pin,
    PlanMove.Step.UNPINNED: _unpin,
    PlanMove.Step.LEFT_OUT: _leave_out,
    PlanMove.Step.TAKEN_IN: _take_in,
}
