"""Who comes to a session: another lead in place of one who cannot, co-leads, and shadows who listen and learn."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Assignment, CadreMember, Request, Session
from upstander.program.training.selectors.matching import members_on, wanted_again, weigh_member
from upstander.program.training.services import _moves, _plan_mails, _plan_rows, _session_mails
from upstander.program.training.services._assigning import assign
from upstander.program.training.services._plan_seats import reseat, seat_beside, unseat

LEAD = Assignment.Role.LEAD.value
BESIDE_THE_LEAD = (Assignment.Role.CO_LEAD.value, Assignment.Role.SHADOW.value)


@transaction.atomic
def join_session(*, actor: Actor, session_ref: str, member_ref: str, role: str, at: dt.datetime) -> Assignment:
    """Have a member come to a planned or confirmed session as a co-lead or a shadow.

    The same rules hold for them as for the lead, with the skill of their part. Of a confirmed session everyone gets
    the calendar file anew. Needs `training.coordinate` at the site. Raises Invalid at `member` for who is not free,
    WrongState once the session has begun.
    """
    request, session = _locked(actor, session_ref, at)
    if role not in BESIDE_THE_LEAD:
        raise NotFound(role)
    member = _locked_member(session, member_ref)
    made = _assigned(actor, session, member, role)
    seat_beside(session, member, role)
    record(events.JOINED, actor=actor, subject=request.ref, at=at, session=session.ref, member=member.ref, role=role)
    if _told_before(session):
        _session_mails.tell_joined(actor, request, session, at)
    return made


@transaction.atomic
def replace_lead(*, actor: Actor, session_ref: str, member_ref: str, at: dt.datetime) -> Assignment:
    """Send another member of the Cadre as the lead of a planned or confirmed session, until it begins.

    All rules of planning hold for who comes. Both hear of it, and of a confirmed session everyone gets the calendar
    file anew. Needs `training.coordinate` at the site. Raises Invalid at `member` for who is not free, WrongState once
    the session has begun.
    """
    request, session = _locked(actor, session_ref, at)
    member = _locked_member(session, member_ref)
    old = (
        session.assignments.filter(released_at__isnull=True, role=LEAD)
        .select_related("member__person__account")
        .first()
    )
    if old is None:
        raise WrongState(_("This consultant is not planned for it any more."))
    if old.member_id == member.pk:
        raise Invalid(_("%(name)s holds it already.") % {"name": member.person.full_name}, "member")
    old.released_at = at
    old.save(update_fields=["released_at"])
    made = _assigned(actor, session, member, LEAD)
    told = {"session": session.ref, "member": member.ref, "before": old.member.ref}
    record(events.LEAD_REPLACED, actor=actor, subject=request.ref, at=at, **told)
    was_proposed = reseat(session, old.member, member)
    if _told_before(session):
        _session_mails.tell_taken_over(actor, request, session, old.member.person, at)
    elif was_proposed:
        _plan_mails.tell_replaced(actor, session, old, made, at)
    return made


@transaction.atomic
def leave_session(*, actor: Actor, assignment_ref: str, at: dt.datetime) -> None:
    """Let a co-lead or shadow stay away; of a confirmed session everyone hears it.

    Needs `training.coordinate` at the site. The lead cannot leave: somebody else is sent, or it is taken back. Raises
    NotFound, WrongState.
    """
    session_ref = Assignment.objects.filter(ref=assignment_ref).values_list("session__ref", flat=True).first()
    if session_ref is None:
        raise NotFound(assignment_ref)
    request, session = _locked(actor, session_ref, at)
    there = Assignment.objects.filter(ref=assignment_ref, released_at__isnull=True, role__in=BESIDE_THE_LEAD)
    found = there.select_related("member__person__account").first()
    if found is None:
        raise WrongState(_("This consultant is not planned for it any more."))
    found.released_at = at
    found.save(update_fields=["released_at"])
    unseat(session, found.member)
    record(events.LEFT, actor=actor, subject=request.ref, at=at, session=session.ref, member=found.member.ref)
    if _told_before(session):
        _session_mails.tell_left(actor, request, session, found.member.person, at)


def _locked(actor: Actor, session_ref: str, at: dt.datetime) -> tuple[Request, Session]:
    _plan_rows.await_release()
    request, session = _moves.locked_request_of(session_ref), _moves.locked_session(session_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    if session.state not in (states.Session.PLANNED, states.Session.CONFIRMED) or session.starts_at <= at:
        raise WrongState(_("This session has begun, or no longer takes place."))
    return request, session


def _locked_member(session: Session, ref: str) -> CadreMember:
    """Who belongs to the Cadre on the session's day, locked: of two sessions at one hour the second sees the first."""
    rows = CadreMember.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    member = rows.filter(ref=ref, pk__in=members_on(session.on).values("pk")).first()
    if member is None:
        raise NotFound(ref)
    return member


def _assigned(actor: Actor, session: Session, member: CadreMember, role: str) -> Assignment:
    found = weigh_member(actor=actor, member=member, wanted=wanted_again(session, role))
    if not found.is_free:
        raise Invalid(_not_free(member), "member")
    try:
        return assign(session, member, role, found)
    except IntegrityError:
        raise Invalid(_not_free(member), "member") from None


def _told_before(session: Session) -> bool:
    """Whether people know of the session; then its calendar file counts one further."""
    if session.state != states.Session.CONFIRMED:
        return False
    session.sequence += 1
    session.save(update_fields=["sequence"])
    return True


def _not_free(member: CadreMember) -> object:
    return _("%(name)s is not free for this session. Please choose someone else.") % {"name": member.person.full_name}
