"""Taking a file in, and letting go of it."""

import datetime as dt
import hashlib

from django.db import transaction

from upstander.engines.tables.sheets import Sheet, Unreadable, read_sheets
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotAllowed
from upstander.program.imports import events
from upstander.program.imports.content.columns import POST, guess, header_row_of, never_kept
from upstander.program.imports.content.roster import erase_children
from upstander.program.imports.errors import UNREADABLE
from upstander.program.imports.models import FILE_NAME_LENGTH, Import, ImportSheet
from upstander.program.imports.policies import require_kinds
from upstander.program.imports.selectors.imports import open_import_of
from upstander.program.imports.services._moves import locked, move
from upstander.program.imports.states import OPEN, UPLOADED

KEPT = dt.timedelta(days=30)


@transaction.atomic
def take_file(*, actor: Actor, kind: str, file_name: str, raw: bytes, at: dt.datetime) -> str:
    """Read a file and keep its rows for 30 days; return the import's ref. Needs `ledger.prepare`.

    A file that somebody is working on already leads to that work. The file itself is not kept; neither are texts longer
    than a name, nor columns whose heading could speak about a child, nor rows of a student. Raises `Invalid` when it
    cannot be read.
    """
    if kind not in require_kinds(actor):
        raise NotAllowed(kind)
    assert actor.account_id, "only people bring lists"
    digest = hashlib.sha256(raw).hexdigest()
    known = open_import_of(actor=actor, kind=kind, digest=digest, states=OPEN, at=at)
    if known:
        return known.ref
    try:
        sheets = read_sheets(raw)
    except Unreadable as refusal:
        raise Invalid(UNREADABLE[refusal.reason], "file") from None
    load = Import.objects.create(
        district_id=actor.district_id,
        kind=kind,
        state=UPLOADED,
        state_since=at,
        file_name=file_name[-FILE_NAME_LENGTH:],
        digest=digest,
        loaded_by_id=actor.account_id,
        loaded_at=at,
        rows_until=at + KEPT,
    )
    is_text = not raw.startswith(b"PK")
    ImportSheet.objects.bulk_create([_row(load, index, sheet, is_text) for index, sheet in enumerate(sheets)])
    rows = sum(len(sheet.rows) for sheet in sheets)
    record(events.FILE_TAKEN, actor=actor, subject=load.ref, at=at, kind=kind, rows=rows, digest=digest)
    return load.ref


def _row(load: Import, position: int, sheet: Sheet, is_text: bool) -> ImportSheet:
    header = sheet.rows[header_row_of(sheet.rows)]
    never = [column for column, cell in enumerate(header) if never_kept(cell)]
    told = [header[column] for column in never]
    at_role = {role: column for column, role in guess(load.kind, header).items()}.get(POST)
    of_children = erase_children(sheet.rows, at_role)
    for row in sheet.rows:
        for column in never:
            row[column] = ""
    marks = {
        "formulas": sheet.formulas,
        "merged": sheet.merged,
        "long": sheet.long,
        "is_text": is_text,
        "never_kept": told,
        "of_children_count": of_children,
    }
    return ImportSheet(
        district_id=load.district_id, load=load, position=position, name=sheet.name[:80], rows=sheet.rows, marks=marks
    )


@transaction.atomic
def discard_import(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Let go of an import that was not applied: its rows are erased at once. Needs `ledger.prepare`.

    Raises NotFound, and WrongState for one that was applied, which can be undone instead.
    """
    load = locked(actor, ref, "discard")
    move(load, "discard", at, rows_until=at, vouched={})
    ImportSheet.objects.filter(load=load).delete()
    record(events.DISCARDED, actor=actor, subject=ref, at=at, kind=load.kind, by_time=False)
