"""Which addresses are confidential in a district, or were: nobody alone says again that anyone may know them.

What places say now is not enough to know it. One person may change the street of a confidential place, or say that
there is no place to go to, and the street would be nobody's secret any more.
"""

import datetime as dt

from django.db.models import QuerySet

from upstander.foundation.kernel.secrets import pseudonym
from upstander.program.directory.models import ConfidentialAddress, Location


def is_kept(place: Location) -> bool:
    """Whether the address is confidential at another place, or was anywhere and two people have not opened it since."""
    if not place.address:
        return False
    if _of(place).filter(kind=Location.Kind.AREA).exists():
        return True
    told = ConfidentialAddress.objects.filter(district_id=place.district_id, digest=_digest(place)).order_by("-id")
    return told.values_list("is_opened", flat=True).first() is False


def keep(place: Location, at: dt.datetime) -> None:
    """Remember from now on that the address of a place is confidential."""
    _tell(place, at, is_opened=False)


def let_go(place: Location, at: dt.datetime) -> None:
    """Remember that two people opened the address of a place."""
    _tell(place, at, is_opened=True)


def open_at(place: Location) -> QuerySet[Location]:
    """Every other place of the district where anyone may know the same address, however it is written there; locked."""
    rows = _of(place).filter(kind=Location.Kind.OPEN) if place.address else Location.objects.none()
    return rows.select_for_update(of=("self",)).order_by("pk")


def _of(place: Location) -> QuerySet[Location]:
    return Location.objects.filter(district_id=place.district_id, address=place.address).exclude(pk=place.pk)


def _tell(place: Location, at: dt.datetime, *, is_opened: bool) -> None:
    if place.address:
        told = {"digest": _digest(place), "is_opened": is_opened, "at": at}
        ConfidentialAddress.objects.create(district_id=place.district_id, location=place, **told)


def _digest(place: Location) -> str:
    return pseudonym("confidential-address", place.address)
