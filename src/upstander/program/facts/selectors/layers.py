"""What the actor's district lays over the shared facts."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Layer
from upstander.program.facts.models import FactChange

# Every public page asks this, so it is written out: building it anew costs more than running it. Whether the newest
# change lays anything is asked of that one alone, never of those before it.
LAID = """
    SELECT newest.* FROM (
        SELECT DISTINCT ON (key) key, value, hours_en, hours_es, after_hours_en, after_hours_es, source_name,
            source_address, read_on, expires_on, over, lays
        FROM facts_factchange WHERE district_id = %s AND key = ANY(%s) ORDER BY key, number DESC
    ) newest WHERE lays
"""


def layers_for(*, actor: Actor, keys: Iterable[str]) -> dict[str, Layer]:
    """The layers of these facts by key; most facts have none. Public: they are what pages show."""
    with connection.cursor() as cursor:
        cursor.execute(LAID, [actor.district_id, list(set(keys))])
        rows = cursor.fetchall()
    return {
        key: Layer(value, _text(hours, hours_es), _text(after, after_es), *source)
        for key, value, hours, hours_es, after, after_es, *source, _lays in rows
    }


def newest_changes(*, actor: Actor) -> QuerySet[FactChange]:
    """The newest change of every fact that the actor's district has one for, by key."""
    rows = FactChange.objects.filter(district_id=actor.district_id)
    return rows.order_by("key", "-number").distinct("key")


def layer_in(row: FactChange | None) -> Layer | None:
    """The layer of a change, if it lays one. Takes no actor: nothing is read."""
    if row is None or not row.lays:
        return None
    assert row.read_on, "the table lets no layer go without its days"
    assert row.expires_on
    return Layer(
        value=row.value,
        hours=_text(row.hours_en, row.hours_es),
        after_hours=_text(row.after_hours_en, row.after_hours_es),
        source_name=row.source_name,
        source_address=row.source_address,
        read_on=row.read_on,
        expires_on=row.expires_on,
        over=row.over,
    )


def _text(en: str, es: str) -> Text | None:
    return Text(en, es) if en else None
