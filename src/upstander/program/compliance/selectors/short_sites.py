"""Sites that would not count as trained on a day: what a year plan is made from. One statement for each requirement."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from upstander.district.people.policies import POSTS_AT_SITES
from upstander.district.places.models import SchoolYear
from upstander.district.places.policies import held_on
from upstander.engines.obligations import Cadence
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.selectors.coverage import STANDS
from upstander.program.compliance.selectors.due_board import SITES
from upstander.program.compliance.selectors.requirements import fulfilled_by, held_against

# A completion counts until it runs out or, where each school year asks anew, if it belongs to this one. A school
# without anyone on record is still to be trained; at a work site without anyone there is nobody to train. People are
# told apart by all kinds of post that they hold at the site, so that nobody is counted twice.
SHORT = f"""
    WITH asked AS MATERIALIZED (SELECT DISTINCT site_id FROM ({{sites}}) each),
    staff AS (
        SELECT site_id, person_id, string_agg(DISTINCT role, ' ' ORDER BY role) AS roles FROM ({POSTS_AT_SITES}) post
        WHERE site_id IN (SELECT site_id FROM asked) GROUP BY site_id, person_id
    ),
    trained AS (
        SELECT DISTINCT c.person_id FROM compliance_completion c
        WHERE c.district_id = %(district)s AND {STANDS}
            AND CASE WHEN %(since)s::date IS NULL THEN c.expires_on > %(on)s ELSE c.completed_on >= %(since)s END
    ),
    counted AS (
        SELECT asked.site_id, staff.roles,
            count(staff.person_id)::int AS staff, count(trained.person_id)::int AS trained
        FROM asked LEFT JOIN staff ON staff.site_id = asked.site_id
        LEFT JOIN trained ON trained.person_id = staff.person_id GROUP BY asked.site_id, staff.roles
    )
    SELECT s.id, s.ref, array_agg(counted.roles ORDER BY counted.roles),
        array_agg(counted.staff ORDER BY counted.roles), array_agg(counted.trained ORDER BY counted.roles)
    FROM counted JOIN places_site s ON s.id = counted.site_id
    GROUP BY s.id, s.ref, s.kind
    HAVING sum(counted.trained) * 100 < sum(counted.staff) * %(threshold)s
        OR (sum(counted.staff) = 0 AND s.kind = 'school')"""  # noqa: S608 - composed of constants only


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """Those of a site's staff who hold the same kinds of post there: how many, and how many of them are trained."""

    roles: tuple[str, ...]
    staff: int
    trained: int


@dataclass(frozen=True, slots=True)
class ShortSite:
    """A site that must be trained and is not, and how many of its people still have to be (0: nobody is on record).

    `groups` are those people and all others of its staff; it counts as trained from `threshold_percent` on.
    """

    site_id: int
    ref: str
    groups: tuple[StaffGroup, ...]
    threshold_percent: int

    @property
    def untrained(self) -> int:
        """How many are left to train."""
        return sum(group.staff - group.trained for group in self.groups)


def short_sites(*, actor: Actor, subject: str, year: SchoolYear, known_at: dt.datetime) -> list[ShortSite] | None:
    """The sites that on the last day of the year would fall short of any requirement that this training fulfills.

    Requirements of every audience, role and cadence count; a site that falls short of several is listed once, with
    the largest number. None when no requirement asks for the training. Needs `coverage.read` in the whole district.
    """
    require(actor, "coverage.read", Place(actor.district_id))
    last = year.ends_on - dt.timedelta(days=1)
    asking = Requirement.objects.filter(held_on(last, known_at), fulfilled_by(subject), district_id=actor.district_id)
    rows = list(asking)
    found: dict[int, ShortSite] = {}
    for row in rows:
        for site in _short_of(actor, row, year, last, known_at):
            if site.site_id not in found or found[site.site_id].untrained < site.untrained:
                found[site.site_id] = site
    return list(found.values()) if rows else None


def _short_of(
    actor: Actor, row: Requirement, year: SchoolYear, last: dt.date, known_at: dt.datetime
) -> list[ShortSite]:
    opens = year.starts_on - dt.timedelta(days=row.opens_days)
    values: dict[str, Any] = {
        "district": actor.district_id,
        "on": last,
        "known_at": known_at,
        **held_against(row),
        "since": opens if row.cadence == Cadence.SCHOOL_YEAR else None,
        "threshold": row.threshold_percent,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHORT.format(sites=SITES[row.audience]), values)
        return [ShortSite(site, ref, _groups(*each), row.threshold_percent) for site, ref, *each in cursor.fetchall()]


def _groups(roles: list[str | None], staff: list[int], trained: list[int]) -> tuple[StaffGroup, ...]:
    """Of a school without anyone on record there is none."""
    counted = zip(roles, staff, trained, strict=True)
    return tuple(StaffGroup(tuple(held.split()), all_of, done) for held, all_of, done in counted if held is not None)
