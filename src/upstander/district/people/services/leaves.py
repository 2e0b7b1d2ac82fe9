"""Who is away from when until when. Why is asked nowhere. What was known is superseded, never changed."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people import events
from upstander.district.people.models import Leave, Person
from upstander.district.places.services.dated import replace
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState


@transaction.atomic
def put_on_leave(
    *, actor: Actor, leaves: Sequence[tuple[int, dt.date, dt.date | None]], at: dt.datetime
) -> list[Leave]:
    """Each person (by id) is away from a day, until the day before another where that is known. Needs `people.amend`.

    Raises Invalid where a person is away on some of these days already, or comes back before they left.
    """
    require(actor, "people.amend", Place(actor.district_id))
    rows = [
        Leave(district_id=actor.district_id, person_id=person, starts_on=first, ends_on=back, recorded_at=at)
        for person, first, back in leaves
    ]
    _one_after_another([row.person_id for row in rows])
    known = _known_leaves([row.person_id for row in rows])
    for row in rows:
        _check(row.starts_on, row.ends_on, [leave for leave in known if leave.person_id == row.person_id])
    Leave.objects.bulk_create(rows)
    events.CHANGED.tell(actor, [row.person_id for row in rows])
    record(events.LEAVES_STARTED, actor=actor, subject="leaves", at=at, count=len(rows))
    return rows


@transaction.atomic
def end_leave(*, actor: Actor, leave: Leave, ends_on: dt.date, at: dt.datetime) -> Leave:
    """The person is back on `ends_on`; returns the row as known now. Needs `people.amend`."""
    known = _known(actor, leave.ref)
    ended = replace(known, at=at, ends_on=ends_on)
    events.CHANGED.tell(actor, [ended.person_id])
    record(events.LEAVE_ENDED, actor=actor, subject=ended.person.ref, at=at, ends_on=ends_on.isoformat())
    return ended


@transaction.atomic
def correct_leave(*, actor: Actor, ref: str, starts_on: dt.date, ends_on: dt.date | None, at: dt.datetime) -> Leave:
    """Say from when until before when a leave really is; what was believed can still be told. Needs `people.amend`.

    Raises WrongState where somebody changed it meanwhile, and Invalid as `put_on_leave` does.
    """
    known = _known(actor, ref)
    _one_after_another([known.person_id])
    _check(starts_on, ends_on, [leave for leave in _known_leaves([known.person_id]) if leave.pk != known.pk])
    corrected = replace(known, at=at, starts_on=starts_on, ends_on=ends_on)
    events.CHANGED.tell(actor, [corrected.person_id])
    told = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else ""}
    record(events.LEAVE_CORRECTED, actor=actor, subject=corrected.person.ref, at=at, **told)
    return corrected


@transaction.atomic
def take_back_leave(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """A leave that never was: nothing takes its place. Needs `people.amend`; raises WrongState as above."""
    known = _known(actor, ref)
    Leave.objects.filter(pk=known.pk).update(superseded_at=at)
    events.CHANGED.tell(actor, [known.person_id])
    record(events.LEAVE_TAKEN_BACK, actor=actor, subject=known.person.ref, at=at)


def _known(actor: Actor, ref: str) -> Leave:
    require(actor, "people.amend", Place(actor.district_id))
    known = Leave.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if known is None:
        raise NotFound(ref)
    if known.superseded_at is not None:
        raise WrongState(_("This leave was changed by someone else in the meantime."))
    return known


def _one_after_another(people: Sequence[int]) -> None:
    """Two leaves of one person entered at once would each miss the other."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


def _known_leaves(people: Sequence[int]) -> list[Leave]:
    return list(Leave.objects.filter(person_id__in=people, superseded_at__isnull=True))


def _check(first: dt.date, back: dt.date | None, others: Sequence[Leave]) -> None:
    if back is not None and back <= first:
        raise Invalid(_("The day back has to be after the first day away."), "ends_on")
    for other in others:
        if (back is None or other.starts_on < back) and (other.ends_on is None or first < other.ends_on):
            raise Invalid(
                _("This person is away on some of these days already. Correct that leave instead."), "starts_on"
            )
