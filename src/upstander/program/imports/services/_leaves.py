"""Leaves of a list, entered and taken back; the people's own services say what may be."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from upstander.district.people.models import Leave
from upstander.district.people.services.leaves import correct_leave, put_on_leave, take_back_leave
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.program.imports.content.leaves import day_back
from upstander.program.imports.content.outcomes import Change
from upstander.program.imports.models import Import, ImportResult


def record_leaves(actor: Actor, writes: list[Change], at: dt.datetime) -> list[str]:
    """Enter new leaves, and give open ones their last day; the refs in the order of `writes`."""
    new = [change for change in writes if not change.old_ref]
    stretches = [(change.target, change.line.day, day_back(change.line)) for change in new if change.line.day]
    entered = put_on_leave(actor=actor, leaves=stretches, at=at) if stretches else []
    refs = {change.line.row: leave.ref for change, leave in zip(new, entered, strict=True)}
    for change in writes:
        if change.old_ref and change.line.day:
            first, back = change.line.day, day_back(change.line)
            ended = correct_leave(actor=actor, ref=change.old_ref, starts_on=first, ends_on=back, at=at)
            refs[change.line.row] = ended.ref
    return [refs[change.line.row] for change in writes]


def take_back_leaves(actor: Actor, load: Import, at: dt.datetime) -> None:
    """What the list entered never was; what it ended is open again. Raises WrongState where one was changed since."""
    results = list(ImportResult.objects.filter(load=load).order_by("pk"))
    made = {row.ref: row for row in Leave.objects.filter(ref__in=[each.made_ref for each in results])}
    if any(row.superseded_at for row in made.values()):
        raise WrongState(_("Some of these leaves were changed since, by hand or by a later list. Undo that one first."))
    for each in results:
        if each.replaced_ref:
            first = made[each.made_ref].starts_on
            correct_leave(actor=actor, ref=each.made_ref, starts_on=first, ends_on=None, at=at)
        else:
            take_back_leave(actor=actor, ref=each.made_ref, at=at)
