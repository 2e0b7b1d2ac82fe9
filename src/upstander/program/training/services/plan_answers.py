"""A site's answer to the day that a plan proposes."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse
from upstander.program.training import events, policies, states
from upstander.program.training.models import Hosting, PlanEntry, PlanMove, Request, Session
from upstander.program.training.selectors._guests import guests_of, visit_of
from upstander.program.training.selectors.plans import plan_by_ref
from upstander.program.training.selectors.proposals import asked_among, proposal_by_token, proposal_of
from upstander.program.training.services import _guests, _moves, _plan_mails, _plan_rows, _session_mails
from upstander.program.training.services._endings import call_off
from upstander.program.training.services._rooms import Room, wrong_with

ANSWERED = _("This day was answered already, or is no longer proposed.")
OVER = _("This day is over. Please write to the coordinator for another one.")


@transaction.atomic
def answer_by_link(
    *, actor: Actor, token: str, is_accepted: bool, at: dt.datetime, room: Room | None = None
) -> PlanEntry:
    """Accept or decline with the link of the mail; whoever holds it answers for the site. Raises NotFound, WrongState.

    Accepted, the session is confirmed and everyone gets the calendar file. Declined, the consultant is free again and
    the next plan leaves this day out. Who accepts may name the room: raises Invalid with the fields of `Room`.
    """
    _plan_rows.await_release()
    return _answered(actor, proposal_by_token(actor=actor, token=token, at=at), is_accepted, room, at)


@transaction.atomic
def answer_followed(
    *, actor: Actor, request_ref: str, is_accepted: bool, at: dt.datetime, room: Room | None = None
) -> PlanEntry:
    """`answer_by_link` for who follows the site today (`training.follow`), from the page of its request."""
    _plan_rows.await_release()
    request = _moves.locked_request(request_ref)
    policies.require_reach(actor, "training.follow", request, at)
    return _answered(actor, proposal_of(actor=actor, request=request), is_accepted, room, at)


def _answered(actor: Actor, entry: PlanEntry, is_accepted: bool, room: Room | None, at: dt.datetime) -> PlanEntry:
    """What a site's own answer comes to, by whichever way it was given."""
    if room is not None and is_accepted and entry.host_id is None:
        _keep_room(entry, room, at)
    _answer(actor, entry, is_accepted=is_accepted, at=at)
    record(events.PLAN_ANSWERED, actor=actor, subject=entry.plan.ref, at=at, entry=entry.ref, answer=entry.answer)
    return entry


@transaction.atomic
def answer_for_site(*, actor: Actor, ref: str, is_accepted: bool, at: dt.datetime) -> PlanEntry:
    """Note what a site said by other ways. Needs `training.coordinate` at the site. Raises NotFound, WrongState."""
    _plan_rows.await_release()
    found = PlanEntry.objects.select_related("plan", "site", "session", "request").filter(session__isnull=False)
    entry = found.filter(ref=ref).first()
    if entry is None or entry.request is None:
        raise NotFound(ref)
    policies.require_reach(actor, "training.coordinate", entry.request, at)
    if entry.plan.state != states.Plan.RELEASED:  # the next plan may have taken the session over
        entry = found.filter(session=entry.session, site=entry.site, plan__state=states.Plan.RELEASED).first()
    if entry is None:
        raise WrongState(ANSWERED)
    return _answered(actor, entry, is_accepted, None, at)


@transaction.atomic
def answer_for_sites(*, actor: Actor, plan_ref: str, answers: Mapping[str, bool], at: dt.datetime) -> int:
    """Note what several sites of a released plan said by other ways, all of it or nothing; gives how many.

    `answers` says by an entry's ref whether its day was accepted. Needs `training.plan` in the whole district. Raises
    Invalid with a sentence for each entry that takes no answer, at its ref as the field, or where nothing was answered;
    NotFound for an entry of another plan.
    """
    if not answers:
        raise Invalid(_("Please choose an answer for at least one site."))
    _plan_rows.await_release()
    entries = asked_among(actor=actor, plan=plan_by_ref(actor=actor, ref=plan_ref), refs=answers)
    if {entry.ref for entry in entries} != answers.keys():
        raise NotFound(plan_ref)
    refused = []
    for entry in sorted(entries, key=lambda each: _turn(each, answers[each.ref])):
        try:
            _answered(actor, entry, answers[entry.ref], None, at)
        except WrongState as refusal:
            refused.append(Invalid(refusal.args[0], entry.ref))
    refuse(refused)
    return len(entries)


def _turn(entry: PlanEntry, is_accepted: bool) -> tuple[int, int]:
    """When an answer is taken among several: who leaves a group before its host is off, who comes after it has agreed;
    in an order that two people share."""
    if entry.host_id is None:
        return 1, entry.pk
    return (2 if is_accepted else 0), entry.pk


def _keep_room(entry: PlanEntry, room: Room, at: dt.datetime) -> None:
    request, session = _still_open(entry, at)
    heads = request.head_count + sum(guest.request.head_count for guest in guests_of(session))
    refuse(wrong_with(room, entry.mode, heads))
    entry.room = request.room = session.room = room.name
    entry.seat_count = request.seat_count = room.seat_count
    entry.save(update_fields=["room", "seat_count"])
    request.save(update_fields=["room", "seat_count"])
    session.save(update_fields=["room"])


def _answer(actor: Actor, entry: PlanEntry, *, is_accepted: bool, at: dt.datetime) -> None:
    if entry.host_id is None:
        _answer_of_host(actor, entry, is_accepted=is_accepted, at=at)
    else:
        _answer_of_guest(actor, entry, is_accepted=is_accepted, at=at)
    entry.answer = PlanEntry.Answer.ACCEPTED if is_accepted else PlanEntry.Answer.DECLINED
    entry.answered_at = at
    entry.save(update_fields=["answer", "answered_at"])
    step = PlanMove.Step.ACCEPTED if is_accepted else PlanMove.Step.DECLINED
    _plan_rows.note(entry.plan, step, actor, at, entry)


def _answer_of_host(actor: Actor, entry: PlanEntry, *, is_accepted: bool, at: dt.datetime) -> None:
    """The session is confirmed, with the guests that have agreed; or it is off, and all its guests are free again."""
    request, session = _still_open(entry, at)
    if is_accepted:
        session.sequence += 1
        _moves.move_request(request, "confirm", actor, at)
        _moves.move_session(session, "confirm", actor, at)
        _guests.confirm_accepted(actor, session, at)
        _session_mails.tell_confirmed(actor, request, session, at)
        return
    team = _plan_mails.people_of(session)
    call_off(actor, request, session, at)
    hosted = Hosting.objects.filter(host=entry.site, year=entry.plan.year_id)
    _guests.end_hostings(actor, hosted, Hosting.End.HOST_DECLINED, at)
    _moves.move_request(request, _guests.way_back(request), actor, at)
    _plan_mails.tell_declined(actor, entry, team, at)


def _answer_of_guest(actor: Actor, entry: PlanEntry, *, is_accepted: bool, at: dt.datetime) -> None:
    """The guest comes, or leaves the group and waits for another day; the session stays for the others."""
    request = _moves.locked_request(entry.request.ref if entry.request else "")
    guest = visit_of(request)
    if guest is None or guest.accepted_at or guest.session_id != entry.session_id:
        raise WrongState(ANSWERED)
    if guest.session.starts_at <= at:
        raise WrongState(OVER)
    guest.request = request
    if is_accepted:
        _guests.accept(actor, guest, at)
        return
    _guests.leave(actor, guest, Hosting.End.DECLINED, at)
    _moves.move_request(request, _guests.way_back(request), actor, at)


def _still_open(entry: PlanEntry, at: dt.datetime) -> tuple[Request, Session]:
    """Request and session of the proposal, locked, while it can still be answered."""
    request = _moves.locked_request(entry.request.ref if entry.request else "")
    session = _moves.live_session(request)
    if session is None or session.pk != entry.session_id or session.state != states.Session.PLANNED:
        raise WrongState(ANSWERED)
    if session.starts_at <= at:
        raise WrongState(OVER)
    return request, session
