"""What stands in the calendars that people subscribe to: times and places, never who comes."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from upstander.district.places.models import ClosedDay
from upstander.district.places.selectors import days_out, sites_for
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.models import CODE_LENGTH, Assignment, CadreMember, Feed, Request, Session, SessionGuest

BEFORE, AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)
TOLD = (states.Session.CONFIRMED, states.Session.OPEN, states.Session.CLOSED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One session of a calendar."""

    ref: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: ZoneInfo
    is_tentative: bool
    is_online: bool
    is_also_online: bool  # held in the room, and some listen from afar
    site_name: str
    room: str
    street: str
    city: str
    changed_at: dt.datetime
    meeting: str  # where it is joined from afar; never on a public page


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a secret address leads to. `site_name` is empty for a member's own."""

    site_name: str
    zone: ZoneInfo
    sessions: list[Shown]
    days_out: list[ClosedDay]


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """A site in reach, and the code of its calendar, if there is one."""

    site_ref: str
    name: str
    code: str


def calendar_of(*, actor: Actor, code: str, at: dt.datetime) -> Calendar:
    """The calendar behind a code: from two months ago on. Whoever knows the code may read it; else NotFound."""
    feed = Feed.objects.select_related("site").filter(district_id=actor.district_id, code=code).first()
    if feed is None or len(code) != CODE_LENGTH:
        raise NotFound("calendar")
    near = Q(ends_at__gt=at - BEFORE, starts_at__lt=at + AHEAD)
    if feed.site is None:
        mine = Assignment.objects.filter(member=feed.member_id, released_at__isnull=True).values("session_id")
        sessions = Session.objects.filter(near, pk__in=mine).exclude(state=states.Session.CANCELLED)
        return Calendar("", policies.zone_of(actor), _shown(sessions), [])
    visited = SessionGuest.objects.filter(site=feed.site, left_at__isnull=True, accepted_at__isnull=False)
    here = Q(site=feed.site) | Q(pk__in=visited.values("session_id"))
    sessions = Session.objects.filter(near, here, state__in=TOLD)
    today = policies.today(actor, at)
    days = days_out(actor=actor, first=today - BEFORE, until=today + AHEAD, site=feed.site)
    return Calendar(feed.site.name, policies.zone_of(actor), _shown(sessions), list(days))


def own_code(*, actor: Actor, member: CadreMember) -> str:
    """The code of the member's own calendar; nothing if there is none, or if it is not the actor's."""
    if not policies.is_own(actor, member):
        return ""
    return Feed.objects.filter(member=member).values_list("code", flat=True).first() or ""


def site_addresses(*, actor: Actor, at: dt.datetime) -> list[SiteAddress]:
    """The sites for which the actor may ask for sessions, with their calendars, by name."""
    on = policies.today(actor, at)
    sites = list(sites_for(actor=actor, on=on, capability="training.request"))
    codes = dict(Feed.objects.filter(site__in=sites).values_list("site_id", "code"))
    return [SiteAddress(site.ref, site.name, codes.get(site.pk, "")) for site in sites]


def _shown(sessions: QuerySet[Session]) -> list[Shown]:
    return [
        Shown(
            ref=row.ref,
            sequence=row.sequence,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            zone=ZoneInfo(row.zone),
            is_tentative=row.state == states.Session.PLANNED,
            is_online=row.mode == Request.Mode.ONLINE,
            is_also_online=row.mode == Request.Mode.HYBRID,
            site_name=row.site.name,
            room=row.room,
            street=row.site.street,
            city=row.site.city,
            changed_at=row.state_since,
            meeting=row.meeting,
        )
        for row in sessions.select_related("site").order_by("starts_at", "id")
    ]
