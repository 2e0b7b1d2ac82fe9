"""Where students of a school find help: what the school filled in and somebody outside it signed. Public."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from upstander.district.places.models import SiteStatus
from upstander.district.places.selectors import facts_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.law.content.offices import OPEN
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import entries_that_hold, own_of

ACTIVE = SiteStatus.Status.ACTIVE


@dataclass(frozen=True, slots=True)
class Office:
    """One office as a student reads of it."""

    name: str
    room: str
    when: str


@dataclass(frozen=True, slots=True)
class SchoolOffices:
    """The offices of one school, the day on which the school filled them in and the day on which they were signed."""

    ref: str
    name: str
    offices: tuple[Office, ...]
    told_at: dt.datetime
    signed_at: dt.datetime


def schools_with_offices(*, actor: Actor, language: str, on: dt.date) -> list[SchoolOffices]:
    """Every school in use that has told where its students find help, by name. Every actor of the district may read."""
    return [_school(entry, language) for entry in _told(actor, on)]


def offices_of(*, actor: Actor, site_ref: str, language: str, on: dt.date) -> SchoolOffices:
    """Those of one school. Raises NotFound where the school has told none, or is in use no more."""
    entry = next((entry for entry in _told(actor, on) if entry.site and entry.site.ref == site_ref), None)
    if entry is None:
        raise NotFound(site_ref)
    return _school(entry, language)


def _told(actor: Actor, on: dt.date) -> Iterator[LocalEntry]:
    """A correction cannot touch offices, so what holds is signed."""
    held = entries_that_hold(actor=actor).filter(kind=LocalEntry.Kind.OFFICES, decided_at__isnull=False)
    told = [entry for entry in held.order_by("site__sort_key", "id") if entry.lines.all()]
    status = facts_of(actor=actor, sites=[entry.site for entry in told if entry.site], on=on).status
    return (entry for entry in told if status.get(entry.site_id or 0) == ACTIVE)


def _school(entry: LocalEntry, language: str) -> SchoolOffices:
    assert entry.site is not None
    assert entry.decided_at is not None
    lines = own_of(entry).lines
    offices = tuple(
        Office(line.name.in_language(language), line.room, OPEN[line.open_at].in_language(language)) for line in lines
    )
    return SchoolOffices(entry.site.ref, entry.site.name, offices, entry.proposed_at, entry.decided_at)
