"""Reading facts for a page."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Book, Entry, Kind, lay, read_entries
from upstander.program.facts.selectors.layers import layers_for

MOST_KEPT = 1024  # entries that are kept as they were put together


class Stored(NamedTuple):
    """A row of the table, in the order of its question."""

    key: str
    kind: str
    label_en: str
    label_es: str
    text_en: str
    text_es: str
    value: str
    citation_en: str
    citation_es: str
    hours_en: str
    hours_es: str
    after_hours_en: str
    after_hours_es: str
    tells: str
    fallback: str
    fulfils_report: bool
    source_name: str
    source_address: str
    ask_en: str
    ask_es: str
    read_on: date
    owner: str
    expires_on: date


# Every public page asks this, so it is written out: building it anew costs more than running it.
STORED = f"SELECT {', '.join(Stored._fields)} FROM facts_fact WHERE key = ANY(%s)"  # noqa: S608 - constants only


def facts_by_key(*, actor: Actor, keys: Iterable[str], language: str, on: date) -> Book:
    """The book of these facts in `language` as of the day `on`, as the actor's district shows them, in two queries.

    Public: every actor may read facts. What goes with a line is in the book too: what is known of it, and the line that
    may have to stand in for it. What is not stored yet is taken as it ships, so that a page never waits for a load; a
    key that neither knows is a KeyError, never an empty text.
    """
    return Book(entries_here(actor=actor, keys=keys), language, on)


def entries_here(*, actor: Actor, keys: Iterable[str]) -> dict[str, Entry]:
    """The facts of `keys` and those that go with them, with the district's own corrections. Public."""
    beneath = editions_of(keys)
    layers = layers_for(actor=actor, keys=beneath)
    return {key: lay(entry, layers.get(key)) for key, entry in beneath.items()}


def editions_of(keys: Iterable[str]) -> dict[str, Entry]:
    """The facts of `keys` and those that go with them, as the edition on this server says them.

    Takes no actor: facts are published with the code.
    """
    shipped = shipped_entries()
    wanted = set(keys)
    for key in wanted & shipped.keys():
        wanted |= shipped[key].goes_with
    with connection.cursor() as cursor:
        cursor.execute(STORED, [list(wanted)])
        stored = {row[0]: _entry(Stored(*row)) for row in cursor.fetchall()}
    return {key: shipped[key] for key in wanted if key in shipped} | stored


@cache
def shipped_entries() -> dict[str, Entry]:
    """Every fact that ships, read once per process. Takes no actor: facts are published with the code."""
    return read_entries(settings.CONTENT)


@lru_cache(maxsize=MOST_KEPT)
def _entry(row: Stored) -> Entry:
    """The fact that a row says; the same words are put together once."""
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
        after_hours=Text(row.after_hours_en, row.after_hours_es) if row.after_hours_en else None,
        tells=row.tells,
        fallback=row.fallback,
        ask=Text(row.ask_en, row.ask_es) if row.ask_en else None,
    )
