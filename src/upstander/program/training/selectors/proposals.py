"""The day a plan proposes to a site, for whoever holds the link of its mail."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core import signing
from django.db.models import QuerySet

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.models import Plan, PlanEntry, Request

_SALT = "plan-answer"
REOPENED_FROM = (states.Request.WAITING, states.Request.WITHDRAWN)  # where its site's own "no" leaves a request
_PART = "@"  # parts the session's ref, that of a guest's site, and which mail it was


def answer_token(session_ref: str, guest_ref: str = "", count: int = 1) -> str:
    """What the link of a mail carries, signed, so that nobody can guess it.

    Each guest of the session has a link of its own. `count` says the how manieth mail asks: only the last one's holds.
    """
    told = (
        [session_ref, guest_ref, str(count)] if count > 1 else [session_ref, guest_ref] if guest_ref else [session_ref]
    )
    return signing.dumps(_PART.join(told), salt=_SALT)


def token_of(entry: PlanEntry) -> str:
    """The link's part for the entry as it was asked last. Needs session and site."""
    if entry.session is None:
        return ""
    return answer_token(entry.session.ref, entry.site.ref if entry.host_id else "", entry.asked_count)


def proposal_by_token(*, actor: Actor, token: str, at: dt.datetime) -> PlanEntry:
    """The entry that a link is about, in the plan that holds. Any actor.

    Raises NotFound for a wrong link, one whose last day is over, and one in whose place a later mail brought another.
    """
    try:
        told = str(signing.loads(token, salt=_SALT)).split(_PART)
    except signing.BadSignature:
        raise NotFound("proposal") from None
    ref, guest, count = [*told, *["", "1"][len(told) - 1 :]]
    found = _proposed(actor).filter(session__ref=ref, asked_count=int(count), answer_by__gte=policies.today(actor, at))
    entry = (found.filter(site__ref=guest) if guest else found.filter(host__isnull=True)).first()
    if entry is None:
        raise NotFound("proposal")
    return entry


def proposal_of(*, actor: Actor, request: Request) -> PlanEntry:
    """The entry that is about a request the actor was given, in the plan that holds. Raises NotFound."""
    entry = _proposed(actor).filter(request=request, session__isnull=False, asked_count__gt=0).first()
    if entry is None:
        raise NotFound(request.ref)
    return entry


def may_reopen(*, actor: Actor, request: Request, at: dt.datetime) -> bool:
    """Whether the request, which the actor was given, lost a planned day because its site declined it by mistake."""
    if request.state not in REOPENED_FROM:
        return False
    entry = _proposed(actor).filter(request=request, answer=PlanEntry.Answer.DECLINED).first()
    return entry is not None and may_be_reopened(entry, at)


def may_be_reopened(entry: PlanEntry, at: dt.datetime) -> bool:
    """Whether the site of a read entry may still take back that it declined. Takes no query.

    Who comes as a guest, or has guests, asks the coordinator: others were told to look for another day.
    """
    is_alone = entry.host_id is None and all(guest.is_left_out for guest in entry.guests.all())
    is_to_come = entry.session is not None and entry.session.starts_at > at
    return entry.answer == PlanEntry.Answer.DECLINED and is_alone and is_to_come


def unanswered(*, actor: Actor, plan: Plan, at: dt.datetime) -> QuerySet[PlanEntry]:
    """The entries of a released plan whose sites were asked and have not answered, by the last day of their links.

    Needs `training.plan` in the whole district.
    """
    require(actor, "training.plan", Place(actor.district_id))
    found = _proposed(actor).filter(plan=plan, asked_count__gt=0, **open_at(at))
    return found.order_by("answer_by", "site__sort_key", "id")


def asked_among(*, actor: Actor, plan: Plan, refs: Collection[str]) -> list[PlanEntry]:
    """Of a released plan the entries with these refs, whether their sites have answered or not; in the order of
    `unanswered`. Needs `training.plan` in the whole district.
    """
    require(actor, "training.plan", Place(actor.district_id))
    return list(_proposed(actor).filter(plan=plan, ref__in=refs).order_by("answer_by", "site__sort_key", "id"))


def open_at(at: dt.datetime) -> dict[str, Any]:
    """What holds of an entry that can still be answered, as conditions."""
    return {"answer": "", "request__state": states.Request.PLANNED, "session__starts_at__gt": at}


def may_be_answered(entry: PlanEntry) -> bool:
    """Whether the site of a read entry has not answered its day yet, and the day still stands. Takes no query."""
    session = entry.session
    for_guests = [states.Session.CONFIRMED] if entry.host_id is not None else []  # the host may answer before them
    open_states = [states.Session.PLANNED, *for_guests]
    return session is not None and session.state in open_states and not entry.answer


def _proposed(actor: Actor) -> QuerySet[PlanEntry]:
    found = PlanEntry.objects.filter(district_id=actor.district_id, plan__state=states.Plan.RELEASED)
    found = found.select_related("site", "session", "request", "plan", "host__site")
    return found.prefetch_related("seats__member__person", "host__seats__member__person", "guests__site")
