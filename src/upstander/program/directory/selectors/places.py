"""Organizations and their places, as their editors see them."""

import datetime as dt

from django.db.models import Count, Prefetch, QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory import policies
from upstander.program.directory.models import Location, Organization, PlaceMove, Service


def organizations(*, actor: Actor) -> QuerySet[Organization]:
    """Every organization by name. Needs `directory.edit`."""
    policies.require_editor(actor)
    return Organization.objects.filter(district_id=actor.district_id).order_by("name", "id")


def organizations_counted(*, actor: Actor) -> QuerySet[Organization]:
    """The same with `service_count` and `place_count`. Needs `directory.edit`."""
    counts = {"service_count": Count("services", distinct=True), "place_count": Count("locations", distinct=True)}
    return organizations(actor=actor).annotate(**counts)


def organization_by_ref(*, actor: Actor, ref: str) -> Organization:
    """One organization. Needs `directory.edit`; raises NotFound."""
    found = organizations(actor=actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def services_of(*, actor: Actor, organization: Organization) -> QuerySet[Service]:
    """The entries of an organization, by name. Needs `directory.edit`."""
    policies.require_editor(actor)
    rows = Service.objects.filter(district_id=actor.district_id, organization=organization)
    return rows.order_by("name_en", "id")


def places_of(*, actor: Actor, organization: Organization) -> QuerySet[Location]:
    """The places of an organization, by name. Needs `directory.edit`."""
    policies.require_editor(actor)
    rows = Location.objects.filter(district_id=actor.district_id, organization=organization)
    return rows.order_by("name", "city", "id")


def place_by_ref(*, actor: Actor, ref: str) -> Location:
    """One place with its organization, its history (the newest first) and what is given there.

    Needs `directory.sign`: whoever may agree to open an address sees it. Raises NotFound.
    """
    policies.require_signer(actor)
    history = PlaceMove.objects.select_related("author").order_by("-at", "-id")
    rows = Location.objects.filter(district_id=actor.district_id, ref=ref).select_related("organization")
    found = rows.prefetch_related(Prefetch("moves", history), "for_services__service").first()
    if found is None:
        raise NotFound(ref)
    return found


def closed_along(*, actor: Actor, ref: str, at: dt.datetime) -> QuerySet[Location]:
    """Other places that were closed at `at` together with this one, for having its address. Needs `directory.sign`."""
    place = place_by_ref(actor=actor, ref=ref)
    same = Location.objects.filter(
        district_id=actor.district_id, address=place.address, moves__at=at, moves__step=PlaceMove.Step.CLOSED
    )
    return same.exclude(ref=ref).select_related("organization").order_by("organization__name", "id")


def places_to_open(*, actor: Actor) -> QuerySet[Location]:
    """Places whose address somebody else wishes to open, and which this actor may decide. Needs `directory.sign`."""
    policies.require_signer(actor)
    wished = Location.objects.filter(district_id=actor.district_id, opening_wished_by__isnull=False)
    return wished.exclude(opening_wished_by=actor.account_id).select_related("organization").order_by("id")
