"""Where students of a school find help: what the school filled in and somebody outside it signed. Public."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.law.content.offices import OPEN
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import entries_that_hold, own_of


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


def schools_with_offices(*, actor: Actor, language: str) -> list[SchoolOffices]:
    """Every school that has told where its students find help, by name. Every actor of the district may read it."""
    return [_school(entry, language) for entry in _told(actor)]


def offices_of(*, actor: Actor, site_ref: str, language: str) -> SchoolOffices:
    """Those of one school. Raises NotFound where the school has told none."""
    entry = next((entry for entry in _told(actor) if entry.site and entry.site.ref == site_ref), None)
    if entry is None:
        raise NotFound(site_ref)
    return _school(entry, language)


def _told(actor: Actor) -> Iterator[LocalEntry]:
    """A correction cannot touch offices, so what holds is signed."""
    held = entries_that_hold(actor=actor).filter(kind=LocalEntry.Kind.OFFICES, decided_at__isnull=False)
    return (entry for entry in held.order_by("site__sort_key", "id") if entry.lines.all())


def _school(entry: LocalEntry, language: str) -> SchoolOffices:
    assert entry.site is not None
    assert entry.decided_at is not None
    lines = own_of(entry).lines
    offices = tuple(
        Office(line.name.in_language(language), line.room, OPEN[line.open_at].in_language(language)) for line in lines
    )
    return SchoolOffices(entry.site.ref, entry.site.name, offices, entry.proposed_at, entry.decided_at)
