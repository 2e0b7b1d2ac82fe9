"""What an auditor pack holds, read from rows that carry their own dates, and in an order that nothing can change.

Refs and no names: a name can change or be erased, and a pack has to come out the same all the same. Who may see names
reads them in a second list, beside the pack.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.policies.derived import ACCEPTED_BY_ROW
from upstander.program.compliance.selectors.coverage import COUNTS, TALLY, Line, Wanted, coverage
from upstander.program.compliance.selectors.due_board import Tally, Which, due_counts
from upstander.program.compliance.selectors.packs.recipes import NEWEST
from upstander.program.compliance.selectors.planned import planned
from upstander.program.compliance.selectors.requirements import (
    Asked,
    held_against,
    requirements_due,
    requirements_of_schools,
)
from upstander.program.compliance.selectors.standing import question

# One row a person; the completion is the first recorded of those that count for the day, so that it never changes.
DUE_PEOPLE = """
    WITH {tables},
    one AS MATERIALIZED (
        SELECT standing.person_id, requirement_id, state, standing.due_on,
            CASE WHEN state = 'done' THEN standing.fulfilled_on END AS done_on,
            coalesce(string_agg(DISTINCT site.ref, ' '), '') AS sites
        FROM standing LEFT JOIN places_site site ON site.id = standing.site_id
        JOIN derived ON derived.person_id = standing.person_id
            AND derived.starts_on <= %(on)s AND (derived.ends_on IS NULL OR derived.ends_on > %(on)s)
        GROUP BY standing.person_id, requirement_id, state, standing.due_on, standing.fulfilled_on
    ),
    proof AS MATERIALIZED (
        SELECT DISTINCT ON (c.person_id) c.person_id, c.ref, c.evidence_kind, c.evidence_ref
        FROM one JOIN asked USING (requirement_id)
        JOIN compliance_completion c ON c.person_id = one.person_id AND c.completed_on = one.done_on
            AND {accepted}
        WHERE c.district_id = %(district)s AND c.recorded_at <= %(known_at)s
            AND NOT EXISTS (SELECT FROM compliance_retraction x WHERE x.district_id = c.district_id
                AND x.completion_id = c.id AND x.recorded_at <= %(known_at)s)
        ORDER BY c.person_id, c.id
    )
    SELECT person.ref, sites, state, due_on, done_on, NULL::date, proof.ref, evidence_kind, evidence_ref
    FROM one JOIN people_person person ON person.id = one.person_id
    LEFT JOIN proof ON proof.person_id = one.person_id"""
ROLLING_PEOPLE = f"""{TALLY},
    proof AS MATERIALIZED (
        SELECT DISTINCT ON (c.person_id) c.person_id, c.completed_on, c.expires_on, c.ref, c.evidence_kind,
            c.evidence_ref
        FROM compliance_completion c
        WHERE c.district_id = %(district)s AND {COUNTS}
        ORDER BY c.person_id, c.expires_on DESC, c.id
    ),
    one AS MATERIALIZED (
        SELECT staff.person_id, string_agg(DISTINCT school.ref, ' ') AS sites
        FROM staff JOIN school ON school.id = staff.site_id GROUP BY staff.person_id
    )
    SELECT person.ref, sites, CASE WHEN proof.ref IS NULL THEN 'open' ELSE 'done' END, NULL::date, completed_on,
        expires_on - 1, proof.ref, evidence_kind, evidence_ref
    FROM one JOIN people_person person ON person.id = one.person_id
    LEFT JOIN proof ON proof.person_id = one.person_id"""  # noqa: S608 - constants only
KEYS = """
    SELECT 'person', ref, staff_number, given_name || ' ' || family_name FROM people_person
    UNION ALL SELECT 'site', ref, code, name FROM places_site ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Question:
    """What a pack answers: a day, as known at a moment, in a language; and what goes into it (see `recipes`)."""

    on: dt.date
    known_at: dt.datetime
    language: str
    recipe: int = NEWEST


@dataclass(frozen=True, slots=True)
class Person:
    """How one person stands with one training: done, due, grace, overdue or excused; open where nothing is due."""

    ref: str
    sites: str  # refs, parted by blanks
    state: str
    due_on: dt.date | None
    completed_on: dt.date | None
    counts_through: dt.date | None
    completion: str | None
    evidence_kind: str | None
    evidence_ref: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """One training: what is asked, everyone whom it binds, every site it is counted at, every role held, the whole."""

    asked: Asked
    people: list[Person]
    sites: list[Line] | list[Tally]
    roles: list[Line] | list[Tally]
    whole: Line | Tally


def parts(*, actor: Actor, of: Question) -> list[Callable[[], Counted]]:
    """One count for each training in force on the day, to be called in turn: each takes seconds in a large district.

    Needs `proof.pack` in the whole district, and what it is made of.
    """
    require(actor, "proof.pack", Place(actor.district_id))
    covered = requirements_of_schools(actor=actor, on=of.on, known_at=of.known_at, language=of.language)
    due = requirements_due(actor=actor, on=of.on, known_at=of.known_at, language=of.language)
    return [
        *(partial(_rolling, actor, of, asked) for asked in covered),
        *(partial(_due, actor, of, asked) for asked in due),
    ]


def versions(*, actor: Actor, of: Question) -> list[Requirement]:
    """Every row of every requirement that was in the books at the moment, the replaced ones too. Needs `proof.pack`."""
    require(actor, "proof.pack", Place(actor.district_id))
    rows = Requirement.objects.filter(recorded_at__lte=of.known_at)
    return list(rows.order_by("subject", "starts_on", "recorded_at", "ref"))


def names_now(*, actor: Actor) -> list[tuple[str, str, str, str]]:
    """Kind, ref, number and today's name of every person and site. Needs `people.read` in the whole district."""
    require(actor, "people.read", Place(actor.district_id))
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        return [(kind, ref, number, name) for kind, ref, number, name in cursor.fetchall()]


def rolling_people(*, actor: Actor, asked: Asked | Requirement, on: dt.date, known_at: dt.datetime) -> list[Person]:
    """Everyone asked at a secondary school on the day, and whether a completion counts. Needs `coverage.read`
    in the whole district.
    """
    require(actor, "coverage.read", Place(actor.district_id))
    values = {"district": actor.district_id, "on": on, "known_at": known_at, **held_against(asked)}
    return _people(ROLLING_PEOPLE, values | {"everywhere": True, "sites": [], "regions": [], "threshold": 100})


def _rolling(actor: Actor, of: Question, asked: Asked) -> Counted:
    all_sites = Wanted(order="name", size=None)
    found = coverage(actor=actor, on=of.on, known_at=of.known_at, asked=asked, wanted=all_sites)
    people = rolling_people(actor=actor, asked=asked, on=of.on, known_at=of.known_at)
    # A role that nobody holds is not there: the list of roles may grow, and a pack comes out the same.
    roles = sorted((line for line in found.roles if line.staff), key=_ref)
    return Counted(asked, people, sorted(found.schools, key=_ref), roles, found.whole)


def _due(actor: Actor, of: Question, asked: Asked) -> Counted:
    found = due_counts(actor=actor, asked=asked, on=of.on, known_at=of.known_at, which=Which(order="name", size=None))
    tables, values = question(actor=actor, subject=asked.subject, on=of.on, known_at=of.known_at)
    people = _people(DUE_PEOPLE.format(tables=tables, accepted=ACCEPTED_BY_ROW), values)
    return Counted(asked, people, sorted(found.sites, key=_ref), sorted(found.roles, key=_ref), found.whole)


def _people(statement: str, values: dict[str, Any]) -> list[Person]:
    with planned(is_large=True) as cursor:
        cursor.execute(statement, values)
        # Sorted here: the order of a database depends on its collation.
        found = [Person(ref, " ".join(sorted(sites.split())), *rest) for ref, sites, *rest in cursor.fetchall()]
    return sorted(found, key=_ref)


def _ref(line: Line | Tally | Person) -> str:
    return line.ref
