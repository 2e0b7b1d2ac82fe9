"""Making up what was missed: only that part, and for the same cycle."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines.matching import Span
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.compliance.selectors.cycles import is_same_cycle
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.training import events, policies
from upstander.program.training.models import CalledOff, MadeUp, MakeUp, Session
from upstander.program.training.selectors.make_ups import Partial, partials_of
from upstander.program.training.services import _make_up_mails, _moves
from upstander.program.training.services._completions import complete


@transaction.atomic
def offer_make_up(
    *, actor: Actor, session_ref: str, person_ref: str, on: dt.date, starts: dt.time, at: dt.datetime
) -> bool:
    """Set a time for somebody to make up what they missed of a held session; a later one takes its place.

    They get a mail with a calendar file, once for each time that is still to come; False where none could go out. For
    who led the session or coordinates its site. Raises NotFound, and Invalid for a day before the session, too long
    after it, or in another cycle, in which only a whole session counts.
    """
    session, partial = _partial(actor, session_ref, person_ref, at)
    before = partial.make_up
    _require_day(actor, session, partial, on)
    span = _span(actor, on, starts, partial.missed)
    if before is not None and (before.on, before.starts) == (on, starts):
        return True
    offer = MakeUp.objects.create(
        district_id=session.district_id,
        session=session,
        person=partial.person,
        minutes=partial.missed,
        on=on,
        starts=starts,
        account_id=actor.account_id,
        at=at,
    )
    told = {"person": partial.person.ref, "minutes": offer.minutes}
    record(events.MAKE_UP_OFFERED, actor=actor, subject=session.ref, at=at, **told)
    return span.starts_at > at and _make_up_mails.tell_set(actor, offer, before, span, at)


@transaction.atomic
def call_off_make_up(*, actor: Actor, session_ref: str, person_ref: str, at: dt.datetime) -> None:
    """Call the time off that was set for somebody; they get a mail if it was still to come.

    For who led the session or coordinates its site. Raises NotFound, and WrongState where no time is set.
    """
    session, partial = _partial(actor, session_ref, person_ref, at)
    offer = partial.make_up
    if offer is None:
        raise WrongState(_("No time is set."))
    CalledOff.objects.create(district_id=session.district_id, make_up=offer, account_id=actor.account_id, at=at)
    record(events.MAKE_UP_CALLED_OFF, actor=actor, subject=session.ref, at=at, person=partial.person.ref)
    span = _span(actor, offer.on, offer.starts, offer.minutes)
    if span.starts_at > at:
        _make_up_mails.tell_called_off(actor, offer, span, at)


@transaction.atomic
def record_made_up(*, actor: Actor, session_ref: str, person_ref: str, at: dt.datetime) -> None:
    """Note that somebody made up what they missed at the time that was set: they complete the session on that day.

    For who led the session or coordinates its site. Raises NotFound, and WrongState before that day or without one.
    """
    session, partial = _partial(actor, session_ref, person_ref, at)
    offer = partial.make_up
    if offer is None or offer.on > policies.today(actor, at):
        raise WrongState(_("This time has not come yet."))
    MadeUp.objects.create(district_id=session.district_id, make_up=offer, account_id=actor.account_id, at=at)
    complete(actor, session, [partial.person.pk], at, on=offer.on)
    told = {"person": partial.person.ref, "minutes": offer.minutes}
    record(events.MADE_UP, actor=actor, subject=session.ref, at=at, **told)


def _partial(actor: Actor, session_ref: str, person_ref: str, at: dt.datetime) -> tuple[Session, Partial]:
    _moves.locked_session(session_ref)  # one after the other: nobody completes twice
    session, found = partials_of(actor=actor, ref=session_ref, at=at)
    for partial in found:
        if partial.person.ref == person_ref:
            if partial.is_made:
                raise WrongState(_("This was made up already."))
            return session, partial
    raise NotFound(person_ref)


def _require_day(actor: Actor, session: Session, partial: Partial, on: dt.date) -> None:
    if on < session.on:
        raise Invalid(_("This day is before the session."), "on")
    if on > session.on + policies.MADE_UP_WITHIN:
        raise Invalid(_("That is too long after the session. Please choose an earlier day, or a whole session."), "on")
    if not is_same_cycle(actor=actor, person_id=partial.person.pk, subject=AWARENESS, on=session.on, later=on):
        raise Invalid(_("By then the next cycle has begun, for which only a whole session counts."), "on")


def _span(actor: Actor, on: dt.date, starts: dt.time, minutes: int) -> Span:
    ends = dt.datetime.combine(on, starts) + dt.timedelta(minutes=minutes)
    if ends.date() != on:
        raise Invalid(_("This would end after midnight. Please choose an earlier hour."), "starts")
    try:
        return policies.moments(policies.zone_of(actor), on, starts, ends.time())
    except Invalid as refusal:
        raise Invalid(str(refusal), "starts") from None
