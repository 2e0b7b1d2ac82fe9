"""Writing what a list says into the ledgers, all or nothing, and taking it back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, lend, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import WrongState
from upstander.foundation.kernel.seen import require_same
from upstander.program.compliance.selectors.site_trainings import settled_among
from upstander.program.compliance.services import (
    Entry,
    SiteEntry,
    record_completions,
    record_site_trainings,
    restore_site_trainings,
    withdraw_completions,
    withdraw_site_trainings,
)
from upstander.program.imports import events
from upstander.program.imports.content.outcomes import CHANGED, ENDED, NEW, RECORDED, TWIN, WAITS, WRITTEN, Change
from upstander.program.imports.models import Import, ImportResult
from upstander.program.imports.policies import IMPORT
from upstander.program.imports.selectors.preview import RECORD, outlook, preview_of
from upstander.program.imports.services._days import record_days, take_back_days
from upstander.program.imports.services._hours import end_hours, record_hours
from upstander.program.imports.services._leaves import record_leaves, take_back_leaves
from upstander.program.imports.services._moves import locked, move
from upstander.program.imports.services._requests import record_requests, take_back_requests
from upstander.program.imports.services._roster import record_roster, take_back_posts

BATCH = 5_000
CHANGED_SINCE = _("Something has changed since you looked. Please read the preview again.")
REFUSED = "refused"
EVIDENCE, WITHDRAWN = "import", "evidence_withdrawn"  # the ledger's words


@transaction.atomic
def apply_import(
    *,
    actor: Actor,
    ref: str,
    seal: str,
    without_refused: bool,
    at: dt.datetime,
    on: dt.date,
    many_may_end: bool = False,
    twins_are_meant: bool = False,
    tell: bool = False,
) -> dict[str, int]:
    """Write every new and changed line, or nothing; return how many lines had each outcome. Needs `ledger.import`.

    `seal` is that of the preview that somebody saw: raises `WrongState` when anything changed since, and when cells
    could not be read and nobody said to go on `without_refused` rows, or that so `many_may_end`.
    Of open requests those that stand here already come only where `twins_are_meant`; whoever asked gets a mail only
    with `tell`.
    """
    require(actor, IMPORT, Place(actor.district_id))
    load = locked(actor, ref, "apply")
    seen = outlook(actor=actor, load=load, on=on)
    preview = preview_of(actor=actor, load=load, seen=seen, language="en")
    if seen.open_count:
        raise WrongState(CHANGED_SINCE)
    require_same(seal, preview.seal, CHANGED_SINCE)
    refused = len(seen.reading.problems)
    if refused and not without_refused:
        raise WrongState(_("Some cells cannot be read. Mend the file, or say that those rows are to be left out."))
    if preview.ends_many and not many_may_end:
        raise WrongState(_("Many posts would end by this list. Please say that this is right, or look at it again."))
    lender = lend(actor, RECORD)
    writes = [*preview.writes, *(preview.twins if twins_are_meant else ())]
    made = _record(lender, load, seen.choice.subject, writes, tell, at)
    _note(load, writes, made)
    counts = {**preview.counts, REFUSED: refused}
    if twins_are_meant:
        counts[WAITS], counts[TWIN] = counts[WAITS] + counts[TWIN], 0
    move(load, "apply", at, counts=counts)
    record(events.APPLIED, actor=actor, subject=ref, at=at, kind=load.kind, **_told(counts))
    return counts


def _told(counts: dict[str, int]) -> dict[str, int]:
    """What the audit keeps of it."""
    return {
        "new": counts[NEW] + counts[WAITS],
        "changed": counts[CHANGED] + counts[ENDED],
        "there": sum(counts[outcome] for outcome in RECORDED),
        "left_out": sum(count for outcome, count in counts.items() if outcome not in (*WRITTEN, *RECORDED)),
    }


def _record(lender: Actor, load: Import, subject: str, writes: list[Change], tell: bool, at: dt.datetime) -> list[str]:
    match load.kind:
        case Import.Kind.COMPLETIONS:
            return _record_people(lender, load, subject, writes, at)
        case Import.Kind.SITE_TRAININGS:
            return _record_sites(lender, load, subject, writes, at)
        case Import.Kind.LEAVES:
            return record_leaves(lender, writes, at)
        case Import.Kind.HOURS:
            return record_hours(lender, writes, at)
        case Import.Kind.CLOSED_DAYS | Import.Kind.TESTING_DAYS:
            return record_days(lender, load.kind, writes, at)
        case Import.Kind.ROSTER:
            return record_roster(lender, writes, at)
    return record_requests(lender, load, writes, tell, at)


def _record_people(lender: Actor, load: Import, subject: str, writes: list[Change], at: dt.datetime) -> list[str]:
    entries = [
        Entry(change.target, subject, change.line.day, EVIDENCE, f"{load.ref}:{change.line.day.isoformat()}")
        for change in writes
        if change.line.day
    ]
    return record_completions(actor=lender, entries=entries, at=at)


def _record_sites(lender: Actor, load: Import, subject: str, writes: list[Change], at: dt.datetime) -> list[str]:
    withdraw_site_trainings(actor=lender, refs=[change.old_ref for change in writes if change.old_ref], at=at)
    entries = [
        SiteEntry(change.target, subject, change.line.year, change.line.day, change.line.heads, load.ref)
        for change in writes
    ]
    return record_site_trainings(actor=lender, entries=entries, at=at)


def _note(load: Import, writes: list[Change], made: list[str]) -> None:
    results = [
        ImportResult(district_id=load.district_id, load=load, made_ref=ref, replaced_ref=change.old_ref)
        for change, ref in zip(writes, made, strict=True)
    ]
    ImportResult.objects.bulk_create(results, batch_size=BATCH)


@transaction.atomic
def undo_import(*, actor: Actor, ref: str, at: dt.datetime) -> int:
    """Take back everything an import wrote, by rows; return how many. Needs `ledger.import`.

    Raises `WrongState`, with the reason, once something is built on it: a certificate, or a correction by hand or by a
    later list. What a row had put right stands again, as a new row. A request that somebody has touched goes on: see
    `selectors.requests.still_waiting`.
    """
    require(actor, IMPORT, Place(actor.district_id))
    load = locked(actor, ref, "undo")
    made, replaced = _standing(load)
    lender = lend(actor, RECORD)
    _may_be_undone(lender, made)
    match load.kind:
        case Import.Kind.LEAVES:
            take_back_leaves(lender, load, at)
        case Import.Kind.HOURS:
            end_hours(lender, made, at)
        case Import.Kind.CLOSED_DAYS | Import.Kind.TESTING_DAYS:
            take_back_days(lender, made, at)
        case Import.Kind.ROSTER:
            take_back_posts(lender, load, at)
        case Import.Kind.COMPLETIONS:
            withdraw_completions(actor=lender, refs=made, reason=WITHDRAWN, at=at)
        case Import.Kind.SITE_TRAININGS:
            withdraw_site_trainings(actor=lender, refs=made, at=at)
            _restore(lender, load, replaced, at)
        case _:
            take_back_requests(lender, load, at)
    move(load, "undo", at)
    record(events.UNDONE, actor=actor, subject=ref, at=at, kind=load.kind, count=len(made))
    return len(made)


def _standing(load: Import) -> tuple[list[str], list[str]]:
    """Refs of what the import stands for now, and of what it put right for others.

    A row of its own that a later list put right, and that stands again since that list was undone, has a new ref.
    """
    rows = list(ImportResult.objects.filter(load=load).values_list("made_ref", "replaced_ref"))
    made, replaced = {made for made, _ in rows}, {old for _, old in rows if old}
    return sorted(made - replaced), sorted(replaced - made)


def _restore(lender: Actor, load: Import, replaced: list[str], at: dt.datetime) -> None:
    """Let what this list had put right stand again, in the name of the lists that said it."""
    new_refs = restore_site_trainings(actor=lender, refs=replaced, at=at)
    makers = ImportResult.objects.filter(district_id=load.district_id, made_ref__in=replaced)
    again = [
        ImportResult(
            district_id=load.district_id,
            load_id=maker.load_id,
            made_ref=new_refs[maker.made_ref],
            replaced_ref=maker.made_ref,
        )
        for maker in makers
    ]
    ImportResult.objects.bulk_create(again)


def _may_be_undone(lender: Actor, made: list[str]) -> None:
    settled = settled_among(actor=lender, refs=made)
    if settled["certificates"]:
        raise WrongState(_("Certificates were issued for people of this list, so it cannot be undone as a whole."))
    if settled["retractions"]:
        raise WrongState(_("Some of these rows were put right since, by hand or by a later list. Undo that one first."))
