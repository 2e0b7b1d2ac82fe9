"""A consultant's own work: what comes with the way there, swaps, hours by month."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import prefetch_related_objects

from upstander.engines.matching import Candidate, Span, weigh
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import said
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.models import CALL_MADE, Assignment, CadreMember, CallBack, Session, Swap
from upstander.program.training.selectors._guests import guests_now
from upstander.program.training.selectors.matching import as_members, companions_for, wanted_again

RECENT = dt.timedelta(days=30)
COMING = (states.Session.PLANNED, states.Session.CONFIRMED, states.Session.OPEN)


@dataclass(frozen=True, slots=True)
class Coming:
    """One session to come, and the colleague who was asked to take it and has not answered.

    `against` is why they could no longer take it, where something changed since they were asked.
    """

    assignment: Assignment
    asked: Swap | None
    against: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A colleague asks the reader to take a session; `against` is why they could not, where something changed since."""

    swap: Swap
    against: Candidate | None


@dataclass(frozen=True, slots=True)
class Held:
    """One session that was held, or one call that was made: its minutes, those on the way there and back, and as what.

    Of a call nobody keeps the hour.
    """

    on: dt.date
    starts: dt.time | None
    ends: dt.time | None
    site_name: str
    minutes: int
    travel_minutes: int
    role_word: str

    @property
    def is_call(self) -> bool:
        """Whether it is a call of a consultation."""
        return self.starts is None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of work."""

    first: dt.date
    held: list[Held]

    @property
    def minutes(self) -> int:
        """Minutes of sessions."""
        return sum(each.minutes for each in self.held if not each.is_call)

    @property
    def call_minutes(self) -> int:
        """Minutes of consultations."""
        return sum(each.minutes for each in self.held if each.is_call)

    @property
    def travel_minutes(self) -> int:
        """Minutes on the way."""
        return sum(each.travel_minutes for each in self.held)


def coming_work(*, actor: Actor, member: CadreMember, at: dt.datetime) -> list[Coming]:
    """A member's coming sessions with the way there and the open question to a colleague, soonest first."""
    policies.require_own_or_coordinated(actor, member, at)
    rows = Assignment.objects.filter(member=member, released_at__isnull=True, ends_at__gt=at)
    rows = rows.filter(session__state__in=COMING).select_related("session__site", "session__request")
    found = list(rows.order_by("starts_at", "id"))
    open_ = Swap.objects.filter(assignment__in=found, state=Swap.State.ASKED).select_related("colleague__person")
    asked = {swap.assignment_id: swap for swap in open_}
    against = _against([(swap, row) for row in found if (swap := asked.get(row.pk))])
    return [Coming(row, asked.get(row.pk), against.get(row.pk)) for row in found]


def asked_of_me(*, actor: Actor, at: dt.datetime) -> list[Asked]:
    """Sessions that colleagues ask the actor to take and that are still to come."""
    if actor.person_id is None:
        return []
    rows = Swap.objects.filter(colleague__person_id=actor.person_id, state=Swap.State.ASKED)
    rows = rows.filter(assignment__starts_at__gt=at, assignment__released_at__isnull=True)
    parts = ("assignment__session__site", "assignment__session__request", "assignment__member__person", "colleague")
    found = list(rows.select_related(*parts).order_by("asked_at"))
    against = _against([(swap, swap.assignment) for swap in found])
    return [Asked(swap, against.get(swap.assignment_id)) for swap in found]


def recent_swaps(*, actor: Actor, members: list[CadreMember], at: dt.datetime) -> list[Swap]:
    """Questions between consultants of the last 30 days, newest first, for who coordinates these members."""
    rows = Swap.objects.filter(
        district_id=actor.district_id, asked_at__gt=at - RECENT, assignment__member__in=[each.pk for each in members]
    )
    parts = ("assignment__session__site", "assignment__member__person", "colleague__person")
    return list(rows.select_related(*parts).order_by("-asked_at", "-id"))


def own_session(*, actor: Actor, ref: str) -> Session:
    """A coming session on whose team the actor is; else NotFound."""
    found = Session.objects.select_related("site", "request").filter(ref=ref, state__in=COMING).first()
    if found is None or policies.own_assignment(actor, found) is None:
        raise NotFound(ref)
    return found


def colleagues_for(*, actor: Actor, session: Session) -> list[tuple[CadreMember, Candidate]]:
    """Every colleague against the actor's part in a session: their deputy and who is free first, with the reason.

    Who is on its team already cannot take another part. Raises NotFound for who is not on it.
    """
    own = policies.own_assignment(actor, session)
    if own is None:
        raise NotFound(session.ref)
    found = companions_for(actor=actor, session=session, part=own.role)
    found.sort(key=lambda each: (not each[1].is_free, each[0].pk != own.member.deputy_id))
    return found


def hours_of(*, actor: Actor, member: CadreMember, at: dt.datetime) -> list[Month]:
    """What a member has held, by month, newest first. The member's own, or for who coordinates them."""
    policies.require_own_or_coordinated(actor, member, at)
    held = sorted([*_sessions_held(member), *_calls_made(member)], key=_when, reverse=True)
    months = groupby(held, key=lambda each: each.on.replace(day=1))
    return [Month(first, list(found)) for first, found in months]


def _against(asked: list[tuple[Swap, Assignment]]) -> dict[int, Candidate]:
    """By assignment why the colleague who was asked to take it is not free for it; in a fixed number of queries."""
    if not asked:
        return {}
    rows = [row for _swap, row in asked]
    prefetch_related_objects([row.session for row in rows], guests_now())
    span = Span(min(row.starts_at for row in rows), max(row.ends_at for row in rows))
    colleagues = list({swap.colleague_id: swap.colleague for swap, _row in asked}.values())
    first, sites = min(row.session.on for row in rows), {row.site_id for row in rows}
    weighed = {each.key: each for each in as_members(colleagues, span, first, sites)}
    found = {
        row.pk: weigh(weighed[swap.colleague_id], wanted_again(row.session, row.role, row.session.here))
        for swap, row in asked
    }
    return {pk: each for pk, each in found.items() if not each.is_free}


def _sessions_held(member: CadreMember) -> Iterator[Held]:
    rows = Assignment.objects.filter(
        member=member, released_at__isnull=True, session__state=states.Session.CLOSED
    ).select_related("session__site")
    for row in rows.order_by("-id"):
        session, minutes = row.session, round((row.ends_at - row.starts_at).total_seconds() / 60)
        when = session.on, session.starts, session.ends
        yield Held(*when, session.site.name, minutes, 2 * row.travel_minutes, row.get_role_display())


def _calls_made(member: CadreMember) -> Iterator[Held]:
    rows = CallBack.objects.filter(member=member, end__in=CALL_MADE).select_related("request__site")
    for row in rows.order_by("-id"):
        kind = said(kind_of(row.request.kind).title)
        assert row.on is not None, "the table keeps the day of a call that was made"
        assert row.minutes is not None, "and how long it was"
        yield Held(row.on, None, None, row.request.site.name, row.minutes, 0, kind)


def _when(held: Held) -> tuple[dt.date, dt.time]:
    return held.on, held.starts or dt.time()
