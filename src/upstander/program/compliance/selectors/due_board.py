"""The board of due days: how many of how many, by school, region and role; in one statement."""

import datetime as dt
from dataclasses import dataclass

from upstander.district.people.policies import SEVERAL_POSTS, WHOLE_ROLE
from upstander.district.places.policies import HOLDS, SECONDARY_SITES
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.compliance.policies.derived import STATE
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.requirements import Asked
from upstander.program.compliance.selectors.roles import parted
from upstander.program.compliance.selectors.standing import OPEN, duties

PAGE = 25
SOON_DAYS = 7
# What is told of any group of people. Those on leave stand apart: they are not counted among the staff.
SUMS = """
    coalesce(sum({n}) FILTER (WHERE state <> 'excused'), 0)::int AS staff,
    coalesce(sum({n}) FILTER (WHERE state = 'done'), 0)::int AS done,
    coalesce(sum({n}) FILTER (WHERE is_soon), 0)::int AS soon,
    coalesce(sum({n}) FILTER (WHERE state = 'overdue'), 0)::int AS overdue,
    coalesce(sum({n}) FILTER (WHERE state = 'grace'), 0)::int AS fresh,
    coalesce(sum({n}) FILTER (WHERE state = 'excused'), 0)::int AS away"""
# The sites of an audience on a day. A site without anyone in post is listed too: it is never left out for want of rows.
ACTIVE = f"""
    SELECT site.id AS site_id, placed.region_id FROM places_site site
    JOIN places_sitestatus state ON state.district_id = site.district_id AND state.site_id = site.id
        AND state.status = 'active' AND {HOLDS.format(row="state")}
    LEFT JOIN places_siteregion placed ON placed.district_id = site.district_id AND placed.site_id = site.id
        AND {HOLDS.format(row="placed")}
    WHERE site.district_id = %(district)s"""  # noqa: S608 - constants only
SITES = {
    "all_staff": ACTIVE,
    "work_site_staff": f"{ACTIVE} AND site.kind <> 'school'",
    "secondary_staff": SECONDARY_SITES,
}
ORDERS = {
    "overdue": "overdue DESC, (done::numeric / NULLIF(staff, 0)) NULLS FIRST, sort_key, id",
    "least": "(done::numeric / NULLIF(staff, 0)) NULLS FIRST, sort_key, id",
    "name": "sort_key, id",
}
ASKED_REGION = "(%(in_region)s IS NULL OR region_ref = %(in_region)s)"
# Each person is one in every group: in the whole, in a region, at a site, among those with a role. Most have one post
# and count everywhere; only of the few with several is it asked which of their posts is the first of its group. People
# are counted together by numbers first, and names are looked up for the few hundred groups that are left. Who has
# several posts is told from all posts of the day: who has one that is not asked here only costs a second look.
BOARD = f"""
    WITH {{tables}},
    site AS MATERIALIZED (
        SELECT s.id, s.ref, s.name, s.sort_key, coalesce(g.ref, '') AS region_ref, coalesce(g.name, '') AS region_name
        FROM ({{sites}}) asked_sites JOIN places_site s ON s.id = asked_sites.site_id
        LEFT JOIN places_region g ON g.id = asked_sites.region_id
        WHERE %(all_sites)s OR s.id = ANY(%(sites)s) OR asked_sites.region_id = ANY(%(regions)s)
    ),
    several AS MATERIALIZED ({SEVERAL_POSTS}),
    pile AS MATERIALIZED (
        SELECT site_id, role, {STATE} AS state, due_on < %(on)s + %(soon)s AS is_near,
            CASE WHEN has_several THEN person_id END AS person_id, count(*)::int AS people
        FROM (
            SELECT derived.*, site_id, role, person_id IN (SELECT person_id FROM gone) AS is_away,
                person_id IN (SELECT person_id FROM several) AS has_several
            FROM derived JOIN bound USING (requirement_id, person_id)
            WHERE {OPEN} AND (%(all_sites)s OR site_id IN (SELECT id FROM site))
        ) duty
        GROUP BY 1, 2, 3, 4, 5
    ),
    cell AS MATERIALIZED (
        SELECT each.*, region_ref, state IN ('due', 'grace') AND is_near AS is_soon
        FROM (
            SELECT site_id, role, state, is_near, people AS in_all, people AS in_region, people AS in_site,
                people AS in_role, people AS in_whole
            FROM pile WHERE person_id IS NULL
            UNION ALL
            SELECT site_id, role, state, is_near,
                (row_number() OVER (PARTITION BY person_id) = 1)::int,
                (row_number() OVER (PARTITION BY person_id, region_ref) = 1)::int,
                (row_number() OVER (PARTITION BY person_id, site_id) = 1)::int,
                (row_number() OVER (PARTITION BY person_id, role, {ASKED_REGION}) = 1)::int,
                (row_number() OVER (PARTITION BY person_id, {WHOLE_ROLE}, {ASKED_REGION}) = 1)::int
            FROM pile LEFT JOIN site ON site.id = pile.site_id WHERE person_id IS NOT NULL
        ) each LEFT JOIN site ON site.id = each.site_id
    ),
    line AS MATERIALIZED (
        SELECT site.*, coalesce(staff, 0) AS staff, coalesce(done, 0) AS done, coalesce(soon, 0) AS soon,
            coalesce(overdue, 0) AS overdue, coalesce(fresh, 0) AS fresh, coalesce(away, 0) AS away
        FROM site LEFT JOIN (
            SELECT site_id, {SUMS.format(n="in_site")} FROM cell GROUP BY site_id
        ) tally ON tally.site_id = site.id
    ),
    sums AS MATERIALIZED (
        SELECT region_ref, region_name, count(*) AS sites, count(*) FILTER (WHERE done = 0) AS empty
        FROM line GROUP BY region_ref, region_name
    )
    SELECT 'all', '', '', '', {SUMS.format(n="in_all")}, (SELECT coalesce(sum(empty), 0)::int FROM sums),
        (SELECT coalesce(sum(sites), 0)::int FROM sums)
    FROM cell
    UNION ALL (
        SELECT 'region', sums.region_ref, region_name, '', coalesce(staff, 0), coalesce(done, 0), coalesce(soon, 0),
            coalesce(overdue, 0), coalesce(fresh, 0), coalesce(away, 0), empty, sites
        FROM sums LEFT JOIN (
            SELECT region_ref, {SUMS.format(n="in_region")} FROM cell GROUP BY region_ref
        ) region ON region.region_ref = sums.region_ref ORDER BY region_name = '', region_name
    )
    UNION ALL (
        SELECT 'role', role, '', '', {SUMS.format(n="in_role")}, 0, 0 FROM cell WHERE {ASKED_REGION}
        GROUP BY role ORDER BY role
    )
    UNION ALL
    SELECT 'whole', {WHOLE_ROLE}, '', '', {SUMS.format(n="in_whole")}, 0, 0 FROM cell WHERE {ASKED_REGION} GROUP BY 2
    UNION ALL (
        SELECT 'site', ref, name, region_name, staff, done, soon, overdue, fresh, away, (done = 0)::int, 1 FROM line
        WHERE %(in_region)s IS NULL OR region_ref = %(in_region)s
        ORDER BY {{order}} LIMIT %(most)s OFFSET %(skip)s
    )"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one group on a day. Who is on leave stands apart; `soon` is due within the next seven days."""

    ref: str  # of the region or site; for a role its key
    name: str
    region: str
    staff: int
    done: int
    soon: int
    overdue: int
    fresh: int  # hired in this cycle, and still in their days of grace
    away: int
    empty_count: int  # at how many of the sites nobody has done it
    site_count: int

    @property
    def percent(self) -> int:
        """Of a hundred, rounded down: 99.9 % is never shown as all."""
        return self.done * 100 // self.staff if self.staff else 0


@dataclass(frozen=True, slots=True)
class DueCounts:
    """The whole within reach, each region, each role of the region asked for, and the page of its sites.

    `wholes` are the roles of which somebody holds a part, with everybody of role or part counted once.
    """

    whole: Tally
    regions: list[Tally]
    roles: list[Tally]
    wholes: list[Tally]
    sites: list[Tally]


@dataclass(frozen=True, slots=True)
class Which:
    """Which sites to list, and in what order; `size` None lists all of them."""

    order: str = "overdue"
    region_ref: str | None = None
    page: int = 1
    size: int | None = PAGE


def due_counts(
    *, actor: Actor, asked: Asked, on: dt.date, known_at: dt.datetime | None, which: Which | None = None
) -> DueCounts:
    """Counts on the day, where `coverage.read` reaches. Raises NotAllowed where it reaches nowhere."""
    reach, which = scope(actor, "coverage.read"), which or Which()
    if reach.is_empty:
        raise NotAllowed("coverage.read")
    tables, values = duties(actor=actor, subject=asked.subject, on=on, known_at=known_at)
    values |= {
        "all_sites": reach.everywhere,
        "sites": list(reach.site_ids),
        "regions": list(reach.region_ids),
        "soon": SOON_DAYS,
        "in_region": which.region_ref,
        "most": which.size,
        "skip": (which.page - 1) * (which.size or 0),
    }
    with planned(is_large=True) as cursor:
        cursor.execute(BOARD.format(tables=tables, sites=SITES[asked.audience], order=ORDERS[which.order]), values)
        rows = [(kind, Tally(*rest)) for kind, *rest in cursor.fetchall()]
    kinds = ("all", "region", "role", "whole", "site")
    found = {kind: [line for of, line in rows if of == kind] for kind in kinds}
    wholes = parted(found["role"], found["whole"])
    return DueCounts(found["all"][0], found["region"], found["role"], wholes, found["site"])
