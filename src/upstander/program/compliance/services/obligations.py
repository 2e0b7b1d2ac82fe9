"""Keeping the derived obligations: after each change for the people it touches, and from nothing for everyone."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import connection, transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance import events
from upstander.program.compliance.models import Completion
from upstander.program.compliance.policies.derived import MEANT
from upstander.program.compliance.selectors.obligations import Derivation, calendar_asked, derivation
from upstander.program.compliance.selectors.planned import planned

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
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM duty), (SELECT count(*) FROM put) + (SELECT count(*) FROM gone)
"""  # noqa: S608 - constants only
# New completions can only make a cycle fulfilled, or fulfilled earlier: nothing else of an obligation moves, and where
# the cycles are the calendar's, which they count for is known without deriving anything.
COUNT_IN = """
    UPDATE compliance_obligation kept SET fulfilled_on = given.completed_on
    FROM unnest(%(people)s::bigint[], %(requirements)s::bigint[], %(cycle_days)s::date[], %(days)s::date[])
        AS given (person_id, requirement_id, cycle_on, completed_on)
    WHERE kept.district_id = %(district)s AND kept.person_id = given.person_id
        AND kept.requirement_id = given.requirement_id AND kept.cycle_on = given.cycle_on
        AND (kept.fulfilled_on IS NULL OR kept.fulfilled_on > given.completed_on)
"""


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


@transaction.atomic(savepoint=False)
def count_in(actor: Actor, completions: Sequence[Completion]) -> None:
    """Let completions just written count, as `refresh` would, in a tenth of its time. Within the writer's transaction.

    Among several of one person the earliest has to win, so those who have several at once are refreshed instead. Takes
    no actor's permission: it is a step of a change that was allowed.
    """
    calendar, people = calendar_asked(actor=actor, known_at=None), {row.person_id for row in completions}
    if calendar is None or not calendar.subjects.intersection(row.subject for row in completions):
        return
    if "hire_date" in calendar.kinds or len(people) < len(completions):
        refresh(actor, sorted(people))
        return
    counted = [
        (row.person_id, requirement_id, on, row.completed_on)
        for row in completions
        for requirement_id, on in calendar.cycles_of(row)
    ]
    columns = zip(("people", "requirements", "cycle_days", "days"), zip(*counted, strict=True), strict=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK, actor.district_id])
        if counted:
            cursor.execute(COUNT_IN, {"district": actor.district_id, **{name: list(each) for name, each in columns}})


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
