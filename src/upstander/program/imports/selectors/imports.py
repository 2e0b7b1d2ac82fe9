"""Reading imports: the list, one of them, and the cells of its file."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.imports.content.columns import Choice, never_kept
from upstander.program.imports.content.reading import Cells
from upstander.program.imports.models import Import, ImportSheet
from upstander.program.imports.policies import PREPARE, require_kinds


def imports_for(*, actor: Actor) -> QuerySet[Import]:
    """Every import of the district that the actor may work on, newest first. Needs `ledger.prepare`."""
    found = Import.objects.filter(district_id=actor.district_id, kind__in=require_kinds(actor))
    return found.select_related("loaded_by").order_by("-loaded_at")


def import_by_ref(*, actor: Actor, ref: str) -> Import:
    """One import. Raises NotFound."""
    found = imports_for(actor=actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def open_import_of(*, actor: Actor, kind: str, digest: str, states: frozenset[str], at: dt.datetime) -> Import | None:
    """The import that works on this very file already, if one is open and its rows are still here."""
    known = imports_for(actor=actor).filter(kind=kind, digest=digest, state__in=states, rows_until__gt=at)
    return known.first()


@dataclass(frozen=True, slots=True)
class SheetName:
    """One sheet of a file that has several."""

    position: int
    name: str


def sheets_of(*, actor: Actor, load: Import) -> list[SheetName]:
    """The sheets of a file, in its order; none once the rows are erased."""
    require(actor, PREPARE, Place(actor.district_id))
    found = ImportSheet.objects.filter(load=load).order_by("position").values_list("position", "name")
    return [SheetName(*row) for row in found]


def cells_of(*, actor: Actor, load: Import, position: int | None = None) -> Cells:
    """The cells of one sheet: the chosen one unless another is named. Raises NotFound once the rows are erased."""
    require(actor, PREPARE, Place(actor.district_id))
    wanted = Choice.of(load.choice).sheet if position is None else position
    found = ImportSheet.objects.filter(load=load).order_by("position")
    row = found.filter(position=wanted).first() or found.first()
    if row is None:
        raise NotFound(load.ref)
    marks = row.marks
    return Cells(
        name=row.name,
        rows=row.rows,
        formulas=frozenset((r, c) for r, c in marks["formulas"]),
        merged=tuple((a, b, c, d) for a, b, c, d in marks["merged"]),
        long=frozenset((r, c) for r, c in marks["long"]),
        is_text=marks["is_text"],
        never_kept=tuple(cell for cell in marks["never_kept"] if never_kept(cell)),
        of_children_count=marks.get("of_children_count", 0),
    )
