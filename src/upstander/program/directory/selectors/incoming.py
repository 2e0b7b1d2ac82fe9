"""Records of files that wait for an editor."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory import policies
from upstander.program.directory.content.incoming import Read, read_record
from upstander.program.directory.content.wording import Remark, remarks
from upstander.program.directory.models import Batch, Candidate, Service


@dataclass(frozen=True, slots=True)
class Review:
    """A record beside what was read of it; `cells` are all its fields as they came."""

    candidate: Candidate
    read: Read
    remarks: list[Remark]
    cells: list[tuple[str, str]]


def waiting(*, actor: Actor) -> QuerySet[Candidate]:
    """Records that nobody has taken or dropped, file by file in their order. Needs `directory.edit`."""
    policies.require_editor(actor)
    rows = Candidate.objects.filter(district_id=actor.district_id, settled_at__isnull=True).select_related("batch")
    return rows.order_by("batch_id", "number")


def files(*, actor: Actor) -> QuerySet[Batch]:
    """Every file, the newest first: how many records it has, how many of them wait, are clean among those that wait,
    were taken, were left out. Needs `directory.edit`.
    """
    policies.require_editor(actor)
    is_settled, is_taken = Q(candidates__settled_at__isnull=False), Q(candidates__service__isnull=False)
    rows = Batch.objects.filter(district_id=actor.district_id).annotate(
        waiting_count=Count("candidates", ~is_settled),
        clean_count=Count("candidates", ~is_settled & Q(candidates__faults=[])),
        taken_count=Count("candidates", is_taken),
        total_count=Count("candidates"),
        left_count=Count("candidates", is_settled & ~is_taken),
    )
    return rows.order_by("-received_at", "-pk")


def file_by_ref(*, actor: Actor, ref: str) -> Batch:
    """One of the files, with the same numbers. Needs `directory.edit`; raises NotFound."""
    found = files(actor=actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def review(*, actor: Actor, candidate: Candidate) -> Review:
    """One record for its editor; asks the database nothing. Needs `directory.edit`."""
    policies.require_editor(actor)
    read = read_record(candidate.raw)
    return Review(candidate, read, list(remarks(read.texts)), _cells(candidate.raw))


def came_from(*, actor: Actor, service: Service) -> list[Review]:
    """The records of files of which an entry was made, the newest first. Needs `directory.edit`."""
    policies.require_editor(actor)
    rows = Candidate.objects.filter(district_id=actor.district_id, service=service).select_related("batch")
    return [review(actor=actor, candidate=each) for each in rows.order_by("-settled_at")]


def _cells(raw: dict[str, Any]) -> list[tuple[str, str]]:
    """Every field as it came; what holds further fields, spread over lines."""
    return [
        (name, json.dumps(cell, ensure_ascii=False, indent=1) if isinstance(cell, dict | list) else str(cell))
        for name, cell in raw.items()
    ]
