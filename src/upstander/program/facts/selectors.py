"""Reading facts for a page."""

from collections.abc import Iterable
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Book, Entry, Kind
from upstander.program.facts.models import Fact


def facts_by_key(*, actor: Actor, keys: Iterable[str], language: str, on: date) -> Book:
    """The book of these facts in `language` as of the day `on`, in one query. Public: every actor may read facts.

    A key that is not stored is missing from the book; looking it up is a KeyError, never an empty text.
    """
    rows = Fact.objects.filter(key__in=set(keys))
    return Book({row.key: _entry(row) for row in rows}, language, on)


def expired_facts(*, actor: Actor, on: date) -> list[Entry]:
    """The facts somebody should check again, the longest overdue first. Public, like the facts themselves."""
    return [_entry(row) for row in Fact.objects.filter(expires_on__lte=on).order_by("expires_on", "key")]


def _entry(row: Fact) -> Entry:
    return Entry(
        key=row.key,
        kind=Kind(row.kind),
        label=Text(row.label_en, row.label_es),
        text=Text(row.text_en, row.text_es),
        value=row.value,
        citation=row.citation,
        hours=Text(row.hours_en, row.hours_es) if row.hours_en else None,
        fulfils_report=row.fulfils_report,
        source_name=row.source_name,
        source_address=row.source_address,
        read_on=row.read_on,
        owner=row.owner,
        expires_on=row.expires_on,
    )
