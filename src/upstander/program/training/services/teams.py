"""Who else comes to a session beside its lead: co-leads, and shadows who listen and learn."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Assignment, CadreMember, Request, Session
from upstander.program.training.selectors.matching import members_on, wanted_again, weigh_member
from upstander.program.training.services import _mails, _moves
from upstander.program.training.services._assigning import assign

BESIDE_THE_LEAD = (Assignment.Role.CO_LEAD.value, Assignment.Role.SHADOW.value)


@transaction.atomic
def join_session(*, actor: Actor, session_ref: str, member_ref: str, role: str, at: dt.datetime) -> Assignment:
    """Have a member come to a planned or confirmed session as a co-lead or a shadow.

    The same rules hold for them as for the lead, with the skill of their part. Of a confirmed session everyone gets
    the calendar file anew. Needs `training.coordinate` at the site. Raises Invalid at `member` for who is not free,
    WrongState once the session has begun.
    """
    request, session = _locked(actor, session_ref, at)
    rows = CadreMember.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    member = rows.filter(ref=member_ref, pk__in=members_on(session.on).values("pk")).first()
    if member is None or role not in BESIDE_THE_LEAD:
        raise NotFound(member_ref)
    found = weigh_member(actor=actor, member=member, wanted=wanted_again(session, role))
    if not found.is_free:
        raise Invalid(_not_free(member), "member")
    try:
        made = assign(session, member, role, found)
    except IntegrityError:
        raise Invalid(_not_free(member), "member") from None
    record(events.JOINED, actor=actor, subject=request.ref, at=at, session=session.ref, member=member.ref, role=role)
    if _told_before(session):
        _mails.tell_joined(actor, request, session, at)
    return made


@transaction.atomic
def leave_session(*, actor: Actor, assignment_ref: str, at: dt.datetime) -> None:
    """Let a co-lead or shadow stay away; of a confirmed session everyone hears it.

    Needs `training.coordinate` at the site. The lead cannot leave: the session is taken back, or swapped. Raises
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
    record(events.LEFT, actor=actor, subject=request.ref, at=at, session=session.ref, member=found.member.ref)
    if _told_before(session):
        _mails.tell_left(actor, request, session, found.member.person, at)


def _locked(actor: Actor, session_ref: str, at: dt.datetime) -> tuple[Request, Session]:
    request, session = _moves.locked_request_of(session_ref), _moves.locked_session(session_ref)
    policies.require_reach(actor, "training.coordinate", request, at)
    if session.state not in (states.Session.PLANNED, states.Session.CONFIRMED) or session.starts_at <= at:
        raise WrongState(_("This session has begun, or no longer takes place."))
    return request, session


def _told_before(session: Session) -> bool:
    """Whether people know of the session; then its calendar file counts one further."""
    if session.state != states.Session.CONFIRMED:
        return False
    session.sequence += 1
    session.save(update_fields=["sequence"])
    return True


def _not_free(member: CadreMember) -> object:
    return _("%(name)s is not free for this session. Please choose someone else.") % {"name": member.person.full_name}
