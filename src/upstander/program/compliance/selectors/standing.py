"""How each person stands with a requirement that has due days; on any day, as known at any moment."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from upstander.district.places.models import Site
from upstander.district.places.policies import HOLDS
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.program.compliance.policies.derived import ASKED, STATE
from upstander.program.compliance.policies.touched import ALL_TOUCHED, TOUCHED, of_touched
from upstander.program.compliance.selectors.obligations import Derivation, derivation
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.requirements import Asked

COLUMNS = "requirement_id, person_id, cycle_on, starts_on, ends_on, begins_on, due_on, fulfilled_on"
KEPT_ROWS = f"""
    SELECT {COLUMNS} FROM compliance_obligation kept
    WHERE kept.district_id = %(district)s AND kept.requirement_id = ANY(%(requirements)s) {{cycles}}"""  # noqa: S608
# What is kept says what is known now.
KEPT = f"{ASKED}, derived AS ({KEPT_ROWS})"
# For a moment long ago it says the same of all whose rows have not changed since: only the others are derived anew. One
# statement sees one state of the books, so nothing can change between telling who they are and reading what is kept.
KNOWN_THEN = f"""{ASKED},
    touched AS MATERIALIZED ({TOUCHED}),
    derived AS (
        {KEPT_ROWS} AND kept.person_id NOT IN (SELECT person_id FROM touched)
        UNION ALL (WITH {{anew}} SELECT {COLUMNS} FROM derived)
    )"""  # noqa: S608 - constants only
OF_CYCLES = "AND kept.cycle_on = ANY(%(cycle_days)s)"  # an index leads to them
GONE = f"""
    gone AS MATERIALIZED (
        SELECT DISTINCT leave.person_id FROM people_leave leave
        WHERE leave.district_id = %(district)s AND {HOLDS.format(row="leave")}
    )"""  # noqa: S608 - constants only
OPEN = "derived.starts_on <= %(on)s AND (derived.ends_on IS NULL OR derived.ends_on > %(on)s)"
# One row per binding post on the day. A person's state is the same in all of them.
STANDING = f"""
    standing AS MATERIALIZED (
        SELECT person_id, site_id, role, due_on, fulfilled_on, {STATE} AS state
        FROM (
            SELECT bound.site_id, bound.role, derived.*, gone.person_id IS NOT NULL AS is_away
            FROM derived JOIN bound USING (requirement_id, person_id) LEFT JOIN gone USING (person_id) WHERE {OPEN}
        ) duty
    )"""  # noqa: S608 - constants only
EVERYONE = "SELECT DISTINCT person_id, state, due_on, fulfilled_on FROM standing ORDER BY person_id"
# Most have one role at a site; only of the others are roles put together. Keys for sorting are plain letters: their
# bytes are their order, and a language's own rules, or comparing names of sites a million times, would take longest.
PEOPLE = """,
    one AS MATERIALIZED (
        SELECT person_id, site_id, state, due_on, fulfilled_on, count(*) AS posts, min(role) AS role
        FROM standing WHERE %(one_site)s IS NULL OR site_id = %(one_site)s
        GROUP BY person_id, site_id, state, due_on, fulfilled_on
    ),
    several AS (
        SELECT person_id, one.site_id, string_agg(DISTINCT standing.role, ',' ORDER BY standing.role) AS roles
        FROM one JOIN standing USING (person_id)
        WHERE posts > 1 AND standing.site_id IS NOT DISTINCT FROM one.site_id GROUP BY person_id, one.site_id
    )
    SELECT person.ref, person.staff_number, person.given_name || ' ' || person.family_name,
        coalesce(several.roles, one.role), state, due_on, CASE WHEN state = 'done' THEN fulfilled_on END,
        coalesce(site.name, '')
    FROM one JOIN people_person person ON person.district_id = %(district)s AND person.id = one.person_id
    LEFT JOIN (
        SELECT id, name, row_number() OVER (ORDER BY sort_key COLLATE "C", id) AS place
        FROM places_site WHERE district_id = %(district)s
    ) site ON site.id = one.site_id
    LEFT JOIN several ON several.person_id = one.person_id AND several.site_id IS NOT DISTINCT FROM one.site_id
    ORDER BY site.place, person.sort_key COLLATE "C", person.id"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One person and one requirement on a day: done, due, grace, overdue or excused."""

    person_id: int
    state: str
    due_on: dt.date | None
    fulfilled_on: dt.date | None


class PersonStanding(NamedTuple):
    """One person at one site on a day, by name; `roles` are joined by commas."""

    ref: str
    staff_number: str
    name: str
    roles: str
    state: str
    due_on: dt.date | None
    fulfilled_on: dt.date | None
    site: str


def standings(*, actor: Actor, subject: str, on: dt.date, known_at: dt.datetime | None) -> list[Standing]:
    """Everyone bound on the day, by id. Needs `coverage.read` in the whole district."""
    if not scope(actor, "coverage.read").everywhere:
        raise NotAllowed("coverage.read")
    tables, values = question(actor=actor, subject=subject, on=on, known_at=known_at)
    with planned(is_large=True) as cursor:
        cursor.execute(f"WITH {tables} {EVERYONE}", values)
        return [Standing(*row) for row in cursor.fetchall()]


def people_due(
    *,
    actor: Actor,
    asked: Asked,
    on: dt.date,
    today: dt.date,
    known_at: dt.datetime | None,
    site: Site | None = None,
) -> list[PersonStanding]:
    """Everyone bound on the day by name, at one site or everywhere. Needs `people.read` there `today`."""
    require(actor, "people.read", place_of(actor=actor, site=site, on=today) if site else Place(actor.district_id))
    tables, values = question(actor=actor, subject=asked.subject, on=on, known_at=known_at)
    with planned(is_large=True) as cursor:
        cursor.execute(f"WITH {tables} {PEOPLE}", values | {"one_site": site.pk if site else None})
        return list(map(PersonStanding._make, cursor.fetchall()))


def question(
    *, actor: Actor, subject: str, on: dt.date, known_at: dt.datetime | None, from_nothing: bool = False
) -> tuple[str, dict[str, Any]]:
    """The tables that end in `standing`, and their values. Raises NotFound when the subject never had due days."""
    tables, values = duties(actor=actor, subject=subject, on=on, known_at=known_at, from_nothing=from_nothing)
    return f"{tables}, {STANDING}", values


def duties(
    *, actor: Actor, subject: str | None, on: dt.date, known_at: dt.datetime | None, from_nothing: bool = False
) -> tuple[str, dict[str, Any]]:
    """What `standing` is made of: the tables `derived`, `bound` and `gone` of the day, and their values.

    Without a subject of all there are; `from_nothing` for what is written and not kept yet. Raises NotFound when the
    subject, or nothing, ever had due days.
    """
    derive = derivation(actor=actor, known_at=known_at, only=subject, on=on)
    if derive is None:
        raise NotFound("requirement")
    values = derive.values | {"subject": subject}
    derived = derive.tables if from_nothing else _derived(derive, values, known_at)
    return f"{derived}, {derive.bound}, {GONE}", values


def _derived(derive: Derivation, values: dict[str, Any], known_at: dt.datetime | None) -> str:
    cycles = "" if derive.goes_by_hire else OF_CYCLES
    if known_at is None:
        return KEPT.format(cycles=cycles)
    with connection.cursor() as cursor:
        # Which is faster; a change from here on makes the answer slower, and never another.
        cursor.execute(f"SELECT {ALL_TOUCHED}", values)
        (is_everyone,) = cursor.fetchone()
    return derive.tables if is_everyone else KNOWN_THEN.format(cycles=cycles, anew=of_touched(derive.tables))
