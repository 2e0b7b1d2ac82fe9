"""Reading requests: the requester's own, the coordinator's queue."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from upstander.district.places.models import Site, SiteRegion
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.access import Scope, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import policies, states
from upstander.program.training.models import Assignment, Request, RequestMove, Session

AGEING_DAYS = 7  # from here on the queue marks a request as waiting long
ON_THEIR_WAY = (states.Request.WAITING, states.Request.PLANNED, states.Request.CONFIRMED)
IN_QUEUE = (states.Request.WAITING, states.Request.PLANNED)


@dataclass(frozen=True, slots=True)
class Queued:
    """One line of the queue. `region_name` is the site's region of today."""

    request: Request
    region_name: str
    age_days: int
    is_old: bool
    next_step: object


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, for the staff home."""

    waiting: int
    planned: int
    oldest_days: int


def askable_sites(*, actor: Actor, at: dt.datetime) -> QuerySet[Site]:
    """The sites for which the actor may request a training today."""
    return sites_for(actor=actor, on=policies.today(actor, at), capability="training.request")


def requests_followed(*, actor: Actor, at: dt.datetime) -> QuerySet[Request]:
    """What was asked for the sites the actor follows today, newest first. Whose post has ended follows nothing."""
    reach = scope(actor, "training.follow")
    return (
        _with_sessions(Request.objects.filter(_in_reach(actor, reach, policies.today(actor, at))))
        .select_related("site")
        .order_by("-requested_at", "-id")
    )


def requests_on_their_way(*, actor: Actor, at: dt.datetime) -> QuerySet[Request]:
    """What the actor follows and has not been held yet, newest first."""
    return requests_followed(actor=actor, at=at).filter(state__in=ON_THEIR_WAY)


def request_followed(*, actor: Actor, ref: str, at: dt.datetime) -> Request:
    """One request for who follows its site. Raises NotFound, also for what is out of reach."""
    return _one(requests_followed(actor=actor, at=at), ref)


def request_coordinated(*, actor: Actor, ref: str, at: dt.datetime) -> Request:
    """One request for a coordinator of its site. Raises NotFound, also for what is out of reach."""
    reach = scope(actor, "training.coordinate")
    found = Request.objects.filter(_in_reach(actor, reach, policies.today(actor, at)))
    return _one(_with_sessions(found).select_related("site", "requested_by", "owner"), ref)


def queue_for(*, actor: Actor, at: dt.datetime, region_ref: str = "") -> list[Queued]:
    """Requests that need a coordinator, oldest first, in the actor's reach; `region_ref` narrows to one region."""
    on = policies.today(actor, at)
    waiting = _waiting(actor, on).select_related("site", "owner").prefetch_related("windows")
    if region_ref:
        placed = SiteRegion.objects.filter(held_on(on), region__ref=region_ref)
        waiting = waiting.filter(site_id__in=placed.values("site_id"))
    requests = list(waiting.order_by("requested_at", "id"))
    regions = _region_names([request.site_id for request in requests], on)
    return [_queued(request, regions.get(request.site_id, ""), at) for request in requests]


def queue_counts(*, actor: Actor, at: dt.datetime) -> Counts:
    """How much waits for the actor as a coordinator."""
    told = list(_waiting(actor, policies.today(actor, at)).values_list("state", "requested_at"))
    waiting = [since for state, since in told if state == states.Request.WAITING]
    return Counts(len(waiting), len(told) - len(waiting), max(((at - since).days for since in waiting), default=0))


def moves_of(*, actor: Actor, request: Request) -> QuerySet[RequestMove]:
    """What happened to a request the actor was given, oldest first."""
    return RequestMove.objects.filter(district_id=actor.district_id, request=request).order_by("at", "id")


def live_session_of(request: Request) -> Session | None:
    """The session that was not cancelled, of a request read by the selectors above; takes no query and no actor."""
    return next((each for each in request.sessions.all() if each.state != states.Session.CANCELLED), None)


def _waiting(actor: Actor, on: dt.date) -> QuerySet[Request]:
    return Request.objects.filter(_in_reach(actor, scope(actor, "training.coordinate"), on), state__in=IN_QUEUE)


def _queued(request: Request, region_name: str, at: dt.datetime) -> Queued:
    age = (at - request.requested_at).days
    step = states.NEXT_STEPS[states.Request(request.state)]
    return Queued(request, region_name, age, age >= AGEING_DAYS and request.state == states.Request.WAITING, step)


def _in_reach(actor: Actor, reach: Scope, on: dt.date) -> Q:
    if reach.everywhere:
        return Q(district_id=actor.district_id)
    placed = SiteRegion.objects.filter(held_on(on), region__in=reach.region_ids)
    return Q(site_id__in=reach.site_ids) | Q(site_id__in=placed.values("site_id"))


def _region_names(site_ids: list[int], on: dt.date) -> dict[int, str]:
    placed = SiteRegion.objects.filter(held_on(on), site__in=site_ids)
    return dict(placed.values_list("site_id", "region__name"))


def _with_sessions(requests: QuerySet[Request]) -> QuerySet[Request]:
    leads = Assignment.objects.select_related("member__person").order_by("id")
    sessions = Session.objects.order_by("id").prefetch_related(Prefetch("assignments", leads))
    return requests.prefetch_related("windows", Prefetch("sessions", sessions))


def _one(requests: QuerySet[Request], ref: str) -> Request:
    found = requests.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
