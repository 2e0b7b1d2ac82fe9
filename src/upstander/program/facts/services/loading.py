"""Bringing the facts on the pages in line with what ships."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import HOUSE, Actor
from upstander.program.facts import events
from upstander.program.facts.content import Entry
from upstander.program.facts.models import Fact


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many facts a load touched."""

    added: int
    changed: int
    removed: int
    unchanged: int


@transaction.atomic
def load_facts(*, actor: Actor, entries: Mapping[str, Entry], at: datetime) -> Loaded:
    """Make the stored facts exactly `entries` (all or nothing; the same entries again change nothing).

    A fact that no longer ships is removed: its history is the content's own. What a district has corrected lies in rows
    of its own and is not touched: where the new edition says something else, its editors are asked. Writes one audit
    event when anything changed. Needs `facts.load` in the house itself, because facts belong to no district.
    """
    require(actor, "facts.load", Place(HOUSE))
    stored = {fact.key: fact for fact in Fact.objects.select_for_update()}
    added = [Fact(**_columns(entry)) for key, entry in entries.items() if key not in stored]
    changed = [fact for key, fact in stored.items() if key in entries and _take(fact, entries[key])]
    removed = stored.keys() - entries.keys()
    Fact.objects.bulk_create(added)
    Fact.objects.bulk_update(changed, [field for field in _field_names() if field != "key"])
    Fact.objects.filter(key__in=removed).delete()
    kept = len(entries) - len(added) - len(changed)
    loaded = Loaded(len(added), len(changed), len(removed), kept)
    if added or changed or removed:
        record(events.LOADED, actor=actor, subject="facts", at=at, **asdict(loaded))
    return loaded


def _take(fact: Fact, entry: Entry) -> bool:
    """Put the entry's values on the stored fact; whether any of them is new."""
    columns = _columns(entry)
    before = {name: getattr(fact, name) for name in columns}
    for name, value in columns.items():
        setattr(fact, name, value)
    return before != columns


def _field_names() -> list[str]:
    return [field.name for field in Fact._meta.concrete_fields if not field.primary_key]


def _columns(entry: Entry) -> dict[str, Any]:
    hours = entry.hours
    return {
        "key": entry.key,
        "kind": entry.kind.value,
        "label_en": entry.label.en,
        "label_es": entry.label.es,
        "text_en": entry.text.en,
        "text_es": entry.text.es,
        "value": entry.value,
        "citation_en": entry.citation.en if entry.citation else "",
        "citation_es": entry.citation.es if entry.citation else "",
        "hours_en": hours.en if hours else "",
        "hours_es": hours.es if hours else "",
        "after_hours_en": entry.after_hours.en if entry.after_hours else "",
        "after_hours_es": entry.after_hours.es if entry.after_hours else "",
        "tells": entry.tells,
        "fallback": entry.fallback,
        "ask_en": entry.ask.en if entry.ask else "",
        "ask_es": entry.ask.es if entry.ask else "",
        "fulfils_report": entry.fulfils_report,
        "source_name": entry.source_name,
        "source_address": entry.source_address,
        "read_on": entry.read_on,
        "owner": entry.owner,
        "expires_on": entry.expires_on,
    }
