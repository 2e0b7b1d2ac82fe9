"""Keeping the derived obligations: after each change for the people it touches, and from nothing for everyone."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import connection, transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance import events
from upstander.program.compliance.policies import ASKED, GIVEN, MEANT
from upstander.program.compliance.selectors.obligations import Derivation, derivation, planned

LOCK = 4_711  # the class of advisory locks; the district's id is the other half
FEW = 500  # of more people than these the database plans better as if it were everyone
COLUMNS = "requirement_id, person_id, cycle_on, starts_on, ends_on, begins_on, due_on, fulfilled_on"
TOLD = ("cycle_on", "ends_on", "begins_on", "due_on", "fulfilled_on")
# Rows that are as derived are left alone: a recomputation of what is right writes nothing.
KEEP = f"""
    WITH {{tables}},
    differing AS MATERIALIZED (
        SELECT kept.id, d.* FROM (
            SELECT * FROM compliance_obligation kept WHERE kept.district_id = %(district)s AND {MEANT.format("kept")}
        ) kept
        FULL JOIN derived d ON d.person_id = kept.person_id AND d.requirement_id = kept.requirement_id
            AND d.starts_on = kept.starts_on
        WHERE kept.id IS NULL OR d.person_id IS NULL
            OR {" OR ".join(f"kept.{name} IS DISTINCT FROM d.{name}" for name in TOLD)}
    ),
    gone AS (
        DELETE FROM compliance_obligation kept USING differing
        WHERE kept.district_id = %(district)s AND kept.id = differing.id AND differing.person_id IS NULL RETURNING 1
    ),
    put AS (
        INSERT INTO compliance_obligation (district_id, {COLUMNS})
        SELECT %(district)s, {COLUMNS} FROM differing WHERE person_id IS NOT NULL
        ON CONFLICT (district_id, person_id, requirement_id, starts_on) DO UPDATE SET
            {", ".join(f"{name} = excluded.{name}" for name in TOLD)}
        RETURNING (xmax = 0)::int AS is_new
    ),
    changed AS (
        SELECT count(*) AS writes, coalesce(sum(is_new), 0) AS new FROM put
    )
    SELECT kept.held + changed.new - gone.count, changed.writes + gone.count
    FROM changed, (SELECT count(*) FROM gone) gone, (
        SELECT count(*) AS held FROM compliance_obligation kept
        WHERE kept.district_id = %(district)s AND {MEANT.format("kept")}
    ) kept
"""  # noqa: S608 - constants only
# New completions can only make a cycle fulfilled, or fulfilled earlier: nothing else of an obligation moves, and where
# the cycles are the calendar's, which they count for is known without deriving anything.
COUNT_IN = f"""
    WITH {ASKED}, {GIVEN}
    UPDATE compliance_obligation kept SET fulfilled_on = least(kept.fulfilled_on, c.completed_on)
    FROM asked, given, compliance_completion c
    WHERE c.district_id = %(district)s AND c.ref = ANY(%(refs)s) AND c.subject = ANY(asked.subjects)
        AND (cardinality(asked.proofs) = 0 OR c.evidence_kind = ANY(asked.proofs))
        AND asked.content_version IN ('', c.content_version) AND given.requirement_id = asked.requirement_id
        AND c.completed_on >= given.opens_on AND (given.closes_on IS NULL OR c.completed_on < given.closes_on)
        AND kept.district_id = %(district)s AND kept.person_id = c.person_id
        AND kept.requirement_id = asked.requirement_id
        AND kept.cycle_on = given.cycle_on
"""  # noqa: S608 - constants only


@transaction.atomic
def recompute_obligations(*, actor: Actor, at: dt.datetime) -> tuple[int, int]:
    """Derive everyone's obligations from nothing; return how many there are and how many kept rows were not so.

    A second number above nought after the first run means that a change was missed: it is put right and told in the
    audit. Needs `requirements.manage` in the whole district.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    held, differing = refresh(actor)
    if differing:
        record(events.OBLIGATIONS_RECOMPUTED, actor=actor, subject="obligations", at=at, count=differing)
    return held, differing


@transaction.atomic
def refresh(
    actor: Actor, people: Sequence[int] | None = None, *, subjects: Collection[str] | None = None
) -> tuple[int, int]:
    """Bring the kept obligations of `people`, or everyone, up to date; `recompute_obligations` says what comes back.

    With `subjects` nothing is done unless one of them fulfills a requirement that has due days. It takes no permission
    of its own: it is a step of the change that was allowed.
    """
    derive = derivation(actor=actor, known_at=None, people=people)
    if derive is None:
        return (0, 0) if people is not None else _forget(actor)
    if subjects is not None and not derive.subjects.intersection(subjects):
        return 0, 0
    _one_after_another(actor, people)
    return _keep(derive, is_large=people is None or len(people) > FEW)


@transaction.atomic
def count_in(actor: Actor, refs: Sequence[str], people: Sequence[int], subjects: Collection[str]) -> None:
    """Let completions just written count, as `refresh` would, in a tenth of its time.

    Among several of one person the earliest has to win, so those who have several at once are refreshed instead. Takes
    no actor's permission: it is a step of a change that was allowed.
    """
    derive = derivation(actor=actor, known_at=None)
    if derive is None or not derive.subjects.intersection(subjects):
        return
    if derive.goes_by_hire or len(set(people)) < len(people):
        refresh(actor, people, subjects=subjects)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK, actor.district_id])
        cursor.execute(COUNT_IN, derive.values | {"refs": list(refs)})


def _forget(actor: Actor) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM compliance_obligation WHERE district_id = %s", [actor.district_id])
        return 0, cursor.rowcount


def _keep(derive: Derivation, *, is_large: bool) -> tuple[int, int]:
    with planned(is_large=is_large) as cursor:
        cursor.execute(KEEP.format(tables=derive.tables), derive.values)
        held, changed = cursor.fetchone()
        return held, changed


def _one_after_another(actor: Actor, people: Sequence[int] | None) -> None:
    """Two changes of one person at once would each miss the other: the second waits, and then sees the first."""
    lock = "pg_advisory_xact_lock" if people is None else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [LOCK, actor.district_id])
        if people is not None:
            cursor.execute(
                "SELECT FROM people_person WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [sorted(set(people))]
            )
