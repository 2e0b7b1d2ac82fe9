"""Which trainings the district asks for, by name, and on which days each was asked."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Requirement


@dataclass(frozen=True, slots=True)
class Training:
    """One training: its name, and the periods (from, to before; None is open) in which a requirement asks for it."""

    subject: str
    title: str
    periods: tuple[tuple[dt.date, dt.date | None], ...]

    def is_asked_on(self, day: dt.date) -> bool:
        """Whether a requirement says on that day how long the training counts."""
        return any(first <= day and (until is None or day < until) for first, until in self.periods)


def trainings_asked(*, actor: Actor, language: str) -> list[Training]:
    """Every training that any requirement known now asks for, by name. Needs `completions.record`."""
    require(actor, "completions.record", Place(actor.district_id))
    found: dict[str, list[Requirement]] = {}
    for row in Requirement.objects.filter(superseded_at__isnull=True).order_by("starts_on"):
        found.setdefault(row.subject, []).append(row)
    name = "title_es" if language.startswith("es") else "title_en"
    trainings = [
        Training(subject, getattr(rows[-1], name), tuple((row.starts_on, row.ends_on) for row in rows))
        for subject, rows in found.items()
    ]
    return sorted(trainings, key=lambda training: training.title)
