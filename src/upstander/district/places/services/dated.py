"""How dated rows change: what was known is superseded, what remains true of it is written again."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction

from upstander.district.places.models import Dated
from upstander.district.places.policies import known_by

Row = TypeVar("Row", bound=Dated)
OWN = frozenset({"id", "ref", "ends_on", "recorded_at", "superseded_at"})


@transaction.atomic
def hold_from(rows: Sequence[Row], *, per: str, at: dt.datetime) -> None:
    """Make each row hold from its first day on, in place of all that is known of the same `per` from that day on.

    `per` is the field that tells rows apart, e.g. "site". Takes no actor: services call it after they have checked.
    """
    if not rows:
        return
    model: Any = type(rows[0])
    first_days = {getattr(row, f"{per}_id"): row.starts_on for row in rows}
    known = model.objects.select_for_update().filter(known_by(None), **{f"{per}__in": list(first_days)}).order_by("id")
    changed = [(row, first_days[getattr(row, f"{per}_id")]) for row in known]
    changed = [(row, day) for row, day in changed if row.ends_on is None or row.ends_on > day]
    supersede(model, [row for row, _ in changed], at)
    kept = [written_again(row, ends_on=day, at=at) for row, day in changed if row.starts_on < day]
    for row in rows:
        row.recorded_at = at
    model.objects.bulk_create([*kept, *rows])


@transaction.atomic
def replace(row: Row, *, at: dt.datetime, **changes: Any) -> Row:
    """Supersede one row and write it again with `changes`; returns the new row. Takes no actor: services call it."""
    supersede(type(row), [row], at)
    again = written_again(row, ends_on=changes.pop("ends_on", row.ends_on), at=at, **changes)
    again.save(force_insert=True)
    return again


def written_again(row: Row, *, ends_on: dt.date | None, at: dt.datetime, **changes: Any) -> Row:
    """A copy of a dated row as it is known from `at` on; not saved."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.attname not in OWN}
    return type(row)(**{**values, **changes, "ends_on": ends_on, "recorded_at": at})


@transaction.atomic
def supersede(model: Any, rows: Iterable[Dated], at: dt.datetime) -> None:
    """The rows are no longer what is known. Takes no actor: services call it after they have checked."""
    model.objects.filter(pk__in=[row.pk for row in rows]).update(superseded_at=at)
