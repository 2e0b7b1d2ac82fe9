"""Consultations in the hands of the Cadre: taken, handed back, made. No word of what was talked about is kept."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.models import (
    CALL_MADE,
    HANDED_BACK,
    LEAST_CALL_MINUTES,
    MOST_CALL_MINUTES,
    CadreMember,
    CallBack,
    Request,
)
from upstander.program.training.selectors.cadre import own_membership
from upstander.program.training.selectors.call_backs import (
    is_within_reach,
    own_call_back,
    takers_of_cadre,
    weigh_request,
    with_calls,
)
from upstander.program.training.selectors.owners import first_owner
from upstander.program.training.services import _mails, _moves


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was made: how it ended (`CALL_MADE`), on which day, and how many minutes it took."""

    end: str
    on: dt.date
    minutes: int


@transaction.atomic
def take_call_back(*, actor: Actor, ref: str, at: dt.datetime) -> CallBack:
    """Take a consultation that is offered to the actor, a member of the Cadre: it is theirs from now on.

    The rules of a session hold: skill, credential, release, languages, days away, sites they are kept from, and the
    most a week, calls and sessions together. Raises NotFound for one of another region, WrongState with a kind
    sentence where a colleague was faster or it is not offered to them any more.
    """
    request = _locked(ref)
    own = own_membership(actor=actor)
    if not is_within_reach(actor=actor, member=own, request=request, at=at):
        raise NotFound(ref)
    if request.state == states.Request.UNDERWAY:
        raise WrongState(_("Somebody has taken this consultation already. Thank you for being there."))
    if not _is_free(_locked_member(own.pk), request, policies.today(actor, at), at):
        raise WrongState(_("This consultation is not offered to you any more. The list is up to date."))
    made = _into_hand(actor, request, own, at)
    record(events.CALL_TAKEN, actor=actor, subject=ref, at=at, member=own.ref)
    return made


@transaction.atomic
def give_call_back(*, actor: Actor, ref: str, member_ref: str, at: dt.datetime) -> CallBack:
    """Put a consultation that waits into the hands of a member of the Cadre, who is told by mail.

    The rules are those of taking it, but for the region. Needs `training.coordinate` at the site. Raises Invalid at
    `member` for somebody who cannot take it, WrongState where it does not wait any more.
    """
    request = _locked(ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    states.after(_moves.ways_of(request), request.state, "start")
    could = takers_of_cadre(actor=actor, request=request, at=at)
    member = next((each for each in could if each.ref == member_ref), None)
    if member is None or not _is_free(_locked_member(member.pk), request, policies.today(actor, at), at):
        raise Invalid(_("This person cannot take it now. Please choose another; the list is up to date."), "member")
    made = _into_hand(actor, request, member, at)
    record(events.CALL_TAKEN, actor=actor, subject=ref, at=at, member=member.ref)
    _mails.tell_owner(actor, request, at, "training_yours", f"yours:{ref}:{at.isoformat()}", request.owner)
    return made


@transaction.atomic
def hand_back_call(*, actor: Actor, ref: str, reason: str, at: dt.datetime) -> None:
    """Let a consultation wait again for somebody else, with one of the known reasons: the step of who has it in hand.

    The owner of a new request of the site has it again and is told. Raises Invalid at `reason`; NotFound for who does
    not have it.
    """
    request, call_back = _own(actor, ref)
    if reason not in HANDED_BACK:
        raise Invalid(_("Please choose a reason."), "reason")
    _end(call_back, reason, at)
    on = policies.today(actor, at)
    request.owner = first_owner(actor=actor, site=request.site, on=on, kind=request.kind)
    _moves.move_request(request, "put_back", actor, at)
    record(events.CALL_HANDED_BACK, actor=actor, subject=ref, at=at, reason=reason)
    _mails.tell_owner(actor, request, at, "training_yours", f"yours:{ref}:{at.isoformat()}", request.owner)


@transaction.atomic
def note_call(*, actor: Actor, ref: str, call: Call, at: dt.datetime) -> None:
    """Note that the call was made, and so end the request: the step of who has it in hand. Whoever asked is told.

    Raises Invalid at `end`, `on` (before it was taken, or still to come) or `minutes`; NotFound for who does not have
    it.
    """
    request, call_back = _own(actor, ref)
    _check(actor, call_back, call, at)
    call_back.on, call_back.minutes = call.on, call.minutes
    _end(call_back, call.end, at)
    _moves.move_request(request, "finish", actor, at)
    record(events.CALL_MADE, actor=actor, subject=ref, at=at, end=call.end, minutes=call.minutes)
    _mails.tell_finished(actor, request, at)


def _locked(ref: str) -> Request:
    request = _moves.locked_request(ref)
    if not kind_of(request.kind).is_taken_by_cadre:
        raise NotFound(ref)
    return request


def _locked_member(pk: int) -> CadreMember:
    """The member, locked: two consultations taken at once are counted one after the other. The request comes first."""
    return CadreMember.objects.select_for_update(no_key=True).get(pk=pk)


def _own(actor: Actor, ref: str) -> tuple[Request, CallBack]:
    request = _locked(ref)
    try:
        return request, own_call_back(actor=actor, ref=ref)
    except NotFound:
        if CallBack.objects.filter(request=request, member__person_id=actor.person_id or 0).exists():
            raise WrongState(_("This consultation is not in your hands any more.")) from None
        raise


def _is_free(member: CadreMember, request: Request, on: dt.date, at: dt.datetime) -> bool:
    (weighed,) = with_calls([member], on, at)
    return weigh_request(weighed, request, on).is_free


def _into_hand(actor: Actor, request: Request, member: CadreMember, at: dt.datetime) -> CallBack:
    request.owner = member.person.account
    _moves.move_request(request, "start", actor, at)
    return CallBack.objects.create(district_id=actor.district_id, request=request, member=member, taken_at=at)


def _end(call_back: CallBack, end: str, at: dt.datetime) -> None:
    call_back.ended_at, call_back.end = at, end
    call_back.save(update_fields=["ended_at", "end", "on", "minutes"])


def _check(actor: Actor, call_back: CallBack, call: Call, at: dt.datetime) -> None:
    if call.end not in CALL_MADE:
        raise Invalid(_("Please choose how it ended."), "end")
    if not policies.today(actor, call_back.taken_at) <= call.on <= policies.today(actor, at):
        raise Invalid(_("The call was made on a day since you took it, today at the latest."), "on")
    if not LEAST_CALL_MINUTES <= call.minutes <= MOST_CALL_MINUTES:
        least_and_most = {"least": LEAST_CALL_MINUTES, "most": MOST_CALL_MINUTES}
        raise Invalid(_("Please give a number from %(least)s to %(most)s.") % least_and_most, "minutes")
