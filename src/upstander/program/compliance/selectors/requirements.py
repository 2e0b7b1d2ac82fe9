"""Reading what the district asks, on a day, as it was known at a moment."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Func, JSONField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from upstander.district.people.content import with_parts
from upstander.district.places.policies import held_on
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.program.compliance.models import Requirement

RULES = (
    "audience",
    "roles",
    "cadence",
    "every_months",
    "grace_days",
    "opens_days",
    "break_days",
    "also_counts",
    "proofs",
    "content_version",
)
TERMS = (*RULES, "fact_key")
AWARENESS = "csec-awareness"  # what staff sessions are recorded as; the coverage board is about it first
# What a session is called where nothing asks for it yet: the books have a key, and nobody can read a key.
OF_SESSIONS = Text("Awareness training", "Capacitación de concientización")
OF_SCHOOLS = Q(subject=AWARENESS) | Q(cadence=Requirement.Cadence.ROLLING)


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement as pages show it. `ends_on` is the first day on which it no longer holds."""

    subject: str
    threshold_percent: int
    validity_months: int
    title: str
    source: str
    owner: str
    starts_on: dt.date
    ends_on: dt.date | None
    recorded_at: dt.datetime
    superseded_at: dt.datetime | None
    audience: str
    roles: list[str]
    cadence: str
    every_months: int
    grace_days: int
    opens_days: int
    break_days: int
    also_counts: list[str]
    proofs: list[str]
    content_version: str
    fact_key: str

    @property
    def grace_weeks(self) -> int | None:
        """The days of grace in whole weeks, or None where they are none."""
        return self.grace_days // 7 if self.grace_days and self.grace_days % 7 == 0 else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds, as people say it; None while it is open."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None


def requirements_due(*, actor: Actor, on: dt.date, known_at: dt.datetime | None, language: str) -> list[Asked]:
    """What has due days and is in force on `on`, by subject. Needs `coverage.read` somewhere."""
    _may_read(actor)
    rows = Requirement.objects.filter(held_on(on, known_at)).exclude(cadence=Requirement.Cadence.ROLLING)
    return [_asked(row, language) for row in rows.order_by("subject")]


def requirements_of_schools(*, actor: Actor, on: dt.date, known_at: dt.datetime, language: str) -> list[Asked]:
    """What is counted by school and in force on `on`: the awareness training first, then by subject all others that
    are asked without due days. Needs `coverage.read` somewhere.
    """
    _may_read(actor)
    rows = Requirement.objects.filter(held_on(on, known_at), OF_SCHOOLS)
    return [_asked(row, language) for row in sorted(rows, key=lambda row: (row.subject != AWARENESS, row.subject))]


def requirement_history(*, actor: Actor, language: str) -> list[Asked]:
    """Every row ever recorded of what is counted by school, newest period first, what was superseded included."""
    _may_read(actor)
    rows = Requirement.objects.filter(OF_SCHOOLS).order_by("-starts_on", "-recorded_at")
    return [_asked(row, language) for row in rows]


def fulfilled_by(subject: str) -> Q:
    """Requirements that a completion of this training fulfills: its own, and those that count it too."""
    return Q(subject=subject) | Q(also_counts__contains=[subject])


def asked_of_sessions(*, actor: Actor, on: dt.date, known_at: dt.datetime, language: str) -> list[str]:
    """The names of the trainings that a staff session of this day fulfills. Needs no capability: it names no one."""
    rows = Requirement.objects.filter(held_on(on, known_at), fulfilled_by(AWARENESS), district_id=actor.district_id)
    return [_asked(row, language).title for row in sorted(rows, key=lambda row: (row.subject != AWARENESS, row.pk))]


def subject_of_sessions(*, actor: Actor, starts_on: dt.date) -> str | None:
    """What a new training that staff sessions fulfill is called in the books; None while another has that name.

    Needs `requirements.manage` in the district.
    """
    standing = [row for row in standing_rows(actor=actor) if row.subject == AWARENESS]
    return None if any(row.ends_on is None or row.ends_on > starts_on for row in standing) else AWARENESS


def title_of(subject: str, language: str) -> Coalesce:
    """The name that the newest requirement gives the training in the column `subject` of a row: its own requirement,
    or else one that counts it too. Where none does, a staff session has a name that ships, and anything else has none.

    Takes no actor: it is a part of a question, and asks nothing by itself.
    """
    column = "title_es" if language.startswith("es") else "title_en"
    told = Requirement.objects.filter(superseded_at__isnull=True).order_by("-starts_on").values(column)
    named = Func(OuterRef(subject), function="jsonb_build_array", output_field=JSONField())
    own, other = told.filter(subject=OuterRef(subject)), told.filter(also_counts__contains=named)
    shipped = Case(When(Q((subject, AWARENESS)), then=Value(OF_SESSIONS.in_language(language))), default=Value(""))
    return Coalesce(Subquery(own[:1]), Subquery(other[:1]), shipped, output_field=CharField())


def held_against(asked: Asked | Requirement) -> dict[str, Any]:
    """What posts and completions are held against, as values of a statement."""
    return {
        "roles": with_parts(asked.roles),
        "subjects": [asked.subject, *asked.also_counts],
        "proofs": list(asked.proofs),
        "content_version": asked.content_version,
    }


def _found(row: Requirement | None) -> Requirement:
    if row is None:
        raise NotFound("requirement")
    return row


def _may_read(actor: Actor) -> None:
    if scope(actor, "coverage.read").is_empty:
        raise NotAllowed("coverage.read")


def _asked(row: Requirement, language: str) -> Asked:
    spoken = "es" if language.startswith("es") else "en"
    return Asked(
        subject=row.subject,
        threshold_percent=row.threshold_percent,
        validity_months=row.validity_months,
        title=getattr(row, f"title_{spoken}"),
        source=getattr(row, f"source_{spoken}"),
        owner=getattr(row, f"owner_{spoken}"),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        recorded_at=row.recorded_at,
        superseded_at=row.superseded_at,
        **{name: getattr(row, name) for name in TERMS},
    )


def standing_rows(*, actor: Actor) -> list[Requirement]:
    """What stands in the books now, of every training and period. Needs `requirements.manage` in the district."""
    require(actor, "requirements.manage", Place(actor.district_id))
    rows = Requirement.objects.filter(district_id=actor.district_id, superseded_at__isnull=True)
    return list(rows.order_by("subject", "-starts_on"))


def replaced_rows(*, actor: Actor) -> list[Requirement]:
    """What stood in the books before, newest first. Needs `requirements.manage` in the district."""
    require(actor, "requirements.manage", Place(actor.district_id))
    rows = Requirement.objects.filter(district_id=actor.district_id, superseded_at__isnull=False)
    return list(rows.order_by("-superseded_at", "subject", "-starts_on"))


def standing_row(*, actor: Actor, ref: str) -> Requirement:
    """The row with this ref, or what took its place: of its subject, the row that holds on its first day, else the one
    that begins next, else the last. Raises NotFound where nothing of that subject stands.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    asked = Requirement.objects.filter(district_id=actor.district_id, ref=ref).first()
    if asked is None or asked.superseded_at is None:
        return _found(asked)
    rows = [row for row in standing_rows(actor=actor) if row.subject == asked.subject][::-1]
    later = [row for row in rows if row.ends_on is None or row.ends_on > asked.starts_on]
    return _found(next(iter(later or rows[-1:]), None))


def stand_of(subject: str) -> tuple[str, ...]:
    """The rows of a subject that stand in the books now, as whoever changes one has seen them: each change makes new
    ones. Takes no actor: it names nothing that its callers did not.
    """
    standing = Requirement.objects.filter(subject=subject, superseded_at__isnull=True)
    return tuple(standing.order_by("starts_on", "pk").values_list("ref", flat=True))
