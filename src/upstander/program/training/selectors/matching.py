"""Who can hold a session: the Cadre as the matching engine wants it, in a fixed number of queries."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Q, QuerySet

from upstander.district.people.models import Post
from upstander.district.places.policies import held_on, known_by
from upstander.engines.matching import Base, Candidate, KeptFrom, Member, Point, Span, Wanted, candidates, weigh
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.models import (
    Assignment,
    Availability,
    AvailabilityException,
    BusyTime,
    CadreMember,
    Credential,
    HomeBase,
    KeptApart,
    PlanSeat,
    Release,
    Request,
    Session,
    SessionGuest,
    Skill,
)
from upstander.program.training.selectors._as_known import as_away, as_booked, as_days, as_skill, as_weekly, point_of
from upstander.program.training.selectors._calls import calls_of
from upstander.program.training.selectors._guests import guests_of
from upstander.program.training.selectors.ways import ways_around

EARLIEST_FIRST = F("starts_on").asc(nulls_first=True)  # of home bases, which can have held from the beginning
STEP = dt.timedelta(minutes=30)
AROUND = dt.timedelta(days=8)  # a week on each side: enough for the most sessions a week


@dataclass(frozen=True, slots=True)
class Start:
    """One start that fits into a wished window. `key` goes through the form."""

    key: str
    window_ref: str
    on: dt.date
    starts: dt.time
    ends: dt.time


def starts_for(*, actor: Actor, request: Request, at: dt.datetime) -> list[Start]:
    """Every half hour within the wished windows at which the session can still begin, in order."""
    zone = policies.zone_of(actor)
    windows = sorted(request.windows.all(), key=lambda window: (window.on, window.starts))
    return [
        Start(f"{window.ref}-{begin:%H%M}", window.ref, window.on, begin.time(), end.time())
        for window in windows
        for begin, end in _steps(window.on, window.starts, window.ends, request.minutes)
        if begin.replace(tzinfo=zone) > at
    ]


def candidates_for(*, actor: Actor, request: Request, start: Start) -> list[tuple[CadreMember, Candidate]]:
    """The whole Cadre against one start: free first, nearest first, each with the reason."""
    wanted = wanted_session(actor=actor, request=request, on=start.on, starts=start.starts)
    cadre = {member.pk: member for member in members_on(start.on).select_related("person", "deputy__person")}
    members = as_members(list(cadre.values()), wanted.span, wanted.on, [wanted.site])
    return [(cadre[found.member.key], found) for found in candidates(members, wanted)]


def companions_for(*, actor: Actor, session: Session, part: str) -> list[tuple[CadreMember, Candidate]]:
    """Who could come to a planned session beside its team, as a co-lead or a shadow, in the order of `candidates_for`.

    Needs the session's request and site; the actor was given the session.
    """
    there = session.assignments.filter(released_at__isnull=True, district_id=actor.district_id).values("member")
    rows = members_on(session.on).exclude(pk__in=there).select_related("person", "deputy__person")
    cadre = {member.pk: member for member in rows}
    wanted = wanted_again(session, part)
    found = candidates(as_members(list(cadre.values()), wanted.span, wanted.on, [wanted.site]), wanted)
    return [(cadre[each.member.key], each) for each in found]


def weigh_member(*, actor: Actor, member: CadreMember, wanted: Wanted) -> Candidate:
    """One member against one session, as the database stands now."""
    return weigh(as_members([member], wanted.span, wanted.on, [wanted.site])[0], wanted)


def wanted_session(*, actor: Actor, request: Request, on: dt.date, starts: dt.time) -> Wanted:
    """The session that a request would become at this start."""
    ends = (dt.datetime.combine(on, starts) + dt.timedelta(minutes=request.minutes)).time()
    span = policies.moments(policies.zone_of(actor), on, starts, ends)
    return _wanted(request, request.site, span, on, (starts, ends), request.mode)


def wanted_again(session: Session, part: str, guests: Iterable[SessionGuest] | None = None) -> Wanted:
    """One part (`Assignment.Role`) of a session that stands, as it would be looked for now. Needs request and site.

    `guests` are the session's, where the caller has read them already.
    """
    span, times = Span(session.starts_at, session.ends_at), (session.starts, session.ends)
    found = _wanted(session.request, session.site, span, session.on, times, session.mode)
    here = guests_of(session) if guests is None else guests
    return replace(found, part=part, guests=frozenset(guest.site_id for guest in here))


def members_on(on: dt.date) -> QuerySet[CadreMember]:
    """Who belongs to the Cadre on a day, by the posts of that day. Takes no actor: callers say what it is for."""
    posts = Post.objects.filter(held_on(on), role=Post.Role.CADRE_MEMBER)
    return CadreMember.objects.filter(person__in=posts.values("person_id")).order_by("id")


def members_between(
    first: dt.date, until: dt.date, and_of: Iterable[Assignment | PlanSeat] = ()
) -> QuerySet[CadreMember]:
    """Who belongs to the Cadre on any day from `first` to before `until`, and whoever holds one of these sessions.

    Takes no actor: callers say what it is for.
    """
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=first)
    posts = Post.objects.filter(known_by(None), lasting, role=Post.Role.CADRE_MEMBER, starts_on__lt=until)
    there = Q(person__in=posts.values("person_id")) | Q(pk__in={each.member_id for each in and_of})
    return CadreMember.objects.filter(there).order_by("id")


def posts_of(members: Iterable[CadreMember]) -> dict[int, list[Post]]:
    """When each belongs to the Cadre, by the member's id, the earliest post first. Takes no actor."""
    of_person = {member.person_id: member.pk for member in members}
    found: dict[int, list[Post]] = {pk: [] for pk in of_person.values()}
    rows = Post.objects.filter(known_by(None), role=Post.Role.CADRE_MEMBER, person__in=of_person)
    for row in rows.order_by("starts_on", "id"):
        found[of_person[row.person_id]].append(row)
    return found


def as_members(cadre: list[CadreMember], span: Span, on: dt.date, sites: Iterable[int] = ()) -> list[Member]:
    """Members as the engine weighs them for anything within `span`, `on` being its first day. `sites` (ids) are those
    they are weighed for, beside their own sessions'. Takes no actor.
    """
    ids = [member.pk for member in cadre]
    near = {"starts_at__lt": span.ends_at + AROUND, "ends_at__gt": span.starts_at - AROUND}
    bases = _grouped(HomeBase.objects.filter(known_by(None), member__in=ids).order_by(EARLIEST_FIRST))
    weekly = _grouped(Availability.objects.filter(member__in=ids))
    away = _grouped(AvailabilityException.objects.filter(member__in=ids, ends_on__gt=on))
    busy = _grouped(BusyTime.objects.filter(member__in=ids, **near))
    booked = _grouped(
        Assignment.objects.filter(member__in=ids, released_at__isnull=True, **near).select_related("session", "site")
    )
    skills = _grouped(Skill.objects.filter(known_by(None), member__in=ids))
    releases = _grouped(Release.objects.filter(known_by(None), member__in=ids))
    credentials = _grouped(Credential.objects.filter(known_by(None), member__in=ids))
    posts, calls = posts_of(cadre), calls_of(ids, on, max(on, span.ends_at.date()))
    apart = _grouped(KeptApart.objects.filter(known_by(None), member__in=ids))
    ways = ways_around(*_ends(bases, booked, sites))
    return [
        Member(
            key=member.pk,
            bases=[Base(row.since, Point(row.latitude, row.longitude)) for row in bases[member.pk]],
            languages=frozenset(member.languages),
            most_per_day=member.most_per_day,
            most_per_week=member.most_per_week,
            weekly=[as_weekly(row) for row in weekly.get(member.pk, [])],
            away=[as_away(row) for row in away.get(member.pk, [])],
            busy=[Span(row.starts_at, row.ends_at) for row in busy.get(member.pk, [])],
            booked=[as_booked(row) for row in booked.get(member.pk, [])],
            skills=[as_skill(row) for row in skills.get(member.pk, [])],
            releases=[as_days(row) for row in releases.get(member.pk, [])],
            credentials=[as_days(row) for row in credentials.get(member.pk, [])],
            kept_from=[KeptFrom(row.site_id, as_days(row)) for row in apart.get(member.pk, [])],
            in_post=[as_days(row) for row in posts[member.pk]],
            travel_limit_km=member.travel_limit_km,
            calls=calls.get(member.pk, []),
            ways=ways,
        )
        for member in cadre
    ]


def _ends(
    bases: dict[int, list[HomeBase]], booked: dict[int, list[Assignment]], sites: Iterable[int]
) -> tuple[set[int], set[Point]]:
    """Between what the ways matter: the sites of days with several sessions, those asked about with all that are
    booked around them, and every home base.
    """
    asked = set(sites)
    days = Counter((row.member_id, row.session.on) for rows in booked.values() for row in rows)
    met = {row.site_id for rows in booked.values() for row in rows if asked or days[row.member_id, row.session.on] > 1}
    return asked | met, {Point(row.latitude, row.longitude) for rows in bases.values() for row in rows}


def _wanted(request: Request, site: Any, span: Span, on: dt.date, times: tuple[dt.time, dt.time], mode: str) -> Wanted:
    return Wanted(
        span=span,
        on=on,
        starts=times[0],
        ends=times[1],
        site=site.pk,
        place=point_of(site),
        languages=frozenset(request.languages),
        online=mode == Request.Mode.ONLINE,
        offering=kind_of(request.kind).skill,
    )


def _steps(on: dt.date, starts: dt.time, ends: dt.time, minutes: int) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    begin, last = dt.datetime.combine(on, starts), dt.datetime.combine(on, ends)
    while begin + dt.timedelta(minutes=minutes) <= last:
        yield begin, begin + dt.timedelta(minutes=minutes)
        begin += STEP


def _grouped(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found
