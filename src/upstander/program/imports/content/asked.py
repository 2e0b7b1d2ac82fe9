"""Requests of another system: what the cells of a row say, and what a list of them will change.

An open one will wait in the queue, what is over becomes history. Which is which, a word of the list says, and whose
meaning a person settles.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from upstander.engines.tables.cells import head_count
from upstander.foundation.kernel.content import Text
from upstander.program.imports.content.columns import ASKED, EMAIL, HEADS, STANDS
from upstander.program.imports.content.outcomes import LEFT_OUT, TWIN, WAITS, Change, Meaning, Preview, dated
from upstander.program.imports.content.reading import NO_ADDRESS, TOO_MANY, Asked, Line
from upstander.program.imports.content.roster import is_address
from upstander.program.training.selectors.choices import MOST_HEADS

OPEN, OVER = "open", "over"
# The first of each is the one that is offered. What can be meant both ways ("approved", "scheduled") is asked about.
STANDINGS: dict[str, tuple[Text, ...]] = {
    OPEN: (
        Text("Open: it waits in the queue from now on", "Abierta: a partir de ahora espera en la cola"),
        Text("open", "abierta"),
        Text("new", "nueva"),
        Text("pending", "pendiente"),
        Text("waiting", "en espera"),
        Text("submitted", "enviada"),
        Text("received", "recibida"),
    ),
    OVER: (
        Text("Over: it is kept as history", "Terminada: se conserva como historia"),
        Text("closed", "cerrada"),
        Text("completed", "completada"),
        Text("held", "realizada"),
        Text("cancelled", "cancelada"),
        Text("canceled", "anulada"),
        Text("declined", "rechazada"),
        Text("withdrawn", "retirada"),
    ),
}


class RowOfRequest:
    """One row's cells by role, read as a request; `slips` holds the columns that cannot be read, with the reason."""

    def __init__(self, row: Sequence[str], columns: Mapping[str, int]) -> None:
        self.row, self.columns = row, columns
        self.slips: dict[int, str] = {}

    def asked(self) -> Asked | None:
        """Where it stands, what it is about and who asked; None where the address is none, or there are too many heads
        for a request that may have to wait here.
        """
        email = (self._said(EMAIL) or "").strip()
        if email and not is_address(email):
            self.slips[self.columns[EMAIL]] = NO_ADDRESS
        if STANDS in self.columns and (head_count(self._said(HEADS) or "") or 0) > MOST_HEADS:
            self.slips[self.columns[HEADS]] = TOO_MANY
        return None if self.slips else Asked(self._said(STANDS), self._said(ASKED), email)

    def _said(self, role: str) -> str | None:
        at = self.columns.get(role)
        return self.row[at] if at is not None else None


def requests(
    lines: Iterable[Line],
    meaning: Meaning,
    meant: Callable[[Line], tuple[str | None, str | None]],
    earlier: set[tuple[int, dt.date]],
    on_their_way: set[tuple[int, str]],
) -> Preview:
    """What becomes of each line. `meant` gives where it stands and its kind in the house's words.

    An open one whose site asked for the same, here (`on_their_way` by site and kind) or further up in the list, is a
    twin: it comes only when somebody says so.
    """
    preview, seen = Preview(), set(on_their_way)
    past: list[Line] = []
    for line in lines:
        stands, kind = meant(line)
        if stands == OVER:
            past.append(line)
            continue
        target = meaning(line)
        if target is None or not stands or not kind:
            preview.changes.append(Change(line, LEFT_OUT))
            continue
        assert line.asked, "a list of requests has no other lines"
        line = line._replace(asked=line.asked._replace(stands=stands, kind=kind))
        preview.changes.append(Change(line, TWIN if (target[0], kind) in seen else WAITS, *target))
        seen.add((target[0], kind))
    preview.changes += dated(past, meaning, earlier, lambda _day: True).changes
    preview.changes.sort(key=lambda change: change.line.row)
    return preview
