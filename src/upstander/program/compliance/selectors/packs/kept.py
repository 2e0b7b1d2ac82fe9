"""The packs that were asked for, how far they are, their files, and whose question a digest answers."""

import datetime as dt
import re

from django.db.models import OuterRef, QuerySet, Subquery

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.models import AuditPack, PackFile
from upstander.program.compliance.models.proof import PackQuestion
from upstander.program.compliance.selectors.packs.rows import Question

MOST = 50
DIGEST = re.compile(r"[0-9a-f]{64}")
SILENT = dt.timedelta(minutes=10)  # the longest part takes seconds; a job without a sign for so long is gone


def packs_asked(*, actor: Actor) -> list[PackFile]:
    """The newest packs first, those being made too. Needs `proof.pack` in the whole district."""
    return list(_files(actor).order_by("-pk")[:MOST])


def pack_by_ref(*, actor: Actor, ref: str) -> PackFile:
    """One pack: its question, how far it is, its digest; its file is read when it is looked at. Raises NotFound.

    Needs `proof.pack` in the whole district.
    """
    file = _files(actor).filter(ref=ref).first()
    if file is None:
        raise NotFound("pack")
    return file


def packs_with_digest(*, actor: Actor, typed: str) -> list[AuditPack]:
    """Every pack made with this digest, however it was copied; none when no pack has it. Needs `proof.pack`."""
    require(actor, "proof.pack", Place(actor.district_id))
    found = DIGEST.search("".join(typed.lower().split()))
    rows = AuditPack.objects.filter(district_id=actor.district_id, digest=found.group() if found else "")
    return list(rows.order_by("recorded_at", "pk"))


def question_of(row: PackQuestion) -> Question:
    """What was asked."""
    return Question(row.on, row.known_at, row.language, row.recipe)


def is_being_made(file: PackFile, at: dt.datetime) -> bool:
    """Whether a job is at it, or waits for its turn. One that gave no sign for long is gone, and is asked for again."""
    return file.ended_at is None and at - (file.told_at or file.asked_at) < SILENT


def _files(actor: Actor) -> QuerySet[PackFile]:
    require(actor, "proof.pack", Place(actor.district_id))
    name = Account.objects.filter(ref=OuterRef("asked_by")).values("display_name")
    rows = PackFile.objects.filter(district_id=actor.district_id).annotate(asked_name=Subquery(name))
    return rows.select_related("pack").defer("content")
