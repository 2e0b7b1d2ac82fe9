"""A consultant asks a colleague to take a session; the colleague takes it, and the plan's rules hold."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.engines.matching import Candidate
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import CadreMember, Request, Session, Swap
from upstander.program.training.selectors.matching import members_on, wanted_again, weigh_member
from upstander.program.training.services import _moves, _plan_rows, _session_mails
from upstander.program.training.services._assigning import assign
from upstander.program.training.services._plan_seats import reseat

OPEN = (states.Session.PLANNED, states.Session.CONFIRMED)


@transaction.atomic
def ask_swap(*, actor: Actor, session_ref: str, colleague_ref: str, at: dt.datetime) -> Swap:
    """Ask a colleague to take one's own part in a session; they get a mail. A step of whoever is on its team.

    Raises Invalid at `colleague` when they are not free for it, WrongState when somebody is asked already or the
    session has begun.
    """
    session = _moves.locked_session(session_ref)
    assignment = policies.own_assignment(actor, session)
    if assignment is None:
        raise NotFound(session_ref)
    _require_open(session, at)
    colleague = members_on(session.on).select_related("person__account").filter(ref=colleague_ref).first()
    if colleague is None or colleague.pk == assignment.member_id:
        raise NotFound(colleague_ref)
    _require_free(actor, colleague, session, assignment.role)
    if Swap.objects.filter(assignment=assignment, state=Swap.State.ASKED).exists():
        raise WrongState(_("A colleague is asked already. Withdraw that question first."))
    swap = Swap.objects.create(district_id=actor.district_id, assignment=assignment, colleague=colleague, asked_at=at)
    told = {"session": session.ref, "colleague": colleague.ref}
    record(events.SWAP_ASKED, actor=actor, subject=swap.ref, at=at, **told)
    _session_mails.tell_swap(actor, "training_swap_asked", swap, session, to=colleague.person, at=at)
    return swap


@transaction.atomic
def take_swap(*, actor: Actor, ref: str, at: dt.datetime) -> Session:
    """Take the colleague's session: the asked consultant's own step. Everyone who was told of it hears the change.

    All rules of planning are asked again; raises WrongState when they no longer let the asked one take it.
    """
    request, session, swap = _locked(ref)
    if not policies.is_own(actor, swap.colleague):
        raise NotFound(ref)
    _require_asked(swap)
    _require_open(session, at)
    old, colleague = swap.assignment, swap.colleague
    if old.released_at is not None:
        raise WrongState(_("This session was planned anew in the meantime. Nobody needs to take it."))
    found = _require_free(actor, colleague, session, old.role)
    old.released_at = at
    old.save(update_fields=["released_at"])
    try:
        assign(session, colleague, old.role, found)
    except IntegrityError:
        raise WrongState(_("You are no longer free at this time.")) from None
    reseat(session, old.member, colleague)
    _settle(swap, Swap.State.TAKEN, at)
    told = {"session": session.ref, "member": old.member.ref, "colleague": colleague.ref}
    record(events.SWAP_TAKEN, actor=actor, subject=swap.ref, at=at, **told)
    if session.state == states.Session.CONFIRMED:
        session.sequence += 1
        session.save(update_fields=["sequence"])
        _session_mails.tell_taken_over(actor, request, session, old.member.person, at)
    return session


@transaction.atomic
def decline_swap(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Decline to take the session: the asked consultant's own step. Who asked gets a mail."""
    _request, session, swap = _locked(ref)
    if not policies.is_own(actor, swap.colleague):
        raise NotFound(ref)
    _require_asked(swap)
    _settle(swap, Swap.State.DECLINED, at)
    record(events.SWAP_DECLINED, actor=actor, subject=swap.ref, at=at, session=session.ref)
    _session_mails.tell_swap(actor, "training_swap_declined", swap, session, to=swap.assignment.member.person, at=at)


@transaction.atomic
def withdraw_swap(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Withdraw the question: the step of who asked."""
    _request, session, swap = _locked(ref)
    if not policies.is_own(actor, swap.assignment.member):
        raise NotFound(ref)
    _require_asked(swap)
    _settle(swap, Swap.State.WITHDRAWN, at)
    record(events.SWAP_WITHDRAWN, actor=actor, subject=swap.ref, at=at, session=session.ref)


def _locked(ref: str) -> tuple[Request, Session, Swap]:
    """Request, session and question, locked in the order in which all services lock them; then both consultants."""
    session_ref = Swap.objects.filter(ref=ref).values_list("assignment__session__ref", flat=True).first()
    if session_ref is None:
        raise NotFound(ref)
    _plan_rows.await_release()
    request, session = _moves.locked_request_of(session_ref), _moves.locked_session(session_ref)
    rows = Swap.objects.select_for_update(of=("self",))
    swap = rows.select_related("colleague__person__account", "assignment__member__person__account").get(ref=ref)
    both = sorted([swap.colleague_id, swap.assignment.member_id])
    list(CadreMember.objects.select_for_update(no_key=True).filter(pk__in=both).order_by("pk"))
    return request, session, swap


def _require_asked(swap: Swap) -> None:
    if swap.state != Swap.State.ASKED:
        raise WrongState(_("This question was answered already."))


def _require_open(session: Session, at: dt.datetime) -> None:
    if session.state not in OPEN or session.starts_at <= at:
        raise WrongState(_("This session has begun, or no longer takes place."))


def _require_free(actor: Actor, colleague: CadreMember, session: Session, role: str) -> Candidate:
    found = weigh_member(actor=actor, member=colleague, wanted=wanted_again(session, role))
    if not found.is_free:
        name = {"name": colleague.person.full_name}
        raise Invalid(_("%(name)s is not free for this session. Please choose someone else.") % name, "colleague")
    return found


def _settle(swap: Swap, state: str, at: dt.datetime) -> None:
    swap.state, swap.settled_at = state, at
    swap.save(update_fields=["state", "settled_at"])
