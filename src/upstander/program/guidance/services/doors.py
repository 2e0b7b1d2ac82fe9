"""Opening and closing a site's staff door."""

from datetime import datetime

from django.db import transaction

from upstander.district.places.models import Site
from upstander.district.places.selectors import district_of, place_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.refs import new_code
from upstander.program.guidance import events
from upstander.program.guidance.models import CODE_LENGTH, StaffDoor


@transaction.atomic
def open_door(*, actor: Actor, site_ref: str, at: datetime) -> StaffDoor:
    """Give the site a new code; an earlier one stops working at once. Needs `guide.open_door` for the site."""
    site = _site(actor, site_ref, at)
    _close(actor, site, at)
    door = StaffDoor(
        district_id=actor.district_id,
        site=site,
        code=new_code(CODE_LENGTH),
        opened_at=at,
    )
    door.save(force_insert=True)
    record(events.DOOR_OPENED, actor=actor, subject=door.ref, at=at, site=site.ref)
    return door


@transaction.atomic
def close_door(*, actor: Actor, site_ref: str, at: datetime) -> None:
    """Stop the site's code; nothing when it has none. Needs `guide.open_door` for the site."""
    _close(actor, _site(actor, site_ref, at), at)


def _site(actor: Actor, site_ref: str, at: datetime) -> Site:
    """The site, locked, so that two people renewing its code at once end with one code."""
    site = Site.objects.select_for_update().filter(district_id=actor.district_id, ref=site_ref).first()
    if site is None:
        raise NotFound("site")
    on = district_of(actor=actor).day(at)
    require(actor, "guide.open_door", place_of(actor=actor, site=site, on=on))
    return site


def _close(actor: Actor, site: Site, at: datetime) -> None:
    for door in StaffDoor.objects.filter(district_id=actor.district_id, site=site, closed_at__isnull=True):
        door.closed_at = at
        door.save(update_fields=["closed_at"])
        record(events.DOOR_CLOSED, actor=actor, subject=door.ref, at=at, site=site.ref)
