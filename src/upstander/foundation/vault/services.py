"""Sealing anew what older keys sealed, batch by batch."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.models import DistrictModel
from upstander.foundation.vault import events
from upstander.foundation.vault.fields import Column
from upstander.foundation.vault.seals import VaultError, about, current_mark, open_sealed, seal

BATCH = 200


@dataclass(frozen=True, slots=True)
class Resealed:
    """What one batch came to: how many were sealed anew, how many do not open, and where the next one begins."""

    count: int
    unopened_count: int
    last_id: int | None  # None: there is no more


@transaction.atomic
def reseal_batch(*, actor: Actor, column: Column, after: int, at: dt.datetime, most: int = BATCH) -> Resealed:
    """Seal with the key in use what older keys sealed in a column, from the row after `after` on.

    Needs `vault.rotate` in the district. Each batch is a transaction of its own: a run that is killed is run again and
    finds only what is left. What does not open stays as it is and is counted.
    """
    require(actor, "vault.rotate", Place(actor.district_id))
    rows_of = column.model._default_manager.select_for_update()
    older = rows_of.exclude(**{f"{column.name}__startswith": current_mark()})
    rows = list(older.filter(district_id=actor.district_id, pk__gt=after).order_by("pk")[:most])
    count = sum(_reseal(row, column.name) for row in rows)
    if count:
        record(events.RESEALED, actor=actor, subject=column.model._meta.db_table, at=at, count=count)
    return Resealed(count, len(rows) - count, rows[-1].pk if len(rows) == most else None)


def _reseal(row: DistrictModel, column: str) -> bool:
    try:
        plain = open_sealed(getattr(row, column), about=about(row))
    except VaultError:
        return False
    setattr(row, column, seal(plain, about=about(row)))
    row.save(update_fields=[column])
    return True
