"""Consultations: which a member of the Cadre is offered, which they have in hand, and who else could take one."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from upstander.district.accounts.models import Account
from upstander.district.places.models import SiteRegion
from upstander.district.places.policies import held_on
from upstander.engines.matching import Candidate, Member, Reason, Span, weigh_call
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import kind_of, shipped_kinds
from upstander.program.training.models import CALL_MADE, HANDED_BACK, CadreMember, CallBack, MemberRegion, Request
from upstander.program.training.selectors.cadre import membership_if_any
from upstander.program.training.selectors.matching import as_members, members_on

SAID_OF_THEM = (Reason.APART, Reason.FREE)  # that somebody is kept from a site is the coordinators' to know


@dataclass(frozen=True, slots=True)
class Offers:
    """The consultations a member may take now, the one due first in front; and why others are not offered to them."""

    free: list[Request]
    reasons: list[Reason]


def consultations_offered(*, actor: Actor, at: dt.datetime) -> Offers:
    """What the actor, a member of the Cadre, may take: of their own region, and from anywhere once it is overdue.

    What they handed back is not offered to them again, and nothing to who has a post but no place in the Cadre yet.
    The number of queries does not depend on how many wait.
    """
    member, on = membership_if_any(actor=actor), policies.today(actor, at)
    if member is None:
        return Offers([], [])
    found = list(
        _within_reach(member, on)
        .select_related("site")
        .prefetch_related("windows")
        .order_by("due_on", "requested_at", "id")
    )
    if not found:
        return Offers([], [])
    (weighed,) = with_calls([member], on, at)
    reasons = [weigh_request(weighed, request, on).reason for request in found]
    free = [request for request, reason in zip(found, reasons, strict=True) if reason is Reason.FREE]
    return Offers(free, sorted(set(reasons) - set(SAID_OF_THEM)))


def is_within_reach(*, actor: Actor, member: CadreMember, request: Request, at: dt.datetime) -> bool:
    """Whether the region of a consultation is the member's, or it is overdue, and they did not hand it back before."""
    reach = _within_reach(member, policies.today(actor, at), state="")
    return reach.filter(pk=request.pk, district_id=actor.district_id).exists()


def call_backs_in_hand(*, actor: Actor) -> QuerySet[CallBack]:
    """What the actor has taken and not made yet, the one due first in front."""
    rows = CallBack.objects.filter(member__person_id=actor.person_id or 0, ended_at__isnull=True)
    parts = ("request__site", "request__requested_by", "request__entered_by", "member__person")
    return rows.select_related(*parts).order_by("request__due_on", "id")


def own_call_back(*, actor: Actor, ref: str) -> CallBack:
    """The actor's hold on the consultation with this ref; NotFound where they do not have it in hand."""
    found = call_backs_in_hand(actor=actor).filter(request__ref=ref).first() if actor.person_id else None
    if found is None:
        raise NotFound(ref)
    return found


def call_backs_of(*, actor: Actor, request: Request) -> list[CallBack]:
    """Who has had a consultation that the actor was given, and how it ended with them, oldest first."""
    rows = CallBack.objects.filter(district_id=actor.district_id, request=request).select_related("member__person")
    return list(rows.order_by("taken_at", "id"))


def holder_of(*, actor: Actor, request: Request) -> Account | None:
    """The account of whoever of the Cadre has it in hand; None where nobody has, or they cannot sign in."""
    rows = CallBack.objects.filter(district_id=actor.district_id, request=request, ended_at__isnull=True)
    found = rows.select_related("member__person__account").first()
    return found.member.person.account if found else None


def holders_today(*, actor: Actor, on: dt.date) -> set[tuple[int, int]]:
    """Consultations in hand with the account of their member, for everyone who belongs to the Cadre on the day."""
    rows = CallBack.objects.filter(district_id=actor.district_id, ended_at__isnull=True, member__in=members_on(on))
    return set(rows.values_list("request_id", "member__person__account_id"))


def takers_of_cadre(*, actor: Actor, request: Request, at: dt.datetime) -> list[CadreMember]:
    """Who of the Cadre could take a consultation that waits, by name: those of its region before others.

    Takes what the actor was given. Nobody for other kinds, and nobody who handed it back.
    """
    if not kind_of(request.kind).is_taken_by_cadre or request.state != states.Request.WAITING:
        return []
    on = policies.today(actor, at)
    gave = CallBack.objects.filter(request=request, end__in=HANDED_BACK).values("member")
    rows = members_on(on).filter(district_id=actor.district_id, person__account__isnull=False).exclude(pk__in=gave)
    members = list(rows.select_related("person").order_by("person__sort_key", "id"))
    weighed = with_calls(members, on, at)
    free = [member for member, each in zip(members, weighed, strict=True) if weigh_request(each, request, on).is_free]
    near = set(_of_region(request, on).values_list("member_id", flat=True))
    return sorted(free, key=lambda member: member.pk not in near)


def with_calls(cadre: list[CadreMember], on: dt.date, at: dt.datetime) -> list[Member]:
    """Members as the engine weighs them for a call on a day. Takes no actor: callers have asked."""
    days: dict[int, list[dt.date]] = {}
    open_or_made = Q(ended_at__isnull=True) | Q(end__in=CALL_MADE, on__gte=on - dt.timedelta(days=7))
    for row in CallBack.objects.filter(open_or_made, member__in=cadre):
        days.setdefault(row.member_id, []).append(row.on or on)
    return [replace(each, calls=days.get(each.key, [])) for each in as_members(cadre, Span(at, at), on)]


def weigh_request(member: Member, request: Request, on: dt.date) -> Candidate:
    """One member against one consultation on a day. Takes no actor: callers have asked."""
    skill = kind_of(request.kind).skill
    return weigh_call(member, request.site_id, on, frozenset(request.languages), skill)


def _within_reach(member: CadreMember, on: dt.date, state: str = states.Request.WAITING) -> QuerySet[Request]:
    kinds = [kind.key for kind in shipped_kinds().values() if kind.is_taken_by_cadre]
    found = Request.objects.filter(kind__in=kinds).exclude(
        pk__in=CallBack.objects.filter(member=member, end__in=HANDED_BACK).values("request")
    )
    if state:
        found = found.filter(state=state)
    home = MemberRegion.objects.filter(held_on(on), member=member).values_list("region_id", flat=True).first()
    if home is None:  # who belongs to no region is asked for all
        return found
    elsewhere = SiteRegion.objects.filter(held_on(on)).exclude(region_id=home)
    return found.filter(Q(due_on__lt=on) | ~Q(site_id__in=elsewhere.values("site_id")))


def _of_region(request: Request, on: dt.date) -> QuerySet[MemberRegion]:
    placed = SiteRegion.objects.filter(held_on(on), site=request.site_id).values("region")
    return MemberRegion.objects.filter(held_on(on), region__in=placed)
