"""The queue: requests on which somebody of the district has to act, the one that is due first in front."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from upstander.district.accounts.models import Account
from upstander.district.places.models import SiteRegion
from upstander.district.places.policies import held_on
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.content import kinds
from upstander.program.training.content.kinds import Kind
from upstander.program.training.models import Request
from upstander.program.training.selectors.answers import unanswered_of
from upstander.program.training.selectors.requests import in_reach

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Sought:
    """What narrows the queue; each is empty for all. `owner` is an account's ref or NOBODY; `age` a key of AGES."""

    kind: str = ""
    region: str = ""
    owner: str = ""
    age: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """One line of the queue. `region_name` is the site's region of today.

    `late_days` is how many days the next step is overdue: 0 is today, below 0 there is time left.
    """

    request: Request
    kind: Kind
    region_name: str
    age_days: int
    late_days: int
    is_unfinished: bool  # not everything that has to be known was answered


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, for the staff home."""

    waiting: int
    planned: int  # a coordinator confirms them
    asked: int  # their sites were asked and have not answered
    oldest_days: int


AGES: dict[str, str] = {"late": "due_on__lt", "today": "due_on", "time": "due_on__gt"}


def queued(*, actor: Actor, at: dt.datetime, sought: Sought = Sought()) -> QuerySet[Request]:
    """Requests in the actor's reach that need somebody to act, as narrowed, the one due first in front."""
    on = policies.today(actor, at)
    found = _waiting(actor, on).filter(_as_sought(sought, on)).select_related("site", "owner", "requested_by")
    return found.order_by(F("due_on").asc(nulls_last=True), "requested_at", "id")


def lines_of(*, actor: Actor, requests: Iterable[Request], at: dt.datetime) -> list[Queued]:
    """The lines of these requests, which the actor was given, in one more query."""
    requests, on = list(requests), policies.today(actor, at)
    placed = SiteRegion.objects.filter(held_on(on), site__in={request.site_id for request in requests})
    regions = dict(placed.values_list("site_id", "region__name"))
    return [_line(request, regions.get(request.site_id, ""), on, at) for request in requests]


def queue_for(*, actor: Actor, at: dt.datetime, sought: Sought = Sought()) -> list[Queued]:
    """The whole queue, line by line."""
    return lines_of(actor=actor, requests=queued(actor=actor, at=at, sought=sought), at=at)


def owners_in_queue(*, actor: Actor, at: dt.datetime) -> QuerySet[Account]:
    """In whose hands the queue is."""
    waiting = _waiting(actor, policies.today(actor, at))
    return Account.objects.filter(pk__in=waiting.values("owner")).order_by("display_name", "id")


def queue_counts(*, actor: Actor, at: dt.datetime) -> Counts:
    """How much waits for the actor as a coordinator."""
    told = list(_waiting(actor, policies.today(actor, at)).values_list("state", "waits_for", "requested_at"))
    waiting = [since for state, _for, since in told if state == states.Request.WAITING]
    planned = sum(state == states.Request.PLANNED and not waits_for for state, waits_for, _since in told)
    asked = sum(waits_for == Request.WaitsFor.SITE for _state, waits_for, _since in told)
    return Counts(len(waiting), planned, asked, max(((at - since).days for since in waiting), default=0))


def to_escalate(*, actor: Actor, at: dt.datetime) -> list[tuple[str, int]]:
    """Requests that are overdue for so long that somebody above has to know, with the level: 1 lead, 2 coordinators.

    How long, in school days, is the kind's own rule.
    """
    on = policies.today(actor, at)
    late = list(_waiting(actor, on).filter(due_on__lt=on, escalated__lt=2).order_by("due_on", "id"))
    if not late:
        return []
    first = late[0].due_on or on
    closed = policies.closed_everywhere(actor, first, (on - first).days + 1)
    levels = ((request, _level(request, on, closed)) for request in late)
    return [(request.ref, level) for request, level in levels if level > request.escalated]


def _level(request: Request, on: dt.date, closed: set[dt.date]) -> int:
    after, due = kinds.kind_of(request.kind).escalates, request.due_on or on
    reached = [policies.school_days_later(due, after[who], closed) <= on for who in ("lead", "coordinator")]
    return 2 if reached[1] else int(reached[0])


def _waiting(actor: Actor, on: dt.date) -> QuerySet[Request]:
    reach = scope(actor, "training.coordinate")
    waits = Q(state__in=states.IN_QUEUE) | Q(
        state=states.Request.CONFIRMED, due_on__lt=on
    )  # its day went by, and it is open
    return Request.objects.filter(waits, in_reach(actor=actor, reach=reach, on=on))


def _as_sought(sought: Sought, on: dt.date) -> Q:
    narrowed = Q()
    if sought.kind:
        narrowed &= Q(kind=sought.kind)
    if sought.region:
        placed = SiteRegion.objects.filter(held_on(on), region__ref=sought.region)
        narrowed &= Q(site_id__in=placed.values("site_id"))
    if sought.owner:
        narrowed &= Q(owner__isnull=True) if sought.owner == NOBODY else Q(owner__ref=sought.owner)
    if sought.age in AGES:
        narrowed &= Q((AGES[sought.age], on))
    if sought.site:
        narrowed &= Q(site__name__icontains=sought.site)
    return narrowed


def _line(request: Request, region_name: str, on: dt.date, at: dt.datetime) -> Queued:
    late = (on - request.due_on).days if request.due_on else 0
    age = (at - request.requested_at).days
    return Queued(request, kinds.kind_of(request.kind), region_name, age, late, bool(unanswered_of(request)))
