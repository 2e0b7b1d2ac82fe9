"""A site takes back that it declined the day of a plan, while nobody has planned anew."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.training import events, policies, states
from upstander.program.training.models import Assignment, CadreMember, Plan, PlanEntry, PlanMove, Request, Session
from upstander.program.training.selectors.matching import members_on, wanted_again, weigh_member
from upstander.program.training.selectors.proposals import (
    REOPENED_FROM,
    may_be_reopened,
    proposal_by_token,
    proposal_of,
)
from upstander.program.training.services import _moves, _plan_asking, _plan_mails, _plan_rows
from upstander.program.training.services._plan_sessions import ask_anew, hold_all

GONE = _("This can no longer be taken back: the day was planned anew. Please ask your coordinator.")
TAKEN = _("The consultant is no longer free at this time. Another day is looked for.")


@transaction.atomic
def reopen_by_link(*, actor: Actor, token: str, at: dt.datetime) -> PlanEntry:
    """Take the decline back with the link of the mail: the day stands and waits for an answer again.

    The session is planned anew as it was, its consultants are told, and the site gets a mail with a new link. Raises
    NotFound for a link that is over, WrongState once somebody planned the site or the consultant elsewhere.
    """
    entry = _reopen(actor, proposal_by_token(actor=actor, token=token, at=at), at)
    record(events.PLAN_REOPENED, actor=actor, subject=entry.plan.ref, at=at, entry=entry.ref)
    return entry


@transaction.atomic
def reopen_followed(*, actor: Actor, request_ref: str, at: dt.datetime) -> PlanEntry:
    """`reopen_by_link` for who follows the site today (`training.follow`), from the page of its request."""
    request = Request.objects.select_related("site").filter(ref=request_ref).first()
    if request is None:
        raise NotFound(request_ref)
    policies.require_reach(actor, "training.follow", request, at)
    entry = _reopen(actor, proposal_of(actor=actor, request=request), at)
    record(events.PLAN_REOPENED, actor=actor, subject=entry.plan.ref, at=at, entry=entry.ref)
    return entry


def _reopen(actor: Actor, entry: PlanEntry, at: dt.datetime) -> PlanEntry:
    before, request = _declined(actor, entry, at)
    ask_anew(actor, entry, request, at)
    hold_all(actor, [entry], policies.zone_of(actor), at)
    if entry.session is None:
        raise NotFound(entry.ref)
    _assign_again(actor, before, entry.session)
    entry.answer, entry.answered_at = "", None
    principals = _plan_mails.principals(actor, [entry], policies.today(actor, at))
    asked = _plan_asking.ask(actor, entry.plan, [entry], principals, at)
    entry.save(update_fields=["session", "request", "answer", "answered_at", *_plan_asking.ASKED])
    _plan_rows.note(entry.plan, PlanMove.Step.REOPENED, actor, at, entry)
    if asked:
        _plan_mails.tell_sites(actor, entry.plan, asked, {}, principals, at, again="asked")
    _plan_mails.tell_reopened(actor, entry, at)
    return entry


def _declined(actor: Actor, entry: PlanEntry, at: dt.datetime) -> tuple[Session, Request]:
    """The session that was called off and its request, locked; of two who take it back the second finds it done.

    The plan is locked before them, as a release does it: of the two the second sees what the first has done.
    """
    plan = Plan.objects.select_for_update(of=("self",)).filter(pk=entry.plan_id, state=states.Plan.RELEASED).first()
    if plan is None:
        raise WrongState(GONE)
    request = _moves.locked_request(entry.request.ref if entry.request else "")
    session = Session.objects.select_for_update(of=("self",)).filter(pk=entry.session_id or 0).first()
    standing = PlanEntry.objects.filter(pk=entry.pk).values_list("session_id", "answer").first()
    if session is None or standing != (session.pk, PlanEntry.Answer.DECLINED) or not may_be_reopened(entry, at):
        raise WrongState(GONE)
    if request.state not in REOPENED_FROM or policies.closed_on(actor, request.site, {session.on}):
        raise WrongState(GONE)
    others = Request.objects.filter(site=entry.site, kind=request.kind, state__in=states.ON_THEIR_WAY)
    if entry.part:
        others = others.filter(audience=request.audience)
    if others.exclude(pk=request.pk).exists() or _moves.live_session(request) is not None:
        raise WrongState(GONE)
    return session, request


def _assign_again(actor: Actor, before: Session, session: Session) -> None:
    """Give the new session the team of the one that was called off, with the ways that were planned.

    Each has to be free for it as anybody who is sent to a session: they may be away since, or kept from this site.
    """
    team = list(Assignment.objects.filter(session=before, released_at=before.state_since))
    rows = CadreMember.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    here = members_on(session.on).filter(pk__in=[each.member_id for each in team])
    there = {member.pk: member for member in rows.filter(pk__in=here.values("pk"))}
    wanted = {each.member_id: wanted_again(session, each.role) for each in team}
    free = [pk for pk, member in there.items() if weigh_member(actor=actor, member=member, wanted=wanted[pk]).is_free]
    if len(free) != len(team) or not team:
        raise WrongState(TAKEN)
    try:
        with transaction.atomic():
            for each in team:
                Assignment.objects.create(
                    session=session,
                    released_at=None,
                    **{name: getattr(each, name) for name in KEPT},
                )
    except IntegrityError:
        raise WrongState(TAKEN) from None


KEPT = (
    "district_id",
    "member_id",
    "role",
    "site_id",
    "starts_at",
    "ends_at",
    "travel_minutes",
    "leaves_at",
    "returns_at",
)
