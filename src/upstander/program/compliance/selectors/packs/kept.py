"""The packs that were made, and whose question a digest answers."""

import re

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.models import AuditPack
from upstander.program.compliance.selectors.packs.rows import Question

MOST = 50
DIGEST = re.compile(r"[0-9a-f]{64}")


def packs_made(*, actor: Actor) -> list[AuditPack]:
    """The newest packs first. Needs `proof.pack` in the whole district."""
    require(actor, "proof.pack", Place(actor.district_id))
    return list(AuditPack.objects.order_by("-recorded_at", "-pk")[:MOST])


def pack_by_ref(*, actor: Actor, ref: str) -> AuditPack:
    """One pack's question and digest. Raises NotFound. Needs `proof.pack` in the whole district."""
    require(actor, "proof.pack", Place(actor.district_id))
    row = AuditPack.objects.filter(ref=ref).first()
    if row is None:
        raise NotFound("pack")
    return row


def packs_with_digest(*, actor: Actor, typed: str) -> list[AuditPack]:
    """Every pack made with this digest, however it was copied; none when no pack has it. Needs `proof.pack`."""
    require(actor, "proof.pack", Place(actor.district_id))
    found = DIGEST.search("".join(typed.lower().split()))
    rows = AuditPack.objects.filter(district_id=actor.district_id, digest=found.group() if found else "")
    return list(rows.order_by("recorded_at", "pk"))


def question_of(row: AuditPack) -> Question:
    """What was asked."""
    return Question(row.on, row.known_at, row.language)
