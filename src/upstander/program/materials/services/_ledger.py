"""Booking copies. Only services of this part call it: the edition is locked, so two people book one after the other."""

import datetime as dt
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from upstander.district.places.models import Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.program.materials.models import Edition, Movement


def locked(*refs: str) -> list[Edition]:
    """The editions, locked until the transaction ends, always in the same order. Raises NotFound for an unknown one."""
    found = list(Edition.objects.select_for_update(of=("self",)).filter(ref__in=refs).order_by("id"))
    if len(found) < len(set(refs)):
        raise NotFound(", ".join(sorted(set(refs) - {edition.ref for edition in found})))
    return found


def held_at(edition: Edition, site: Site) -> int:
    """How many copies of a locked edition a site holds."""
    found = Movement.objects.filter(edition=edition, site=site).aggregate(count=Sum("site_change", default=0))
    return int(found["count"])


def book(
    edition: Edition, kind: str, shelf: int, actor: Actor, at: dt.datetime, *, site: Site | None = None, **more: Any
) -> Movement:
    """Write one line for a locked edition: `shelf` copies more or fewer there, and at the `site` by `site_change`.

    Raises Invalid with a sentence when the shelf or the site does not hold so many.
    """
    if edition.shelf_count + shelf < 0:
        raise Invalid(only_on_shelf(edition.shelf_count), edition.ref)
    change = more.pop("site_change", 0)
    if site is not None and change < 0 and held_at(edition, site) + change < 0:
        raise Invalid(_("The site does not hold so many copies of it."), "count")
    edition.shelf_count += shelf
    edition.save(update_fields=["shelf_count"])
    told = {"kind": kind, "shelf_change": shelf, "site": site, "site_change": change, "at": at, "by": actor.name}
    return Movement.objects.create(district_id=actor.district_id, edition=edition, **told, **more)


def only_on_shelf(count: int) -> object:
    """The sentence for who wants more copies than there are."""
    if not count:
        return _("None is in stock now. Somebody may just have taken the last ones.")
    sentence = ngettext(
        "Only %(count)s is in stock now. Somebody may just have taken some.",
        "Only %(count)s are in stock now. Somebody may just have taken some.",
        count,
    )
    return sentence % {"count": count}
