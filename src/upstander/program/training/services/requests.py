"""Asking for a training, and the ends of a request that are not a training."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import ClosedDay
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed, refuse
from upstander.program.training import events, policies, states
from upstander.program.training.models import MOST_HEADS, ROOM_PATTERN, Request, RequestWindow, room_name
from upstander.program.training.services import _mails, _moves
from upstander.program.training.services._endings import call_off


@dataclass(frozen=True, slots=True)
class Window:
    """A wished day, and the wall times between which the session may lie."""

    on: dt.date
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class Wish:
    """What a site asks for. All of it is chosen; nothing is a text."""

    site_ref: str
    audience: str
    head_count: int
    languages: tuple[str, ...]
    mode: str
    minutes: int
    room: str
    windows: tuple[Window, ...]
    closed_day_is_meant: bool = False


@transaction.atomic
def request_training(*, actor: Actor, wish: Wish, at: dt.datetime) -> Request:
    """Take in a request, tell the requester it arrived, and put it into the queue of the site's region.

    Raises Invalid with a sentence and the field it belongs to; NotFound for a site out of reach. Needs
    `training.request` at the site and an account, because the answer goes to a person.
    """
    if actor.account_id is None:
        raise NotAllowed("training.request")
    on = policies.today(actor, at)
    site = site_by_ref(actor=actor, ref=wish.site_ref, on=on, capability="training.request")
    closed = policies.closed_on(actor, site, {window.on for window in wish.windows})
    refuse((*_of_wish(wish), *_of_windows(actor, wish, at), *_of_closed_days(wish, closed)))
    request = Request.objects.create(
        district_id=actor.district_id,
        site=site,
        audience=wish.audience,
        head_count=wish.head_count,
        languages=list(wish.languages),
        mode=wish.mode,
        minutes=wish.minutes,
        room=wish.room,
        requested_by_id=actor.account_id,
        requested_at=at,
        state=states.Request.WAITING,
        state_since=at,
    )
    _keep_windows(request, wish)
    _moves.first_move(request, actor, at)
    record(events.REQUESTED, actor=actor, subject=request.ref, at=at, site=site.ref, head_count=wish.head_count)
    _mails.tell_received(actor, request, at)
    return request


@transaction.atomic
def withdraw_request(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """End a request because the site no longer needs it; a planned or confirmed session is cancelled with it.

    Who follows the site today may; having asked for it once is not enough. Raises WrongState once it was held or
    ended otherwise.
    """
    request = _moves.locked_request(ref)
    policies.require_reach(actor, "training.follow", request, at)
    session = _moves.live_session(request)
    _moves.move_request(request, "withdraw", actor, at)
    if session is not None:
        call_off(actor, request, session, at)
    record(events.WITHDRAWN, actor=actor, subject=ref, at=at)


@transaction.atomic
def decline_request(*, actor: Actor, ref: str, reason: str, at: dt.datetime) -> None:
    """End a request with one of the known reasons and tell the requester. Needs `training.coordinate` at the site."""
    request = _moves.locked_request(ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    if reason not in Request.Decline.values:
        raise Invalid(_("Please choose a reason."), "reason")
    session = _moves.live_session(request)
    request.decline_reason = reason
    request.owner_id = actor.account_id
    _moves.move_request(request, "decline", actor, at)
    if session is not None:
        call_off(actor, request, session, at)
    record(events.DECLINED, actor=actor, subject=ref, at=at, reason=reason)
    _mails.tell_declined(actor, request, at)


def _of_wish(wish: Wish) -> Iterator[Invalid]:
    if not 1 <= wish.head_count <= MOST_HEADS:
        sentence = _("Please give the number of people you expect, from 1 to %(most)s.") % {"most": MOST_HEADS}
        yield Invalid(sentence, "head_count")
    if not wish.languages:
        yield Invalid(_("Please choose at least one language."), "languages")
    if wish.audience not in Request.Audience.values or wish.mode not in Request.Mode.values:
        yield Invalid(_("Please choose one of the answers."), "audience")
    if wish.minutes not in Request.Length.values:
        yield Invalid(_("Please choose one of the lengths."), "minutes")
    if wish.mode == Request.Mode.IN_PERSON and not wish.room:
        yield Invalid(_("Please name the room."), "room")
    if not re.match(ROOM_PATTERN, wish.room):
        yield Invalid(room_name.message, "room")


def _of_windows(actor: Actor, wish: Wish, at: dt.datetime) -> Iterator[Invalid]:
    """What is wrong with each wished day, at the field "windows_0" for the first one."""
    if not 1 <= len(wish.windows) <= policies.MOST_WINDOWS:
        yield Invalid(_("Please give one to three days."), "windows")
    zone = policies.zone_of(actor)
    for position, window in enumerate(wish.windows):
        for check in (_check_span, _check_day):
            try:
                check(zone, window, wish.minutes, at)
            except Invalid as refused:
                yield Invalid(refused.args[0], f"windows_{position}")


def _check_span(zone: ZoneInfo, window: Window, minutes: int, _at: dt.datetime) -> None:
    if window.ends <= window.starts:
        raise Invalid(_("A session begins and ends on the same day: the end must be after the start."))
    span = policies.moments(zone, window.on, window.starts, window.ends)
    if (span.ends_at - span.starts_at).total_seconds() < minutes * 60:
        raise Invalid(_("The session does not fit between the start and the end of this day."))


def _check_day(zone: ZoneInfo, window: Window, _minutes: int, at: dt.datetime) -> None:
    policies.require_wishable(zone, window.on, window.starts, at)


def _of_closed_days(wish: Wish, closed: list[ClosedDay]) -> Iterator[Invalid]:
    if closed and not wish.closed_day_is_meant:
        yield Invalid(
            _("There is no school on one of these days (%(day)s). Tick the box below if you mean it.")
            % {"day": closed[0].name},
            "closed_day_is_meant",
        )


def _keep_windows(request: Request, wish: Wish) -> None:
    RequestWindow.objects.bulk_create(
        RequestWindow(
            district_id=request.district_id, request=request, on=window.on, starts=window.starts, ends=window.ends
        )
        for window in wish.windows
    )
