"""What the district does with a request besides planning its session: taking it, handing it over, answering it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.accounts.selectors import account_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import CallBack, Request
from upstander.program.training.selectors.owners import coordinators, first_owner, leads_of, may_act, may_own
from upstander.program.training.selectors.queue import to_escalate
from upstander.program.training.services import _mails, _moves
from upstander.program.training.services._call_backs import let_go

LEAD = 1  # how far a request that waits too long has been told upward


@transaction.atomic
def hand_over(*, actor: Actor, ref: str, owner_ref: str, at: dt.datetime) -> None:
    """Put a request into somebody's hands, one's own too; whoever gets it from another is told by mail.

    Needs `training.coordinate` at the site, of both. Raises Invalid for somebody who cannot act on it, WrongState
    once the request has ended.
    """
    request = _coordinated(actor, ref, at)
    owner = account_by_ref(owner_ref)
    if owner is None or not may_own(actor=actor, account=owner, request=request, at=at):
        raise Invalid(_("This person does not coordinate the site today. Please choose somebody else."), "owner")
    if request.state not in states.ON_THEIR_WAY:
        raise WrongState(_("The request has ended; there is nothing to hand over."))
    let_go(actor, request, CallBack.End.TAKEN_OVER, at)
    request.owner = owner
    request.save(update_fields=["owner"])
    record(events.TAKEN, actor=actor, subject=ref, at=at, owner=owner.ref)
    if owner.pk != actor.account_id:
        _mails.tell_owner(actor, request, at, "training_yours", f"yours:{ref}:{at.isoformat()}", owner)


@transaction.atomic
def pass_on_request(*, actor: Actor, ref: str, at: dt.datetime) -> bool:
    """Put a request whose owner's post has ended, or that has none, into the next hands, and tell these by mail.

    The next are those of a new request of the site. Only the job does this. False when somebody may act on it after
    all, when it has ended, or when the district has nobody else.
    """
    request = _moves.locked_request(ref)
    before = request.owner
    if request.state not in states.ON_THEIR_WAY:
        return False
    if before is not None and may_act(actor=actor, account=before, request=request, at=at):
        return False
    owner = first_owner(actor=actor, site=request.site, on=policies.today(actor, at), kind=request.kind)
    if owner is None or owner == before:
        return False
    let_go(actor, request, CallBack.End.TAKEN_OVER, at)
    request.owner = owner
    request.save(update_fields=["owner"])
    record(events.PASSED_ON, actor=actor, subject=ref, at=at, owner=owner.ref, before=before.ref if before else "")
    kind = "training_passed_on" if before else "training_yours"
    _mails.tell_owner(actor, request, at, kind, f"passed_on:{ref}:{at.isoformat()}", owner)
    return True


@transaction.atomic
def start_request(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Begin to answer a request that ends with a step. It is the actor's from now on."""
    _step(actor, ref, "start", at)
    record(events.STARTED, actor=actor, subject=ref, at=at)


@transaction.atomic
def put_back(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Let a request that was begun wait again."""
    _step(actor, ref, "put_back", at)
    record(events.PUT_BACK, actor=actor, subject=ref, at=at)


@transaction.atomic
def send_part(*, actor: Actor, ref: str, sent: int, wanted: int, at: dt.datetime) -> None:
    """A part of what was asked for is on its way, `sent` of `wanted` by now; the rest stays open with a new day."""
    request = _step(actor, ref, "send_part", at)
    record(events.PART_SENT, actor=actor, subject=ref, at=at, sent=sent, wanted=wanted)
    _mails.tell_part(actor, request, sent, wanted, at)


@transaction.atomic
def finish_request(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """The call was made, the parcel sent, the event held: the request has ended and its requester is told."""
    request = _step(actor, ref, "finish", at)
    record(events.FINISHED, actor=actor, subject=ref, at=at)
    _mails.tell_finished(actor, request, at)


@transaction.atomic
def keep_session(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Keep a confirmed session although other days were asked for; the requester is told that it stays."""
    request = _step(actor, ref, "keep", at)
    record(events.KEPT, actor=actor, subject=ref, at=at)
    _mails.tell_kept(actor, request, at)


@transaction.atomic
def escalate_late(*, actor: Actor, at: dt.datetime) -> int:
    """Tell the regions' leads, then the coordinators, of requests on which nobody acted in time; gives how many.

    Each person gets one mail, however many requests it is about. Only the job does this; it may run twice: a request
    is told once for each level.
    """
    told: dict[Account, list[Request]] = {}
    on, count = policies.today(actor, at), 0
    for ref, level in to_escalate(actor=actor, at=at):
        request = _moves.locked_request(ref)
        if request.escalated >= level or request.due_on is None or request.due_on >= on:
            continue  # somebody acted meanwhile
        request.escalated = level
        request.save(update_fields=["escalated"])
        record(events.ESCALATED, actor=actor, subject=ref, at=at, level=level)
        for account in {each for each in (*_above(actor, request, level, on), request.owner) if each}:
            told.setdefault(account, []).append(request)
        count += 1
    _mails.tell_overdue(actor, told, at)
    return count


def _above(actor: Actor, request: Request, level: int, on: dt.date) -> list[Account]:
    found = leads_of(actor=actor, site=request.site, on=on) if level == LEAD else []
    return found or coordinators(actor=actor, on=on)


def _step(actor: Actor, ref: str, move: str, at: dt.datetime) -> Request:
    request = _coordinated(actor, ref, at)
    let_go(actor, request, CallBack.End.TAKEN_OVER, at)
    request.owner_id = actor.account_id
    _moves.move_request(request, move, actor, at)
    return request


def _coordinated(actor: Actor, ref: str, at: dt.datetime) -> Request:
    request = _moves.locked_request(ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    return request
