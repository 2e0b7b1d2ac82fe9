"""A symposium from the first draft to the day: made, changed, published, held or cancelled."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState, refuse
from upstander.foundation.kernel.seen import require_seen
from upstander.program.gatherings import events, policies, states
from upstander.program.gatherings.content.choices import MOST_GUESTS, are_tongues
from upstander.program.gatherings.models import Guest, Symposium
from upstander.program.gatherings.selectors.symposiums import event_asked_for, symposium_of_request
from upstander.program.gatherings.services import _guests, _mails
from upstander.program.gatherings.services._guests import locked
from upstander.program.gatherings.states import Place
from upstander.program.training.models import Request
from upstander.program.training.policies import FURTHEST_DAYS, moments, today, zone_of
from upstander.program.training.services.queue import finish_request, put_back, start_request
from upstander.program.training.states import Request as Asked

TOLD = (Place.SEATED, Place.WAITING)


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a symposium is, for how many, and what it is called in both languages."""

    title_en: str
    title_es: str
    place: str
    on: dt.date
    starts: dt.time
    ends: dt.time
    capacity: int
    interpreters: tuple[str, ...] = ()

    @classmethod
    def of(cls, symposium: Symposium) -> "Plan":
        """The plan as it stands."""
        told = {each.name: getattr(symposium, each.name) for each in fields(cls)}
        return cls(**{**told, "interpreters": tuple(symposium.interpreters)})


@transaction.atomic
def make_symposium(*, actor: Actor, plan: Plan, at: dt.datetime, request_ref: str = "") -> Symposium:
    """Begin a symposium; nobody reads of it before it is published. Needs `gatherings.manage`; raises Invalid.

    With the ref of a request for an event it is what becomes of that: the request is under way from now on. Raises
    NotFound for another one, WrongState where it has ended or has a symposium.
    """
    policies.require_manager(actor)
    if actor.account_id is None:
        raise NotAllowed("gatherings.manage")
    symposium = Symposium(district_id=actor.district_id, organizer_id=actor.account_id, state_since=at)
    symposium.state = states.Symposium.DRAFT
    symposium.request = _accepted(actor, request_ref, at) if request_ref else None
    _fill(actor, symposium, plan, at)
    symposium.save(force_insert=True)
    told = {"on": plan.on.isoformat(), "capacity": plan.capacity, "request": request_ref}
    record(events.SYMPOSIUM_MADE, actor=actor, subject=symposium.ref, at=at, **told)
    return symposium


@transaction.atomic
def change_symposium(*, actor: Actor, ref: str, plan: Plan, at: dt.datetime, seen: str | None = None) -> None:
    """Change a symposium that is still to come. With another day, hour or place every guest gets a mail with a new
    calendar file; more places go to the waiting list in its order. `seen` is the seal of the plan that the actor had
    before them (None: whatever stands). Raises Invalid, WrongState, Outdated.
    """
    symposium = locked(actor, ref)
    if symposium.state not in states.COMING:
        raise WrongState(_("It was held or cancelled; there is nothing to change any more."))
    require_seen(seen, Plan.of(symposium))
    before = (symposium.on, symposium.starts, symposium.ends, symposium.place)
    _fill(actor, symposium, plan, at, _guests.seated_count(symposium))
    is_told = symposium.state != states.Symposium.DRAFT and before != (plan.on, plan.starts, plan.ends, plan.place)
    symposium.sequence += is_told
    symposium.save()
    if is_told:
        _mails.tell_guests(actor, symposium, _guests.told(symposium, *TOLD), "gathering_changed", at)
    moved_up = _guests.move_up(actor, symposium, at)
    record(events.SYMPOSIUM_CHANGED, actor=actor, subject=ref, at=at, is_told=is_told, moved_up_count=moved_up)


@transaction.atomic
def move_symposium(*, actor: Actor, ref: str, move: str, at: dt.datetime, walk_in_count: int = 0) -> None:
    """Take one step: "publish", "close", "reopen", "hold" or "cancel". Cancelling tells everyone who signed up.

    Held is what has begun; its numbers are written down then, with `walk_in_count` who came without signing up. The
    request it came of is answered with that, and waits again when it is cancelled.
    Raises WrongState, and Invalid (field "walk_in_count").
    """
    symposium = locked(actor, ref)
    target = states.after(states.SYMPOSIUM_MOVES, symposium.state, move)
    told = _guests.told(symposium, *TOLD) if move == "cancel" else []
    if move in ("publish", "reopen") and symposium.starts_at <= at:
        raise WrongState(_("The day is over. Please give it a later one first."))
    if move == "hold":
        _count(symposium, walk_in_count, at)
    symposium.state, symposium.state_since = target, at
    symposium.sequence += bool(told)
    symposium.save()
    _answer(actor, symposium, at)
    _mails.tell_guests(actor, symposium, told, "gathering_cancelled", at)
    record(events.SYMPOSIUM_MOVED, actor=actor, subject=ref, at=at, move=move, told_count=len(told))


def _accepted(actor: Actor, ref: str, at: dt.datetime) -> Request:
    """The request for an event, locked and under way, for which there is no symposium yet."""
    found = event_asked_for(actor=actor, ref=ref, at=at)
    request = Request.objects.select_for_update(of=("self",)).get(pk=found.pk)  # two who accept it make one
    if request.state != Asked.UNDERWAY:
        start_request(actor=actor, ref=ref, at=at)
    if symposium_of_request(actor=actor, request=request) is not None:
        raise WrongState(_("This request has its symposium already."))
    return request


def _answer(actor: Actor, symposium: Symposium, at: dt.datetime) -> None:
    """Whoever asked for it hears that it was held; what was cancelled is asked for still."""
    request = symposium.request
    if request is None or request.state != Asked.UNDERWAY:
        return
    if symposium.state == states.Symposium.HELD:
        finish_request(actor=actor, ref=request.ref, at=at)
    elif symposium.state == states.Symposium.CANCELLED:
        put_back(actor=actor, ref=request.ref, at=at)


def _count(symposium: Symposium, walk_in_count: int, at: dt.datetime) -> None:
    if symposium.starts_at > at:
        raise WrongState(_("It has not begun yet."))
    if not 0 <= walk_in_count <= MOST_GUESTS:
        raise Invalid(_("Please give a number from 0 to %(most)s.") % {"most": MOST_GUESTS}, "walk_in_count")
    seated = Guest.objects.filter(symposium=symposium, state=Place.SEATED)
    symposium.seated_count, symposium.walk_in_count = seated.count(), walk_in_count
    symposium.came_count = seated.filter(came_at__isnull=False).count()


def _fill(actor: Actor, symposium: Symposium, plan: Plan, at: dt.datetime, seated: int = 0) -> None:
    refuse(_wrong(actor, plan, at, seated))
    zone = zone_of(actor)
    try:
        span = moments(zone, plan.on, plan.starts, plan.ends)
    except Invalid as refusal:
        raise Invalid(refusal.args[0], "starts") from None
    symposium.title_en, symposium.title_es, symposium.place = plan.title_en, plan.title_es, plan.place
    symposium.on, symposium.starts, symposium.ends, symposium.zone = plan.on, plan.starts, plan.ends, zone.key
    symposium.starts_at, symposium.ends_at = span.starts_at, span.ends_at
    symposium.capacity, symposium.interpreters = plan.capacity, sorted(plan.interpreters)


def _wrong(actor: Actor, plan: Plan, at: dt.datetime, seated: int) -> Iterator[Invalid]:
    here = today(actor, at)
    if plan.on <= here:
        yield Invalid(_("Please choose a day that is still to come."), "on")
    elif plan.on > here + dt.timedelta(days=FURTHEST_DAYS):
        yield Invalid(_("This day is more than a year away. Please choose an earlier one."), "on")
    if plan.ends <= plan.starts:
        yield Invalid(_("It begins and ends on the same day: the end must be after the start."), "ends")
    if not 1 <= plan.capacity <= MOST_GUESTS:
        yield Invalid(_("Please give a number from 1 to %(most)s.") % {"most": MOST_GUESTS}, "capacity")
    elif plan.capacity < seated:
        sentence = _("%(count)s guests have a place already. Please keep at least these.")
        yield Invalid(sentence % {"count": seated}, "capacity")
    if not are_tongues(plan.interpreters):
        yield Invalid(_("Please choose from the languages."), "interpreters")
