"""Reading sessions: the calendar of a coordinator, a consultant's own."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from upstander.district.places.models import SiteRegion
from upstander.district.places.policies import held_on
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.models import Assignment, AttendanceMark, Request, Session
from upstander.program.training.selectors._guests import guests_now
from upstander.program.training.selectors._presence import COUNTING, SETTLED
from upstander.program.training.selectors._teams import held_now

LIVE = (states.Session.PLANNED, states.Session.CONFIRMED, states.Session.OPEN)
HELD = (states.Session.CLOSED,)
JOINED_WITHIN = dt.timedelta(days=7)  # so long before it begins people have to know where an online session is joined


@dataclass(frozen=True, slots=True)
class OwnSessions:
    """A consultant's sessions: what comes (open ones first by time), and what was held, newest first."""

    coming: list[Session]
    held: list[Session]


def sessions_for(*, actor: Actor, at: dt.datetime, past: bool = False) -> QuerySet[Session]:
    """Sessions at the sites a coordinator reaches: from today on, or the held ones, newest first."""
    found = _reached(actor, policies.today(actor, at))
    if past:
        found = found.filter(state__in=HELD).order_by("-starts_at", "-id")
    else:
        found = found.filter(state__in=LIVE).order_by("starts_at", "id")
    return _with_teams(found)


def own_sessions(*, actor: Actor) -> OwnSessions:
    """The sessions assigned to the actor's own person, each with its `team` and the `own` part in it.

    None for an actor who is nobody of the staff.
    """
    if actor.person_id is None:
        return OwnSessions([], [])
    mine = Assignment.objects.filter(member__person_id=actor.person_id, released_at__isnull=True)
    sessions = _with_teams(Session.objects.filter(pk__in=mine.values("session_id")))
    found = OwnSessions(
        list(sessions.filter(state__in=LIVE).order_by("starts_at", "id")),
        list(sessions.filter(state__in=HELD).order_by("-starts_at", "-id")[:20]),
    )
    for session in (*found.coming, *found.held):
        session.own = next(each for each in session.team if each.member.person_id == actor.person_id)  # type: ignore[attr-defined]
    return found


def sessions_to_match(*, actor: Actor, at: dt.datetime) -> list[Session]:
    """Held sessions in a coordinator's reach in which a staff number still waits for its person."""
    counting = AttendanceMark.objects.filter(COUNTING)
    marks = counting.filter(person__isnull=True).exclude(how__in=SETTLED)
    settled = set(counting.filter(how__in=SETTLED).exclude(staff_number="").values_list("session_id", "staff_number"))
    waiting = {row[0] for row in marks.values_list("session_id", "staff_number") if row not in settled}
    found = _reached(actor, policies.today(actor, at)).filter(pk__in=waiting, state__in=HELD)
    return list(found.order_by("starts_at", "id"))


def without_meeting(*, actor: Actor, at: dt.datetime) -> list[Session]:
    """Confirmed sessions of the next days that people join from afar, and nobody has said where; the next one first.

    Those that the actor leads, and those at the sites they coordinate.
    """
    mine = Assignment.objects.filter(member__person_id=actor.person_id or 0, released_at__isnull=True)
    led = mine.exclude(role=Assignment.Role.SHADOW).values("session_id")
    reached = _reached(actor, policies.today(actor, at)).values("pk")
    near = Session.objects.filter(starts_at__gt=at, starts_at__lte=at + JOINED_WITHIN, state=states.Session.CONFIRMED)
    lacking = near.filter(meeting="").exclude(mode=Request.Mode.IN_PERSON)
    return list(lacking.filter(Q(pk__in=led) | Q(pk__in=reached)).select_related("site").order_by("starts_at", "id"))


def agreed_on(*, actor: Actor, days: Collection[tuple[int | None, dt.date]], at: dt.datetime) -> list[Session]:
    """Planned and confirmed sessions on any of these days of a site, its own or as a guest, or (None) of all sites."""
    agreed = (states.Session.PLANNED, states.Session.CONFIRMED)
    found = _reached(actor, policies.today(actor, at)).filter(state__in=agreed, on__in={on for _site, on in days})
    sessions = found.filter(starts_at__gt=at).prefetch_related(guests_now()).order_by("starts_at", "id")
    return [each for each in sessions if any((site, each.on) in days for site in (None, *_sites_of(each)))]


def _sites_of(session: Session) -> list[int]:
    return [session.site_id, *(guest.site_id for guest in session.here)]  # type: ignore[attr-defined]


def _reached(actor: Actor, on: dt.date) -> QuerySet[Session]:
    reach = scope(actor, "training.coordinate")
    sessions = Session.objects.select_related("site", "request")
    if reach.everywhere:
        return sessions
    placed = SiteRegion.objects.filter(held_on(on), region__in=reach.region_ids)
    return sessions.filter(site_id__in=reach.site_ids) | sessions.filter(site_id__in=placed.values("site_id"))


def _with_teams(sessions: QuerySet[Session]) -> QuerySet[Session]:
    teams = Prefetch("assignments", held_now().select_related("member__person"), to_attr="team")
    return sessions.select_related("site", "request").prefetch_related(teams, guests_now())
