"""What a request for materials asks for, what was sent for it, and what may go into the next parcel."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language

from upstander.district.places.models import Site
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.materials import policies
from upstander.program.materials.content.catalogue import REQUEST_KIND, shipped_wishes
from upstander.program.materials.models import Edition, Movement, Parcel
from upstander.program.training.models import Request
from upstander.program.training.policies import today, zone_of
from upstander.program.training.selectors.requests import request_coordinated


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a wish: so many copies in one language, and how many of them were sent."""

    answers: str
    title: str
    language: str
    wanted: int
    sent: int

    @property
    def key(self) -> tuple[str, str]:
        """What an edition has to fit."""
        return self.answers, self.language

    @property
    def rest(self) -> int:
        """How many are still open."""
        return max(0, self.wanted - self.sent)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An open line with the editions that fulfil it, newest first."""

    line: Wanted
    editions: list[Edition]


def materials_request(*, actor: Actor, ref: str, at: dt.datetime) -> Request:
    """A request for materials that the actor coordinates. Raises NotFound, also for one of another kind."""
    found = request_coordinated(actor=actor, ref=ref, at=at)
    if found.kind != REQUEST_KIND:
        raise NotFound(ref)
    return found


def wanted_of(*, actor: Actor, request: Request) -> list[Wanted]:
    """The lines of a request that the actor was given; none for a request of another kind."""
    if request.kind != REQUEST_KIND:
        return []
    sent: dict[tuple[str, str], int] = dict.fromkeys((), 0)
    moved = Movement.objects.filter(district_id=actor.district_id, parcel__request=request)
    for answers, language, count in moved.values_list("edition__material__answers", "edition__language").annotate(
        Sum("site_change")
    ):
        sent[answers, language] = count
    titles, wanted = shipped_wishes(), int(request.answers.get("copies", 0))
    return [
        Wanted(item, _title(titles, item), language, wanted, sent.get((item, language), 0))
        for item in request.answers.get("items", [])
        for language in request.languages
    ]


def shelves_of(*, actor: Actor, request: Request) -> list[Shelf]:
    """For each open line of a request the editions that could be sent. One query more than `wanted_of`."""
    lines = [line for line in wanted_of(actor=actor, request=request) if line.rest]
    found = Edition.objects.filter(
        district_id=actor.district_id,
        withdrawn_at__isnull=True,
        material__retired_on__isnull=True,
        material__answers__in={line.answers for line in lines},
    ).select_related("material")
    fitting = defaultdict(list)
    for edition in found.order_by("-edition_on", "-id"):
        fitting[edition.material.answers, edition.language].append(edition)
    return [Shelf(line, fitting[line.key]) for line in lines]


def sent_this_year(*, actor: Actor, site: Site, at: dt.datetime) -> dict[int, int]:
    """How many copies of each material the site was sent since the school year began, by the material's id."""
    first = dt.datetime.combine(policies.year_begins(actor, at), dt.time(), zone_of(actor))
    sent = Movement.objects.filter(
        district_id=actor.district_id, kind=Movement.Kind.SENT, site=site, at__gte=first, at__lte=at
    )
    return dict(sent.values_list("edition__material_id").annotate(Sum("site_change")))


def parcels_of(*, actor: Actor, request: Request) -> QuerySet[Parcel]:
    """The parcels of a request that the actor was given, with what they held, the first one first."""
    found = Parcel.objects.filter(district_id=actor.district_id, request=request)
    return found.prefetch_related("movements__edition__material").order_by("sent_at", "id")


def parcel_by_ref(*, actor: Actor, ref: str, at: dt.datetime) -> Parcel:
    """One parcel for whoever coordinates its site. Raises NotFound."""
    found = Parcel.objects.filter(district_id=actor.district_id, ref=ref).select_related("request__site").first()
    if found is None:
        raise NotFound(ref)
    site_by_ref(actor=actor, ref=found.request.site.ref, on=today(actor, at), capability="training.coordinate")
    return found


def _title(titles: object, item: str) -> str:
    found = titles.get(item)  # type: ignore[attr-defined]
    return found.in_language(get_language() or "en") if found else item
