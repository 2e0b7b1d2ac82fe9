"""Auditor packs: asked for by a person, made by a job. Question and digest stay for good, the file for some days."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.queue.queue import defer_each
from upstander.program.compliance import events
from upstander.program.compliance.models import AuditPack, PackFile
from upstander.program.compliance.selectors.packs.kept import is_being_made, question_of
from upstander.program.compliance.selectors.packs.making import Pack
from upstander.program.compliance.selectors.packs.rows import Question

MAKE = "compliance.make_pack"
SETTLES = dt.timedelta(seconds=10)  # a change begun just before may not be in the books yet, and would come in later
KEPT = dt.timedelta(days=7)


@transaction.atomic
def ask_for_pack(*, actor: Actor, of: Question, at: dt.datetime) -> PackFile:
    """Keep the question, and queue the job that makes its pack. Needs `proof.pack` in the whole district.

    Raises Invalid for a moment so near that what is being written could still fall before it.
    """
    require(actor, "proof.pack", Place(actor.district_id))
    if of.known_at > at - SETTLES:
        raise Invalid(_("Choose a moment that is over."), "known_on")
    file = PackFile(district_id=actor.district_id, **asdict(of))
    _queue(actor, file, at)
    record(events.PACK_ASKED, actor=actor, subject=file.ref, at=at, on=of.on.isoformat())
    return file


@transaction.atomic
def ask_for_file(*, actor: Actor, ref: str, at: dt.datetime) -> PackFile:
    """Have a pack's file made again; one that is there or being made stays. Needs `proof.pack`. Raises NotFound."""
    require(actor, "proof.pack", Place(actor.district_id))
    file = _locked(ref)
    if file.kept_until or is_being_made(file, at):
        return file
    file.ended_at, file.has_changed = None, False
    _queue(actor, file, at)
    record(events.PACK_ASKED, actor=actor, subject=ref, at=at, on=file.on.isoformat())
    return file


@transaction.atomic
def tell_part(*, actor: Actor, ref: str, done: int, parts: int, at: dt.datetime) -> None:
    """Note how far the making is. Needs `proof.pack`."""
    require(actor, "proof.pack", Place(actor.district_id))
    running = PackFile.objects.filter(district_id=actor.district_id, ref=ref, ended_at__isnull=True)
    running.update(done_count=done, part_count=parts, told_at=at)


@transaction.atomic
def keep_pack(*, actor: Actor, ref: str, made: Pack, at: dt.datetime) -> None:
    """Keep what was made: the file for some days and, the first time, its digest for good. Needs `proof.pack`.

    A file that came out differently is not kept as the same. Run twice, it does nothing the second time.
    """
    require(actor, "proof.pack", Place(actor.district_id))
    file = _locked(ref)
    if file.ended_at:
        return
    file.pack = file.pack or _first(file, made, at)
    file.has_changed, file.ended_at = file.pack.digest != made.digest, at
    if not file.has_changed:
        file.content, file.kept_until = made.content, at + KEPT
    file.save(update_fields=["pack", "has_changed", "ended_at", "content", "kept_until"])
    record(events.PACK_MADE, actor=actor, subject=ref, at=at, digest=made.digest, people=made.person_count)


def _queue(actor: Actor, file: PackFile, at: dt.datetime) -> None:
    file.asked_at, file.asked_by, file.told_at = at, actor.name, None
    file.done_count = file.part_count = 0
    file.save()
    defer_each(MAKE, district_id=actor.district_id, refs=[file.ref])


def _first(file: PackFile, made: Pack, at: dt.datetime) -> AuditPack:
    return AuditPack.objects.create(
        district_id=file.district_id,
        ref=file.ref,
        **asdict(question_of(file)),
        digest=made.digest,
        person_count=made.person_count,
        recorded_at=at,
        recorded_by=file.asked_by,
    )


def _locked(ref: str) -> PackFile:
    file = PackFile.objects.select_for_update(of=("self",)).select_related("pack").filter(ref=ref).first()
    if file is None:
        raise NotFound("pack")
    return file
