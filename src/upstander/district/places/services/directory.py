"""Loading a directory of schools: one transaction, one audit event, whole sets at a time (see `_columns`)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from upstander.district.places import events
from upstander.district.places.content.directory import OFFICE, SCHOOL, Directory, Entry
from upstander.district.places.errors import DirectoryRefused, OlderDirectory
from upstander.district.places.models import DirectoryLoad, District
from upstander.district.places.planning import Known, Move, Plan, plan_load, timeline
from upstander.district.places.services._columns import execute
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.refs import new_refs
from upstander.foundation.kernel.text import sort_key

# A site that no column speaks of yet, so that a mapping need not speak for all of them.
DEFAULTS: dict[str, Any] = {
    "kind": SCHOOL,
    "agency_code": "",
    "agency_name": "",
    "county_name": "",
    "school_type": "",
    "serves_adults": False,
    "grades_as_given": "",
    "street": "",
    "city": "",
    "postal_code": "",
    "phone": "",
}
OUTCOMES = ("opened", "activated", "reopened", "closed", "withdrawn", "changed", "unchanged")
SITES = """
    SELECT code, id, kind, {said} FROM places_site WHERE district_id = %(district)s AND source = %(source)s
"""
# Asked apart from the sites: just after a first load the planner knows no numbers, and a join could take minutes.
STATUSES = """
    SELECT site_id, status, starts_on, ends_on, is_inferred FROM places_sitestatus
    WHERE district_id = %(district)s AND superseded_at IS NULL
"""
INSERT_SITES = """
    INSERT INTO places_site (district_id, source, {names})
    SELECT %(district)s, %(source)s, given.* FROM unnest({columns}) AS given
    RETURNING code, id
"""
UPDATE_SITES = """
    UPDATE places_site AS site SET {changes}
    FROM unnest({columns}) AS given ({names})
    WHERE site.district_id = %(district)s AND site.id = given.id
"""
SUPERSEDE = """
    WITH moved AS (
        UPDATE places_sitestatus AS old SET superseded_at = %(at)s
        FROM unnest({columns}) AS move ({names})
        WHERE old.district_id = %(district)s AND old.site_id = move.site_id AND old.superseded_at IS NULL
            AND (old.ends_on IS NULL OR old.ends_on > move.starts_on)
        RETURNING old.site_id, old.status, old.source, old.is_inferred, old.starts_on, move.starts_on AS cut, move.ref
    )
    INSERT INTO places_sitestatus (district_id, ref, site_id, status, source, is_inferred, starts_on, ends_on,
        recorded_at)
    SELECT %(district)s, ref, site_id, status, source, is_inferred, starts_on, cut, %(at)s
    FROM moved WHERE starts_on < cut
"""
INSERT_STATUSES = """
    INSERT INTO places_sitestatus (district_id, source, recorded_at, {names})
    SELECT %(district)s, %(format)s, %(at)s, given.*
    FROM unnest({columns}) AS given
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: counts by name. `is_old_news` when a newer list has been loaded since this very file."""

    counts: dict[str, int]
    is_old_news: bool = False


@transaction.atomic
def load_directory(
    *, actor: Actor, directory: Directory, as_of: dt.date, at: dt.datetime, accept_partial: bool = False
) -> Loaded:
    """Bring the sites of a directory's source to what it says as of a day, and return the counts.

    A site is the same site when source and code are the same, never by its name. Columns the mapping does not speak
    for stay. Status rows are superseded, never changed, so that the history stays. Needs `places.load`. Raises
    `DirectoryRefused` when rows were refused and partial loads are not accepted, and `OlderDirectory` when a newer
    list is known; a file that was loaded already, with newer ones since, changes nothing.
    """
    require(actor, "places.load", Place(actor.district_id))
    if directory.refusals and not accept_partial:
        raise DirectoryRefused(f"{len(directory.refusals)} things were refused, so nothing was written.")
    # One load at a time per district; foreign keys to the district need not wait.
    District.objects.select_for_update(no_key=True).get(pk=actor.district_id)
    if _is_old_news(actor, directory, as_of):
        return Loaded(counts_of(directory, unchanged=directory.count(SCHOOL)), is_old_news=True)
    plan = plan_load(_known(actor, directory), directory, as_of)
    counts = counts_of(directory, **plan.outcomes)
    if not plan.changes_nothing:
        _write(actor, directory, plan, as_of, at)
    if not plan.changes_nothing or not _is_noted(actor, directory, as_of):
        _note(actor, directory, counts, as_of, at)
    return Loaded(counts)


def _is_old_news(actor: Actor, directory: Directory, as_of: dt.date) -> bool:
    loads = DirectoryLoad.objects.filter(district_id=actor.district_id, source=directory.mapping.source)
    last = loads.order_by("as_of", "id").last()
    if last is None or (last.as_of <= as_of and last.digest == directory.digest):
        return False
    same = loads.filter(as_of=as_of, digest=directory.digest, format=directory.mapping.format, was_partial=False)
    if same.exists():
        return True
    if as_of < last.as_of:
        raise OlderDirectory(as_of, last.as_of)
    return False


def _is_noted(actor: Actor, directory: Directory, as_of: dt.date) -> bool:
    return DirectoryLoad.objects.filter(
        district_id=actor.district_id,
        source=directory.mapping.source,
        format=directory.mapping.format,
        digest=directory.digest,
        as_of=as_of,
    ).exists()


def _known(actor: Actor, directory: Directory) -> dict[str, Known]:
    said = sql.SQL(", ").join(map(sql.Identifier, directory.fields))
    asked: dict[str, Any] = {"district": actor.district_id, "source": directory.mapping.source}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(SITES).format(said=said), asked)
        sites = cursor.fetchall()
        cursor.execute(STATUSES, asked)
        statuses = cursor.fetchall()
    last = {row[0]: row for row in statuses if row[3] is None}
    before = {(row[0], row[3]): row[2] for row in statuses if row[3] is not None}
    found = {}
    for code, site_id, kind, *said_of in sites:
        _, status, since, _, is_inferred = last[site_id]
        found[code] = Known(site_id, kind, status, since, is_inferred, before.get((site_id, since)), tuple(said_of))
    return found


def _write(actor: Actor, directory: Directory, plan: Plan, as_of: dt.date, at: dt.datetime) -> None:
    common = {"district": actor.district_id, "source": directory.mapping.source, "at": at}
    common["format"] = directory.mapping.format
    rows: list[tuple[Any, ...]] = [
        (move.site_id, move.status, move.starts_on, None, move.is_inferred) for move in plan.moves
    ]
    if plan.new:
        ids = _insert_sites(common, directory.fields, plan.new)
        rows += [(ids[code], *held, False) for code, entry in plan.new.items() for held in timeline(entry, as_of)]
    if plan.told:
        _update_sites(common, directory.fields, plan.told)
    if plan.moves:
        _supersede(common, plan.moves)
    _insert_statuses(common, rows)


def _insert_sites(common: dict[str, Any], fields: Sequence[str], new: dict[str, Entry]) -> dict[str, int]:
    said = _columns(fields, [entry.said for entry in new.values()])
    missing = {name: [value] * len(new) for name, value in DEFAULTS.items() if name not in said}
    given = {"ref": new_refs(len(new)), "code": list(new), **missing, **said}
    return dict(execute(INSERT_SITES, common, given, answers=True))


def _update_sites(common: dict[str, Any], fields: Sequence[str], told: dict[int, tuple[Any, ...]]) -> None:
    given = _columns(fields, list(told.values()))
    changes = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Identifier("given", name)) for name in given
    )
    execute(UPDATE_SITES, common, {"id": list(told), **given}, changes=changes)


def _supersede(common: dict[str, Any], moves: list[Move]) -> None:
    given: dict[str, list[Any]] = {
        "site_id": [move.site_id for move in moves],
        "starts_on": [move.starts_on for move in moves],
        "ref": new_refs(len(moves)),
    }
    execute(SUPERSEDE, common, given)


def _insert_statuses(common: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        names = ("site_id", "status", "starts_on", "ends_on", "is_inferred")
        given = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        execute(INSERT_STATUSES, common, {"ref": new_refs(len(rows)), **given})


def _columns(fields: Sequence[str], said: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    columns = dict(zip(fields, map(list, zip(*said, strict=True)), strict=True))
    return {**columns, "sort_key": [sort_key(name) for name in columns["name"]]}


def counts_of(directory: Directory, **outcomes: int) -> dict[str, int]:
    """The report of a load: what the file holds, and what came of it (all zero when nothing was written)."""
    counts = {
        "rows": directory.row_count,
        "offices": directory.count(OFFICE),
        "schools": directory.count(SCHOOL),
        "active": directory.count(SCHOOL, "active"),
    }
    counts |= {name: outcomes.get(name, 0) for name in OUTCOMES}
    counts["others_changed"] = outcomes.get("others_changed", 0)
    return {**counts, "refused": len({refusal.line for refusal in directory.refusals})}


def _note(actor: Actor, directory: Directory, counts: dict[str, int], as_of: dt.date, at: dt.datetime) -> None:
    load = DirectoryLoad(
        district_id=actor.district_id,
        source=directory.mapping.source,
        format=directory.mapping.format,
        as_of=as_of,
        digest=directory.digest,
        was_partial=bool(directory.refusals),
        loaded_at=at,
    )
    load.save(force_insert=True)
    events.CHANGED.tell(actor)
    told = {name: counts[name] for name in (*OUTCOMES[:-1], "rows", "refused")}
    named = {"source": load.source, "format": load.format, "as_of": as_of.isoformat(), "digest": load.digest}
    record(events.DIRECTORY_LOADED, actor=actor, subject=load.ref, at=at, **told, **named)
