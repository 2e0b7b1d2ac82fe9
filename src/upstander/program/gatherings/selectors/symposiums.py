"""Reading symposiums: those one manages with their numbers, the published ones, and a guest's own place."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, Prefetch, Q, QuerySet, Sum, When

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.languages import language_name, shipped_languages
from upstander.program.gatherings import policies, states
from upstander.program.gatherings.content.choices import NEEDS
from upstander.program.gatherings.models import AgendaSlot, Guest, Speaker, Symposium
from upstander.program.gatherings.states import Place
from upstander.program.training.models import Request
from upstander.program.training.policies import require_key
from upstander.program.training.selectors.requests import request_coordinated

EVENT = "event"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many guests stand where, and what they need: counts by the words of the choice."""

    seated: int
    waiting: int
    came: int
    needs: list[tuple[str, int]]
    interpreters: list[tuple[str, int]]


def symposiums_managed(*, actor: Actor) -> QuerySet[Symposium]:
    """All symposiums of the district with `seated` and `waiting`, the latest day first. Needs `gatherings.manage`."""
    policies.require_manager(actor)
    seated, waiting = (Count("guests", filter=Q(guests__state=state)) for state in (Place.SEATED, Place.WAITING))
    found = Symposium.objects.filter(district_id=actor.district_id).annotate(seated=seated, waiting=waiting)
    return found.order_by("-on", "-id")


def symposiums_held(*, actor: Actor, first: dt.date, on: dt.date, known_at: dt.datetime) -> int:
    """How many were held from `first` until `on`, as it was known at `known_at`. Needs `gatherings.manage`."""
    held = symposiums_managed(actor=actor).filter(state=states.Symposium.HELD, on__gte=first, on__lte=on)
    return held.filter(state_since__lte=known_at).count()


def symposium_managed(*, actor: Actor, ref: str) -> Symposium:
    """One symposium with its agenda, hosts and speakers, who have `paid`. Needs `gatherings.manage`; or NotFound."""
    policies.require_manager(actor)
    found = Symposium.objects.filter(district_id=actor.district_id)
    return _one(_with_parts(found.select_related("request__site", "request__requested_by")), ref)


def numbers_of(*, actor: Actor, symposium: Symposium) -> Numbers:
    """The numbers of a symposium that the actor was given. Needs `gatherings.manage`."""
    policies.require_manager(actor)
    guests = list(Guest.objects.filter(symposium=symposium).values_list("state", "came_at", "needs", "interpreter"))
    here = [(needs, tongue) for state, _came, needs, tongue in guests if state in (Place.SEATED, Place.WAITING)]
    needed = Counter(need for needs, _tongue in here for need in needs)
    spoken = Counter(tongue for _needs, tongue in here if tongue)
    return Numbers(
        seated=sum(state == Place.SEATED for state, *_rest in guests),
        waiting=sum(state == Place.WAITING for state, *_rest in guests),
        came=sum(came is not None for _state, came, *_rest in guests),
        needs=[(str(word), needed[key]) for key, word in NEEDS if needed[key]],
        interpreters=[(language_name(code), spoken[code]) for code in shipped_languages().names if spoken[code]],
    )


def guests_of(*, actor: Actor, symposium: Symposium) -> QuerySet[Guest]:
    """Who has a place or waits for one: places first by name, then the waiting list in its order."""
    policies.require_manager(actor)
    found = Guest.objects.filter(symposium=symposium, state__in=(Place.SEATED, Place.WAITING))
    in_order = Case(When(state=Place.WAITING, then="proved_at"))
    return found.order_by("state", in_order, "name", "id")


def symposiums_open(*, actor: Actor, on: dt.date) -> QuerySet[Symposium]:
    """What anyone may read of and is still to come, the next one first."""
    shown = (states.Symposium.OPEN, states.Symposium.CLOSED)
    return Symposium.objects.filter(district_id=actor.district_id, state__in=shown, on__gte=on).order_by("on", "id")


def symposium_open(*, actor: Actor, ref: str) -> Symposium:
    """One symposium as anyone may read of it. Raises NotFound while it is being prepared."""
    shown = Symposium.objects.filter(district_id=actor.district_id, state__in=states.SHOWN)
    return _one(_with_parts(shown), ref)


def event_asked_for(*, actor: Actor, ref: str, at: dt.datetime) -> Request:
    """A request for an event for who coordinates its site. Raises NotFound, also for a request of another kind."""
    request = request_coordinated(actor=actor, ref=ref, at=at)
    if request.kind != EVENT:
        raise NotFound(ref)
    return request


def symposium_of_request(*, actor: Actor, request: Request) -> Symposium | None:
    """What became of a request that the actor was given; nothing where nothing did, or where it was called off."""
    if request.kind != EVENT:
        return None
    found = Symposium.objects.filter(district_id=actor.district_id, request=request)
    return found.exclude(state=states.Symposium.CANCELLED).first()


def has_seats(*, actor: Actor, symposium: Symposium) -> bool:
    """Whether who signs up now gets a place at once."""
    seated = Guest.objects.filter(district_id=actor.district_id, symposium=symposium, state=Place.SEATED).count()
    return seated < symposium.capacity


def guest_by_key(*, actor: Actor, ref: str, key: str, at: dt.datetime) -> Guest:
    """A guest for whoever holds the key. Raises NotFound for a wrong key or ref, and for a link that ran out."""
    require_key(ref, key)
    guest = Guest.objects.select_related("symposium").filter(district_id=actor.district_id, ref=ref).first()
    if guest is None or policies.is_over(guest, at):
        raise NotFound(ref)
    return guest


def _with_parts(symposiums: QuerySet[Symposium]) -> QuerySet[Symposium]:
    speakers = Speaker.objects.annotate(paid=Sum("payments__amount", default=0)).order_by("name", "id")
    slots = AgendaSlot.objects.order_by("starts", "ends", "id").prefetch_related(Prefetch("speakers", speakers))
    return symposiums.prefetch_related(Prefetch("slots", slots), Prefetch("speakers", speakers), "hosts")


def _one(symposiums: QuerySet[Symposium], ref: str) -> Symposium:
    found = symposiums.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
