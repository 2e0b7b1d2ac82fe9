"""The words that a district shows to readers, in one statement: every page asks for them, an editor's list for more."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.library import states
from upstander.program.library.content.passages import Own

# Written out: building these three questions anew costs ten times as much as asking them.
ROWS = """
    SELECT p.id, p.replaces_id, p.shows_on, p.page, p.ref, p.kind,
        coalesce(k.block, p.block), coalesce(k.item, p.item),
        coalesce(k.was_en, p.was_en), coalesce(k.was_es, p.was_es), p.en, p.es,
        ARRAY(SELECT s.step FROM library_passagestep s
              WHERE s.district_id = p.district_id AND s.passage_id = p.id) AS taken
    FROM library_localpassage p
    LEFT JOIN LATERAL (
        SELECT block, item, was_en, was_es FROM library_passagekept k
        WHERE k.district_id = p.district_id AND k.passage_id = p.id ORDER BY kept_at DESC, id DESC LIMIT 1
    ) k ON true
    WHERE p.district_id = %s AND p.page = ANY(%s)
    ORDER BY p.entered_at, p.id
"""


class _Row(NamedTuple):
    id: int
    replaces: int | None
    shows_on: dt.date
    page: str
    ref: str
    kind: str
    block: int
    item: int
    was_en: str
    was_es: str
    en: str
    es: str
    taken: list[str]

    @property
    def own(self) -> Own:
        was, said = Text(self.was_en, self.was_es), Text(self.en, self.es)
        return Own(self.ref, self.kind, self.block, self.item, was, said)


def standing(actor: Actor, pages: Iterable[str], on: dt.date) -> dict[str, list[Own]]:
    """The words that stand on these pages on the day `on`, oldest first: on every page asked for, none on most.

    What stood, also if it was taken out since, has replaced what it names.
    """
    found: dict[str, list[Own]] = {page: [] for page in pages}
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [actor.district_id, list(found)])
        rows = [_Row(*row) for row in cursor.fetchall()]
    stands = {row.id for row in rows if _stands(row, on)}
    replaced = {row.replaces for row in rows if row.id in stands or states.Step.ENDED in row.taken}
    for row in rows:
        if row.id in stands and row.id not in replaced:
            found[row.page].append(row.own)
    return found


def _stands(row: _Row, on: dt.date) -> bool:
    return states.stand(row.kind, row.taken, row.shows_on, on) == states.Stand.STANDS
