"""Reading facts for a page."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Book, Entry, Kind, read_entries
from upstander.program.facts.models import Fact


def facts_by_key(*, actor: Actor, keys: Iterable[str], language: str, on: date) -> Book:
    """The book of these facts in `language` as of the day `on`, in one query. Public: every actor may read facts.

    What is not stored yet is taken as it ships, so that a page never waits for a load; a key that neither knows is a
    KeyError, never an empty text.
    """
    wanted = set(keys)
    shipped = {key: entry for key, entry in shipped_entries().items() if key in wanted}
    stored = {row.key: _entry(row) for row in Fact.objects.filter(key__in=wanted)}
    return Book(shipped | stored, language, on)


@cache
def shipped_entries() -> dict[str, Entry]:
    """Every fact that ships, read once per process. Takes no actor: facts are published with the code."""
    return read_entries(settings.CONTENT)


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
        citation=Text(row.citation_en, row.citation_es) if row.citation_en else None,
        hours=Text(row.hours_en, row.hours_es) if row.hours_en else None,
        fulfils_report=row.fulfils_report,
        source_name=row.source_name,
        source_address=row.source_address,
        read_on=row.read_on,
        owner=row.owner,
        expires_on=row.expires_on,
    )
