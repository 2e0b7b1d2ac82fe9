"""Asking for something, wishing other days, and the ends of a request that the requester or a reason bring about."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed
from upstander.foundation.notices.services import Recipient
from upstander.program.training import events, policies, states
from upstander.program.training.content import kinds
from upstander.program.training.models import CallBack, Request
from upstander.program.training.selectors.owners import first_owner
from upstander.program.training.selectors.twins import twins_of
from upstander.program.training.services import _mails, _moves
from upstander.program.training.services._call_backs import let_go
from upstander.program.training.services._endings import give_up
from upstander.program.training.services._wishes import Window, Wish, check_windows, check_wish, keep_windows

__all__ = ["Window", "Wish", "change_days", "decline_request", "request_training", "withdraw_request"]


@transaction.atomic
def request_training(*, actor: Actor, wish: Wish, at: dt.datetime, asked_for: Recipient | None = None) -> Request:
    """Take in a request of any kind, give it an owner and a day by which to act, and tell the requester it arrived.

    The owner is the first of `selectors.owners.takers_of`. `asked_for` is whoever the request is entered for
    (needs `training.coordinate` at the site), or a visitor's proved address; without it the actor asks for themselves.
    Raises Invalid with a sentence and the field it belongs to; NotFound for a site out of reach, or for a kind that
    is not there. Needs `training.request` at the site, and somebody to answer to.
    """
    on = policies.today(actor, at)
    site = site_by_ref(actor=actor, ref=wish.site_ref, on=on, capability="training.request")
    check_wish(actor, site, wish, _twins(actor, site, wish, at), at)
    request = Request(
        district_id=actor.district_id,
        kind=wish.kind,
        edition=kinds.kind_of(wish.kind).edition,
        site=site,
        requested_at=at,
        owner=first_owner(actor=actor, site=site, on=on, kind=wish.kind),
        state=states.Request.WAITING,
        state_since=at,
        **wish.columns(),
    )
    _set_requester(request, actor, asked_for, at)
    request.due_on = _moves.due_day(request, actor, at)
    request.save(force_insert=True)
    keep_windows(request, wish.windows)
    _moves.first_move(request, actor, at)
    told = {"kind": wish.kind, "site": site.ref, "head_count": request.head_count}
    record(events.REQUESTED, actor=actor, subject=request.ref, at=at, **told)
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
    states.after(_moves.ways_of(request), request.state, "withdraw")
    give_up(actor, request, at)
    let_go(actor, request, CallBack.End.ENDED, at)
    _moves.move_request(request, "withdraw", actor, at)
    record(events.WITHDRAWN, actor=actor, subject=ref, at=at)


@transaction.atomic
def decline_request(*, actor: Actor, ref: str, reason: str, at: dt.datetime) -> None:
    """End a request with one of its kind's reasons and tell the requester. Needs `training.coordinate` at the site."""
    request = _moves.locked_request(ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    if reason not in kinds.kind_of(request.kind).declines:
        raise Invalid(_("Please choose a reason."), "reason")
    states.after(_moves.ways_of(request), request.state, "decline")
    give_up(actor, request, at)
    let_go(actor, request, CallBack.End.ENDED, at)
    request.decline_reason = reason
    request.owner_id = actor.account_id
    _moves.move_request(request, "decline", actor, at)
    record(events.DECLINED, actor=actor, subject=ref, at=at, reason=reason)
    _mails.tell_declined(actor, request, at)


@transaction.atomic
def change_days(
    *, actor: Actor, ref: str, windows: tuple[Window, ...], closed_day_is_meant: bool, at: dt.datetime
) -> Request:
    """Wish other days. A plan nobody was told of is taken back; a confirmed session waits for somebody to decide.

    Who follows the site today may. The owner is told once a session stands in the way. Raises Invalid for the days,
    WrongState where nothing is left to change, also because a kind has no days.
    """
    request = _moves.locked_request(ref)
    policies.require_reach(actor, "training.follow", request, at)
    move = DAYS_MOVES.get(states.Request(request.state), "move")
    if move:
        states.after(_moves.ways_of(request), request.state, move)
    check_windows(actor, request, windows, at, closed_day_is_meant=closed_day_is_meant)
    keep_windows(request, windows)
    if move == "release":
        give_up(actor, request, at)
    if move:
        _moves.move_request(request, move, actor, at)
        _mails.tell_owner(actor, request, at, "training_days", f"days:{ref}:{at.isoformat()}", request.owner)
    record(events.DAYS_CHANGED, actor=actor, subject=ref, at=at, state=request.state)
    return request


# What wishing other days does to a request where it stands; elsewhere it would have to `move`, which ends refuse.
DAYS_MOVES = {
    states.Request.WAITING: "",
    states.Request.MOVING: "",
    states.Request.UNDERWAY: "",
    states.Request.PLANNED: "release",
}


def _set_requester(request: Request, actor: Actor, asked_for: Recipient | None, at: dt.datetime) -> None:
    """Whom the district answers: the account that asks, or an address that opens the page by its link."""
    if asked_for is None:
        if actor.account_id is None:
            raise NotAllowed("training.request")
        request.requested_by_id = actor.account_id
        return
    if actor.is_signed_in:
        policies.require_reach(actor, "training.coordinate", request, at)
    request.entered_by_id = actor.account_id
    request.contact_email, request.contact_language = asked_for.email.lower(), asked_for.language


def _twins(actor: Actor, site: Site, wish: Wish, at: dt.datetime) -> Callable[[], list[Request]]:
    return lambda: twins_of(actor=actor, site=site, kind=wish.kind, audience=wish.audience, at=at)
