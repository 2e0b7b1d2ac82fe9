"""Reading the entries of the district's own layer: what holds, and what waits for a second person."""

import datetime as dt
from collections.abc import Collection
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from upstander.district.places.models import Region, Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.law import policies
from upstander.program.law.content import Line, Own
from upstander.program.law.models import LocalEntry, LocalLine
from upstander.program.law.states import HOLDS, WAITS, Entry

Kind = LocalEntry.Kind
HOLDING = [str(state) for state in HOLDS]
# Every public page asks this, so it is written out: building it anew costs more than running it.
HELD = """
    SELECT entry.id, entry.kind, entry.level, entry.region_id, line.name, line.name_es, line.phone, line.deputy,
        line.verified_on, line.room, line.open_at, line.email
    FROM law_localentry entry
    LEFT JOIN law_localline line ON line.district_id = entry.district_id AND line.entry_id = entry.id
    WHERE entry.district_id = %s AND entry.kind = ANY(%s) AND entry.state = ANY(%s)
    ORDER BY entry.kind, entry.level, entry.id, line.position
"""
LINES = Prefetch("lines", LocalLine.objects.order_by("position"))


def entries_that_hold(*, actor: Actor) -> QuerySet[LocalEntry]:
    """Every entry in force, a number corrected at once included, with its lines."""
    return _entries(actor).filter(state__in=HOLDING)


def owns_that_hold(*, actor: Actor, kinds: Collection[str]) -> tuple[Own, ...]:
    """What the entries of these kinds in force say, none of them about a site or region, in the order of their kinds,
    levels and age. Nothing else of them is read."""
    return tuple(own for _region, own in _held(actor, kinds))


def owns_by_region(*, actor: Actor, kind: str) -> dict[int | None, Own]:
    """What the entries of a kind in force say, by the id of the region each is about; under None headquarters'.

    For a kind of which a region has one entry at most. Public, like the pages that say it.
    """
    return dict(_held(actor, [kind]))


def _held(actor: Actor, kinds: Collection[str]) -> list[tuple[int | None, Own]]:
    with connection.cursor() as cursor:
        cursor.execute(HELD, [actor.district_id, list(map(str, kinds)), HOLDING])
        rows = cursor.fetchall()
    return [
        (region, Own(kind, level, tuple(_line(*row[4:]) for row in lines if row[4] is not None)))
        for (_entry, kind, level, region), lines in groupby(rows, key=lambda row: row[:4])
    ]


def own_of(entry: LocalEntry) -> Own:
    """An entry as the layer reads it. Takes no actor: the entry was already read."""
    return Own(entry.kind, entry.level, tuple(line_of(line) for line in entry.lines.all()))


def line_of(line: LocalLine) -> Line:
    """A line as pages and the layer read it. Takes no actor: the line was already read."""
    return _line(
        line.name, line.name_es, line.phone, line.deputy, line.verified_on, line.room, line.open_at, line.email
    )


def _line(name: str, name_es: str, *said: Any) -> Line:
    """A line without a Spanish name has the same in both languages."""
    return Line(Text(name, name_es or name), *said)


def holding(
    *, actor: Actor, kind: str, level: str = "", site: Site | None = None, region: Region | None = None
) -> LocalEntry | None:
    """The entry in force about one thing, or None."""
    about = LocalEntry(kind=kind, level=level, site=site, region=region)
    return entries_that_hold(actor=actor).filter(**thing_of(about)).first()


def thing_of(entry: LocalEntry) -> dict[str, object]:
    """The fields that say what an entry is about. A site has one station, whichever kind it is. Nothing is read."""
    told = {"kind": entry.kind, "site": entry.site, "region": entry.region}
    return told if entry.kind == Kind.STATION else told | {"level": entry.level}


def waiting(*, actor: Actor, on: dt.date) -> list[LocalEntry]:
    """What waits for a second person and is the actor's: proposed by them, or in their reach to sign. Oldest first."""
    found = _entries(actor).filter(state__in=[str(state) for state in WAITS]).order_by("proposed_at", "id")
    return [e for e in found if e.proposed_by_id == actor.account_id or policies.may_sign(actor, e, on)]


def proposed_for_sites(*, actor: Actor) -> set[tuple[str, int]]:
    """What waits for its second person, as kinds with the ids of the sites: people who act, stations, offices."""
    proposed = LocalEntry.objects.filter(district_id=actor.district_id, state=str(Entry.PROPOSED))
    return set(proposed.filter(site__isnull=False).values_list("kind", "site_id"))


def to_decide(*, actor: Actor, on: dt.date) -> list[LocalEntry]:
    """What waits for this very person: somebody else proposed or corrected it."""
    return [entry for entry in waiting(actor=actor, on=on) if entry.proposed_by_id != actor.account_id]


def entry_by_ref(*, actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    """An entry that the actor proposed or may sign. Raises NotFound for every other."""
    entry = _entries(actor).filter(ref=ref).first()
    if entry is None or not (entry.proposed_by_id == actor.account_id or policies.may_sign(actor, entry, on)):
        raise NotFound(ref)
    return entry


def entry_to_correct(*, actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    """An entry in force whose numbers the actor may correct. Raises NotFound for every other."""
    entry = entries_that_hold(actor=actor).exclude(kind__in=(Kind.STATION, Kind.OFFICES)).filter(ref=ref).first()
    if entry is None or not policies.may_propose(actor, entry.site, entry.region, on):
        raise NotFound(ref)
    return entry


def before(*, actor: Actor, entry: LocalEntry) -> LocalEntry | None:
    """What holds, or held, where the entry stands or would stand: the left side of old and new."""
    if entry.state == Entry.PROPOSED:
        return holding(actor=actor, kind=entry.kind, level=entry.level, site=entry.site, region=entry.region)
    former = _entries(actor).filter(pk=entry.replaces_id).first() if entry.replaces_id else None
    return last_signed(actor=actor, entry=former) or former if former and entry.state == Entry.CORRECTED else former


def seen_before(*, actor: Actor, entry: LocalEntry) -> tuple[str, tuple[Line, ...]]:
    """What a signer sees beside the entry: the ref that the signature names, and the lines.

    Beside a station stands the one that the site has now, however it came there.
    """
    if entry.kind == Kind.STATION and entry.state == Entry.PROPOSED:
        now = entry.site.law_station if entry.site else None
        return (now.ref, (Line(Text(now.name, now.name), now.phone, "", now.verified_on),)) if now else ("", ())
    former = before(actor=actor, entry=entry)
    return (former.ref, own_of(former).lines) if former else ("", ())


def last_signed(*, actor: Actor, entry: LocalEntry) -> LocalEntry | None:
    """The entry itself where a second person stands for it; else the last one before it for which one does.

    A number that was corrected twice is compared with what was signed, never with the first correction.
    """
    found: LocalEntry | None = entry
    while found is not None and found.decided_by_id is None:
        found = _entries(actor).filter(pk=found.replaces_id).first() if found.replaces_id else None
    return found


def correctors_of(*, actor: Actor, entry: LocalEntry) -> set[int]:
    """The accounts that corrected a number of the entry since it was last signed."""
    since = _entries(actor).filter(replaces_id=entry.replaces_id, decided_by=None, replaces__isnull=False)
    return set(since.values_list("proposed_by_id", flat=True))


def _entries(actor: Actor) -> QuerySet[LocalEntry]:
    found = LocalEntry.objects.filter(district_id=actor.district_id).select_related(
        "site__law_station", "region", "proposed_by", "decided_by"
    )
    return found.prefetch_related(LINES).order_by("kind", "level", "site__sort_key", "region__name", "id")
