"""Who would be reminded of what on a day, for a whole district in one statement."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from upstander.district.places.policies import HOLDS
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.content.schedules import Schedule
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.standing import OPEN, duties

PAGE = 25
# What is open on the day, one row a person, requirement and site; and the step of the schedule that was reached last.
# Who has no post any more is bound to nothing, so nobody who left is reminded.
ITEMS = f"""
    undone AS MATERIALIZED (
        SELECT DISTINCT derived.person_id, requirement_id, cycle_on, due_on, site_id
        FROM derived JOIN bound USING (requirement_id, person_id)
        WHERE {OPEN} AND derived.due_on IS NOT NULL AND (fulfilled_on IS NULL OR fulfilled_on > %(on)s)
    ),
    item AS MATERIALIZED (
        SELECT DISTINCT undone.person_id, undone.requirement_id, undone.cycle_on, undone.due_on, step.days
        FROM undone CROSS JOIN LATERAL (
            SELECT max(days) AS days FROM unnest(%(person_days)s::int[]) AS days WHERE due_on + days <= %(on)s
        ) step WHERE step.days IS NOT NULL
    )"""  # noqa: S608 - constants only
ADDRESS = "coalesce(nullif(person.email, ''), account.email, '')"
PERSON = """people_person person LEFT JOIN accounts_account account ON account.id = person.account_id"""
# One row a recipient, whatever they are told as: of their own, as who answers for a site, as who leads a region.
PLAN = f"""
    own AS (
        SELECT item.person_id, bool_or(told.id IS NULL) AS is_new, jsonb_agg(jsonb_build_object(
            'requirement', item.requirement_id, 'cycle_on', item.cycle_on, 'due_on', item.due_on, 'days', item.days)
            ORDER BY item.due_on, item.requirement_id) AS items
        FROM item LEFT JOIN compliance_reminder told ON told.district_id = %(district)s AND told.outcome = 'mailed'
            AND told.person_id = item.person_id AND told.requirement_id = item.requirement_id
            AND told.due_on = item.due_on AND told.days = item.days
        GROUP BY item.person_id
    ),
    late AS MATERIALIZED (
        SELECT DISTINCT undone.person_id, undone.site_id, undone.due_on + %(site_days)s <= %(on)s AS is_late,
            undone.due_on + %(region_days)s <= %(on)s AS is_very_late,
            item.person_id IS NOT NULL AND {ADDRESS} = '' AS is_unreached
        FROM undone JOIN {PERSON} ON person.id = undone.person_id LEFT JOIN gone ON gone.person_id = undone.person_id
        LEFT JOIN item ON item.person_id = undone.person_id AND item.requirement_id = undone.requirement_id
            AND item.due_on = undone.due_on
        WHERE gone.person_id IS NULL AND undone.site_id IS NOT NULL
    ),
    at_site AS (
        SELECT site_id, count(DISTINCT person_id) FILTER (WHERE is_late) AS late,
            count(DISTINCT person_id) FILTER (WHERE is_unreached) AS unreached
        FROM late GROUP BY site_id
    ),
    in_region AS (
        SELECT placed.region_id, count(DISTINCT person_id) AS late, count(DISTINCT late.site_id) AS sites
        FROM late JOIN places_siteregion placed ON placed.district_id = %(district)s AND placed.site_id = late.site_id
            AND {HOLDS.format(row="placed")}
        WHERE is_very_late GROUP BY placed.region_id
    ),
    holder AS (
        SELECT DISTINCT person_id, role, site_id, region_id FROM people_post post
        WHERE post.district_id = %(district)s AND post.role IN ('site_administrator', 'site_designee', 'region_lead')
            AND {HOLDS.format(row="post")}
    ),
    told_of AS (
        SELECT person_id, is_new, items, NULL::jsonb AS sites, NULL::jsonb AS regions FROM own
        UNION ALL
        SELECT holder.person_id, true, NULL, jsonb_agg(jsonb_build_object('ref', site.ref, 'name', site.name,
            'late', at_site.late, 'unreached', at_site.unreached) ORDER BY site.sort_key), NULL
        FROM (SELECT DISTINCT person_id, site_id FROM holder WHERE role <> 'region_lead') holder
        JOIN at_site USING (site_id) JOIN places_site site ON site.id = holder.site_id
        WHERE at_site.late > 0 AND %(tells_sites)s OR at_site.unreached > 0
        GROUP BY holder.person_id
        UNION ALL
        SELECT holder.person_id, true, NULL, NULL, jsonb_agg(jsonb_build_object('ref', region.ref,
            'name', region.name, 'late', in_region.late, 'sites', in_region.sites) ORDER BY region.name)
        FROM holder JOIN in_region USING (region_id) JOIN places_region region ON region.id = holder.region_id
        WHERE holder.role = 'region_lead' AND %(tells_regions)s GROUP BY holder.person_id
    ),
    each AS (
        SELECT person_id, bool_or(is_new) AS is_new,
            (jsonb_agg(items) FILTER (WHERE items IS NOT NULL))->0 AS items,
            (jsonb_agg(sites) FILTER (WHERE sites IS NOT NULL))->0 AS sites,
            (jsonb_agg(regions) FILTER (WHERE regions IS NOT NULL))->0 AS regions
        FROM told_of GROUP BY person_id
    ),
    plan AS MATERIALIZED (
        SELECT each.*, person.ref, person.given_name || ' ' || person.family_name AS name, person.sort_key,
            {ADDRESS} AS address, person.language,
            CASE WHEN gone.person_id IS NOT NULL THEN 'on_leave' WHEN {ADDRESS} = '' THEN 'no_address'
                WHEN recent.person_id IS NOT NULL THEN 'waits' ELSE 'mailed' END AS outcome
        FROM each JOIN {PERSON} ON person.id = each.person_id LEFT JOIN gone ON gone.person_id = each.person_id
        LEFT JOIN compliance_reminderdigest recent ON recent.district_id = %(district)s
            AND recent.person_id = each.person_id AND recent.sent_on <= %(on)s AND recent.free_on > %(on)s
        WHERE each.is_new
    )"""  # noqa: S608 - constants only
ROW = """
    SELECT person_id, ref, name, address, language, outcome, coalesce(items, '[]') AS items,
        coalesce(sites, '[]') AS sites, coalesce(regions, '[]') AS regions FROM plan"""
SUMS = "SELECT outcome, count(*) FROM plan GROUP BY outcome"
# People by the sites of their posts, those without a post at a site once more under no site; most first.
COUNTS = """
    SELECT coalesce(site.ref, ''), coalesce(site.name, ''), count(*) FILTER (WHERE outcome = 'mailed'),
        count(*) FILTER (WHERE outcome = 'waits'), count(*) FILTER (WHERE outcome = 'on_leave'),
        count(*) FILTER (WHERE outcome = 'no_address')
    FROM (
        SELECT DISTINCT plan.person_id, plan.outcome, post.site_id FROM plan LEFT JOIN people_post post
            ON post.district_id = %(district)s AND post.person_id = plan.person_id AND {post}
    ) counted LEFT JOIN places_site site ON site.id = counted.site_id
    GROUP BY site.id ORDER BY 3 DESC, site.sort_key NULLS LAST, site.id"""
OUTCOMES = ("mailed", "waits", "on_leave", "no_address")


@dataclass(frozen=True, slots=True)
class Told:
    """One recipient and all that one mail tells them; `outcome` is mailed, waits, on_leave or no_address.

    `items` are dictionaries with requirement (id), cycle_on, due_on (days as text) and days (the step); `sites` have
    ref, name, late and unreached; `regions` have ref, name, late and sites.
    """

    person_id: int
    ref: str
    name: str
    address: str
    language: str
    outcome: str
    items: list[dict[str, Any]]
    sites: list[dict[str, Any]]
    regions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SiteCount:
    """How many people with a post at one site would be mailed on the day, and how many not, and why."""

    ref: str
    name: str
    mailed: int
    waits: int
    on_leave: int
    no_address: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What one day would bring: the whole by outcome, each site, and the page of recipients that was asked for."""

    counts: dict[str, int]
    sites: list[SiteCount]
    recipients: list[Told]


def reminders_planned(*, actor: Actor, schedule: Schedule, on: dt.date) -> list[Told]:
    """Everyone whom `schedule` has something new to tell on `on`, by id, with why not. Needs `requirements.manage`."""
    asked = _asked(actor, schedule, on)
    if asked is None:
        return []
    tables, values = asked
    with planned(is_large=True) as cursor:
        cursor.execute(f"WITH {tables} {ROW} ORDER BY person_id", values)
        return [_told(row) for row in cursor.fetchall()]


def reminder_preview(*, actor: Actor, schedule: Schedule, on: dt.date, page: int = 1) -> Preview:
    """What `on` would bring by `schedule`: counts by site, and a page of those mailed. Sends and writes nothing.

    It takes today's ledger for that day's. Needs `requirements.manage` in the whole district.
    """
    asked = _asked(actor, schedule, on)
    if asked is None:
        return Preview(dict.fromkeys(OUTCOMES, 0), [], [])
    tables, values = asked
    values |= {"most": PAGE, "skip": (page - 1) * PAGE}
    listed = f"WITH {tables} {ROW} WHERE outcome = 'mailed' ORDER BY sort_key, person_id LIMIT %(most)s OFFSET %(skip)s"
    with planned(is_large=True) as cursor:
        cursor.execute(f"WITH {tables} {SUMS}", values)
        counts = dict.fromkeys(OUTCOMES, 0) | dict(cursor.fetchall())
        cursor.execute(f"WITH {tables} {COUNTS.format(post=HOLDS.format(row='post'))}", values)
        sites = [SiteCount(*row) for row in cursor.fetchall()]
        cursor.execute(listed, values)
        return Preview(counts, sites, [_told(row) for row in cursor.fetchall()])


def reminder_for(*, actor: Actor, schedule: Schedule, on: dt.date, ref: str) -> Told | None:
    """What one person (by ref) would be told on `on`, or None. Needs `requirements.manage` in the whole district."""
    asked = _asked(actor, schedule, on)
    if asked is None:
        return None
    tables, values = asked
    with planned(is_large=True) as cursor:
        cursor.execute(f"WITH {tables} {ROW} WHERE ref = %(ref)s", values | {"ref": ref})
        row = cursor.fetchone()
    return _told(row) if row else None


def open_items(*, actor: Actor, schedule: Schedule, on: dt.date) -> tuple[str, dict[str, Any]] | None:
    """The tables that end in `item` and `undone` on a day, with their values; None where nothing has due days.

    Asks for no capability: whoever reads on with them narrows to those they may see.
    """
    try:
        tables, values = duties(actor=actor, subject=None, on=on, known_at=None)
    except NotFound:
        return None
    return f"{tables}, {ITEMS}", values | {"person_days": list(schedule.person_days)}


def _told(row: Sequence[Any]) -> Told:
    *plain, items, sites, regions = row
    told: Any = Told  # the columns of ROW, in its order
    found: Told = told(*plain, *map(json.loads, (items, sites, regions)))
    return found


def _asked(actor: Actor, schedule: Schedule, on: dt.date) -> tuple[str, dict[str, Any]] | None:
    require(actor, "requirements.manage", Place(actor.district_id))
    found = open_items(actor=actor, schedule=schedule, on=on)
    if found is None:
        return None
    tables, values = found
    values |= {
        "tells_sites": schedule.site_days is not None,
        "site_days": schedule.site_days or 0,
        "tells_regions": schedule.region_days is not None,
        "region_days": schedule.region_days or 0,
    }
    return f"{tables}, {PLAN}", values
