"""A site's answer to the day that a plan proposes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState, refuse
from upstander.program.training import events, policies, states
from upstander.program.training.models import PlanEntry, PlanMove, Request, Session
from upstander.program.training.selectors.proposals import proposal_by_token
from upstander.program.training.services import _mails, _moves, _plan_mails, _plan_rows
from upstander.program.training.services._endings import call_off
from upstander.program.training.services._rooms import Room, wrong_with


@transaction.atomic
def answer_by_link(
    *, actor: Actor, token: str, is_accepted: bool, at: dt.datetime, room: Room | None = None
) -> PlanEntry:
    """Accept or decline with the link of the mail; whoever holds it answers for the site. Raises NotFound, WrongState.

    Accepted, the session is confirmed and everyone gets the calendar file. Declined, the consultant is free again and
    the next plan leaves this day out. Who accepts may name the room: raises Invalid with the fields of `Room`.
    """
    entry = proposal_by_token(actor=actor, token=token)
    if room is not None and is_accepted:
        _keep_room(entry, room, at)
    _answer(actor, entry, is_accepted=is_accepted, at=at)
    record(events.PLAN_ANSWERED, actor=actor, subject=entry.plan.ref, at=at, entry=entry.ref, answer=entry.answer)
    return entry


@transaction.atomic
def answer_for_site(*, actor: Actor, ref: str, is_accepted: bool, at: dt.datetime) -> PlanEntry:
    """Note what a site said by other ways. Needs `training.coordinate` at the site. Raises NotFound, WrongState."""
    found = PlanEntry.objects.select_related("plan", "site", "session", "request").filter(
        ref=ref, session__isnull=False
    )
    entry = found.first()
    if entry is None or entry.request is None:
        raise NotFound(ref)
    policies.require_reach(actor, "training.coordinate", entry.request, at)
    _answer(actor, entry, is_accepted=is_accepted, at=at)
    record(events.PLAN_ANSWERED, actor=actor, subject=entry.plan.ref, at=at, entry=ref, answer=entry.answer)
    return entry


def _keep_room(entry: PlanEntry, room: Room, at: dt.datetime) -> None:
    request, session = _still_open(entry, at)
    refuse(wrong_with(room, entry.mode, request.head_count))
    entry.room = request.room = session.room = room.name
    entry.seat_count = request.seat_count = room.seat_count
    entry.save(update_fields=["room", "seat_count"])
    request.save(update_fields=["room", "seat_count"])
    session.save(update_fields=["room"])


def _answer(actor: Actor, entry: PlanEntry, *, is_accepted: bool, at: dt.datetime) -> None:
    request, session = _still_open(entry, at)
    if is_accepted:
        session.sequence += 1
        _moves.move_request(request, "confirm", actor, at)
        _moves.move_session(session, "confirm", actor, at)
        _mails.tell_confirmed(actor, request, session, at)
    else:
        team = _plan_mails.people_of(session)
        call_off(actor, request, session, at)
        _moves.move_request(request, "release" if request.windows.exists() else "withdraw", actor, at)
        _plan_mails.tell_declined(actor, entry, team, at)
    entry.answer = PlanEntry.Answer.ACCEPTED if is_accepted else PlanEntry.Answer.DECLINED
    entry.answered_at = at
    entry.save(update_fields=["answer", "answered_at"])
    step = PlanMove.Step.ACCEPTED if is_accepted else PlanMove.Step.DECLINED
    _plan_rows.note(entry.plan, step, actor, at, entry)


def _still_open(entry: PlanEntry, at: dt.datetime) -> tuple[Request, Session]:
    """Request and session of the proposal, locked, while it can still be answered."""
    request = _moves.locked_request(entry.request.ref if entry.request else "")
    session = _moves.live_session(request)
    if session is None or session.pk != entry.session_id or session.state != states.Session.PLANNED:
        raise WrongState(_("This day was answered already, or is no longer proposed."))
    if session.starts_at <= at:
        raise WrongState(_("This day is over. Please write to the coordinator for another one."))
    return request, session
