"""How far the training has come: for any day, as it was known at any moment, in one statement.

A school is trained when at least the requirement's share of the people with a post there that day (one of its roles,
where it names some) held a completion that counted that day: of the training or one that fulfills it too, proved in an
accepted way, from the edition asked for. A school without staff on record stays in the denominator and is never
trained. A person with two posts at a school is one person there; with posts at two schools, one at each. Which schools
are secondary, and in which region, is read as of the same day. A school's grades are the ones the directory gives now:
they carry no dates.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from upstander.district.people.content import POSTS
from upstander.district.people.models import Post
from upstander.district.people.policies import (
    IN_A_REGION,
    OF_THE_DISTRICT,
    POSTS_AT_SITES,
    SEVERAL_POSTS,
    STAFF_IN_POST,
    WHOLE_ROLE,
)
from upstander.district.places.models import Site
from upstander.district.places.policies import SECONDARY_SITES
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Scope, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.compliance.policies.derived import ACCEPTED_BY_VALUES
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.requirements import Asked, held_against
from upstander.program.compliance.selectors.roles import parted

PAGE = 25
ORDERS = {
    "least": "(trained::numeric / NULLIF(staff, 0)) NULLS FIRST, sort_key, id",
    "most": "(trained::numeric / NULLIF(staff, 0)) DESC NULLS LAST, sort_key, id",
    "name": "sort_key, id",
}


STANDS = f"""{ACCEPTED_BY_VALUES}
    AND c.completed_on <= %(on)s AND c.recorded_at <= %(known_at)s
    AND c.id NOT IN (SELECT x.completion_id FROM compliance_retraction x WHERE x.recorded_at <= %(known_at)s)"""  # noqa: S608
COUNTS = f"{STANDS} AND c.expires_on > %(on)s"

# Most people have one post and count wherever it stands; those with several are told apart, to be one in each group.
ONCE = """
    SELECT {group}, is_done, people FROM {pile} WHERE person_id IS NULL {where}
    UNION ALL
    SELECT DISTINCT ON ({group}, person_id) {group}, is_done, 1 FROM {pile} WHERE person_id IS NOT NULL {where}"""
BY_WHOLE = f"(SELECT {WHOLE_ROLE} AS whole, site_id, is_done, person_id, people FROM pile) pile"  # noqa: S608
DONE = "coalesce(sum(people) FILTER (WHERE is_done), 0)::bigint"
OF_REGION = """site_id IN (
        SELECT id FROM school WHERE %(in_region)s IS NULL OR coalesce(region_ref, '') = %(in_region)s)"""
TALLY = f"""
    WITH school AS MATERIALIZED (
        SELECT s.id, s.ref, s.name, s.sort_key, g.id AS region_id, g.ref AS region_ref, g.name AS region_name
        FROM ({SECONDARY_SITES}) counted JOIN places_site s ON s.id = counted.site_id
        LEFT JOIN places_region g ON g.id = counted.region_id
        WHERE %(everywhere)s OR s.id = ANY(%(sites)s) OR counted.region_id = ANY(%(regions)s)
    ),
    staff AS (SELECT * FROM ({STAFF_IN_POST}) post WHERE site_id IN (SELECT id FROM school)),
    trained AS (
        SELECT DISTINCT c.person_id FROM compliance_completion c
        WHERE c.district_id = %(district)s AND {COUNTS}
    ),
    several AS MATERIALIZED ({SEVERAL_POSTS}),
    pile AS MATERIALIZED (
        SELECT site_id, role, person_id IN (SELECT person_id FROM trained) AS is_done,
            CASE WHEN person_id IN (SELECT person_id FROM several) THEN person_id END AS person_id, count(*) AS people
        FROM ({POSTS_AT_SITES}) post WHERE site_id IN (SELECT id FROM school) GROUP BY 1, 2, 3, 4
    ),
    counted AS MATERIALIZED (
        SELECT site_id, sum(people)::bigint AS staff, {DONE} AS trained
        FROM ({ONCE.format(group="site_id", where="", pile="pile")}) each GROUP BY site_id
    ),
    tally AS MATERIALIZED (
        SELECT school.*, coalesce(counted.staff, 0) AS staff, coalesce(counted.trained, 0) AS trained,
               coalesce(counted.trained * 100 >= counted.staff * %(threshold)s, false) AS is_trained
        FROM school LEFT JOIN counted ON counted.site_id = school.id
    )"""  # noqa: S608 - composed of constants only

SUMS = """count(*), count(*) FILTER (WHERE is_trained), count(*) FILTER (WHERE staff = 0),
          coalesce(sum(staff), 0)::bigint, coalesce(sum(trained), 0)::bigint"""

BOARD = f"""{TALLY}
    SELECT 'all' AS kind, '' AS ref, '' AS name, '' AS region, {SUMS} FROM tally
    UNION ALL (
        SELECT 'region', coalesce(region_ref, ''), coalesce(region_name, ''), '', {SUMS}
        FROM tally GROUP BY region_id, region_ref, region_name ORDER BY region_name NULLS LAST
    )
    UNION ALL
    SELECT 'role', role, '', '', 0, 0, 0, sum(people)::bigint, {DONE}
    FROM ({ONCE.format(group="role", where=f"AND {OF_REGION}", pile="pile")}) each GROUP BY role
    UNION ALL
    SELECT 'whole', whole, '', '', 0, 0, 0, sum(people)::bigint, {DONE}
    FROM ({ONCE.format(group="whole", where=f"AND {OF_REGION}", pile=BY_WHOLE)}) each GROUP BY whole
    UNION ALL (
        SELECT 'school', ref, name, coalesce(region_name, ''), 1, is_trained::int, (staff = 0)::int, staff, trained
        FROM tally WHERE %(in_region)s IS NULL OR coalesce(region_ref, '') = %(in_region)s
        ORDER BY {{order}} LIMIT %(most)s OFFSET %(skip)s
    )"""  # noqa: S608 - composed of constants only


@dataclass(frozen=True, slots=True)
class Line:
    """Counts of one school, one region, one role, or all. `no_staff_count` schools have nobody on record that day.

    A role is counted by people alone, and somebody with two roles in both.
    """

    ref: str
    name: str
    region: str
    school_count: int
    trained_count: int
    no_staff_count: int
    staff: int
    trained_staff: int

    @property
    def percent(self) -> int:
        """Trained staff of a hundred, rounded down: 79.9 % is never shown as 80."""
        return self.trained_staff * 100 // self.staff if self.staff else 0

    def short_of(self, threshold_percent: int) -> int:
        """How many more people have to complete the training until the threshold is reached."""
        needed = -(-self.staff * threshold_percent // 100)
        return max(needed - self.trained_staff, 0)

    @property
    def is_trained(self) -> bool:
        """For the line of one school."""
        return self.trained_count == 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which schools to list: one region's or all, in an order of `ORDERS`, from the `page`th (1, 2, ...) on."""

    order: str = "least"
    region_ref: str | None = None
    page: int = 1
    size: int | None = PAGE  # None lists every school


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole within the actor's reach, each region, each role that is asked, and the page of schools.

    Roles are those of the region that was asked for; one that nobody holds is there with zeros. `wholes` are those of
    which somebody there holds a part, with everybody who holds the role or a part of it counted once.
    """

    whole: Line
    regions: list[Line]
    roles: list[Line]
    wholes: list[Line]
    schools: list[Line]


def coverage(
    *, actor: Actor, on: dt.date, known_at: dt.datetime, asked: Asked, wanted: Wanted | None = None
) -> Coverage:
    """Coverage on the day `on` by the requirement `asked`, as known at `known_at`, where `coverage.read` reaches."""
    return _counted(_reach(actor), on, known_at, asked, wanted or Wanted())


def school_coverage(*, actor: Actor, site: Site, on: dt.date, known_at: dt.datetime, asked: Asked) -> Line | None:
    """One school's line, or None when it does not count as secondary that day. Raises NotAllowed out of reach."""
    require(actor, "coverage.read", place_of(actor=actor, site=site, on=on))
    only = {"district": actor.district_id, "everywhere": False, "sites": [site.pk], "regions": []}
    return next(iter(_counted(only, on, known_at, asked, Wanted()).schools), None)


def _counted(reach: dict[str, Any], on: dt.date, known_at: dt.datetime, asked: Asked, wanted: Wanted) -> Coverage:
    values = reach | {
        "on": on,
        "known_at": known_at,
        **held_against(asked),
        "threshold": asked.threshold_percent,
        "in_region": wanted.region_ref,
        "most": wanted.size,
        "skip": (wanted.page - 1) * (wanted.size or 0),
    }
    with planned(is_large=True) as cursor:
        cursor.execute(BOARD.format(order=ORDERS[wanted.order]), values)
        rows = [(kind, Line(*rest)) for kind, *rest in cursor.fetchall()]
    kinds = ("all", "region", "role", "whole", "school")
    lines = {kind: [line for found, line in rows if found == kind] for kind in kinds}
    roles, wholes = lines["role"], parted(lines["role"], lines["whole"])
    return Coverage(lines["all"][0], lines["region"], _every_role(roles, asked), wholes, lines["school"])


def _every_role(lines: list[Line], asked: Asked) -> list[Line]:
    """Also those that nobody holds, in the order of the posts: a role is never left out for want of people.

    Parts of a role that the requirement does not name are there only where the district parts it.
    """
    held = {line.ref: line for line in lines}
    whole = [role for role in Post.Role.values if not POSTS[role].part_of]
    bound = asked.roles or [role for role in whole if role not in IN_A_REGION | OF_THE_DISTRICT]
    return [held.get(role, Line(role, "", "", 0, 0, 0, 0, 0)) for role in Post.Role.values if role in {*bound, *held}]


def _reach(actor: Actor) -> dict[str, Any]:
    reach: Scope = scope(actor, "coverage.read")
    if reach.is_empty:
        raise NotAllowed("coverage.read")
    return {
        "district": actor.district_id,
        "everywhere": reach.everywhere,
        "sites": list(reach.site_ids),
        "regions": list(reach.region_ids),
    }
