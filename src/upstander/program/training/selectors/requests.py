"""Reading requests: those of the sites one follows or coordinates, and a visitor's own by its link."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from upstander.district.places.models import Site, SiteRegion
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.access import Scope, lend, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.content import kinds
from upstander.program.training.content.kinds import Kind
from upstander.program.training.models import Assignment, Request, RequestMove, Session, SessionGuest, UnprovenRequest
from upstander.program.training.selectors._guests import guests_now
from upstander.program.training.selectors._teams import held_now


@dataclass(frozen=True, slots=True)
class Unproven:
    """What a visitor reads before the last tap."""

    kind: Kind
    site: Site
    expires_at: dt.datetime


def askable_sites(*, actor: Actor, at: dt.datetime) -> QuerySet[Site]:
    """The sites for which the actor may request a training today."""
    return sites_for(actor=actor, on=policies.today(actor, at), capability="training.request")


def sites_open_to_all(*, actor: Actor, at: dt.datetime) -> QuerySet[Site]:
    """The sites a visitor may ask for: every active one; which schools there are is no secret."""
    return askable_sites(actor=lend(actor, "training.request"), at=at)


def requests_followed(*, actor: Actor, at: dt.datetime) -> QuerySet[Request]:
    """What was asked for the sites the actor follows today, newest first. Whose post has ended follows nothing."""
    reach = scope(actor, "training.follow")
    return (
        _with_sessions(Request.objects.filter(in_reach(actor=actor, reach=reach, on=policies.today(actor, at))))
        .select_related("site", "owner")
        .order_by("-requested_at", "-id")
    )


def requests_on_their_way(*, actor: Actor, at: dt.datetime) -> QuerySet[Request]:
    """What the actor follows and has not been held yet, newest first."""
    return requests_followed(actor=actor, at=at).filter(state__in=states.ON_THEIR_WAY)


def request_followed(*, actor: Actor, ref: str, at: dt.datetime) -> Request:
    """One request for who follows its site. Raises NotFound, also for what is out of reach."""
    return _one(requests_followed(actor=actor, at=at), ref)


def request_coordinated(*, actor: Actor, ref: str, at: dt.datetime) -> Request:
    """One request for a coordinator of its site. Raises NotFound, also for what is out of reach."""
    reach = scope(actor, "training.coordinate")
    found = Request.objects.filter(in_reach(actor=actor, reach=reach, on=policies.today(actor, at)))
    return _one(_with_sessions(found).select_related("site", "requested_by", "entered_by", "owner"), ref)


def request_by_key(*, actor: Actor, ref: str, key: str) -> Request:
    """One request for whoever holds its key. Raises NotFound for a wrong key as for a wrong ref."""
    policies.require_key(ref, key)
    return _one(
        _with_sessions(Request.objects.filter(district_id=actor.district_id)).select_related("site", "owner"), ref
    )


def unproven_by_key(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> Unproven:
    """What waits for a link to be confirmed. Raises NotFound once the link was used or ran out."""
    policies.require_key(ref, key)
    found = UnprovenRequest.objects.filter(district_id=actor.district_id, ref=ref, expires_at__gt=at).first()
    site = Site.objects.filter(district_id=actor.district_id, ref=found.wish["site_ref"]).first() if found else None
    if found is None or site is None:
        raise NotFound(ref)
    return Unproven(kinds.kind_of(found.wish["kind"]), site, found.expires_at)


def moves_of(*, actor: Actor, request: Request) -> QuerySet[RequestMove]:
    """What happened to a request the actor was given, oldest first."""
    return RequestMove.objects.filter(district_id=actor.district_id, request=request).order_by("at", "id")


def live_session_of(request: Request) -> Session | None:
    """The session that was not cancelled, of a request read by the selectors above; takes no query and no actor.

    It may be held at another site, of which the request's is a guest.
    """
    own = [each for each in request.sessions.all() if each.state != states.Session.CANCELLED]
    visited: list[Session] = [guest.session for guest in request.visits.all()]
    return next(iter([*own, *visited]), None)


def live_team_of(request: Request) -> list[Assignment]:
    """Who holds that session, the lead first; takes no query and no actor."""
    session = live_session_of(request)
    team: list[Assignment] = session.team if session else []  # type: ignore[attr-defined]
    return team


def in_reach(*, actor: Actor, reach: Scope, on: dt.date) -> Q:
    """The condition for requests of sites in the reach, by their regions of the day."""
    if reach.everywhere:
        return Q(district_id=actor.district_id)
    placed = SiteRegion.objects.filter(held_on(on), region__in=reach.region_ids)
    return Q(site_id__in=reach.site_ids) | Q(site_id__in=placed.values("site_id"))


def _with_sessions(requests: QuerySet[Request]) -> QuerySet[Request]:
    teams = Prefetch("assignments", held_now().select_related("member__person"), to_attr="team")
    sessions = Session.objects.select_related("site").order_by("id").prefetch_related(teams, guests_now())
    visits = SessionGuest.objects.filter(left_at__isnull=True).prefetch_related(Prefetch("session", sessions))
    return requests.prefetch_related("windows", Prefetch("sessions", sessions), Prefetch("visits", visits))


def _one(requests: QuerySet[Request], ref: str) -> Request:
    found = requests.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
