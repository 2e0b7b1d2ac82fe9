"""Records of files that wait for an editor."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.program.directory import policies
from upstander.program.directory.content.incoming import Read, read_record
from upstander.program.directory.models import Candidate


@dataclass(frozen=True, slots=True)
class Review:
    """A record beside what was read of it; `cells` are all its fields as they came."""

    candidate: Candidate
    read: Read
    cells: list[tuple[str, Any]]


def waiting(*, actor: Actor) -> QuerySet[Candidate]:
    """Records that nobody has taken or dropped, file by file in their order. Needs `directory.edit`."""
    policies.require_editor(actor)
    rows = Candidate.objects.filter(district_id=actor.district_id, settled_at__isnull=True).select_related("batch")
    return rows.order_by("batch_id", "number")


def review(*, actor: Actor, candidate: Candidate) -> Review:
    """One record for its editor; asks the database nothing. Needs `directory.edit`."""
    policies.require_editor(actor)
    return Review(candidate, read_record(candidate.raw), list(candidate.raw.items()))
