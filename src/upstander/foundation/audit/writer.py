"""The audit writer. An event has a schema: a name, its exact keys, a sentence for people."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor


class EventError(LookupError):
    """An event was declared twice, or recorded with keys that are not its own."""


@dataclass(frozen=True)
class Event:
    """`name` is `part.thing_happened`; `keys` are exactly what `data` holds; `sentence` may use the keys."""

    name: str
    keys: frozenset[str]
    sentence: object


REGISTRY: dict[str, Event] = {}


def declare(name: str, sentence: object, *keys: str) -> Event:
    """Declare an event once, in a part's `events.py`."""
    if name in REGISTRY:
        raise EventError(f"the event {name} is declared twice")
    REGISTRY[name] = Event(name, frozenset(keys), sentence)
    return REGISTRY[name]


def record(event: Event, *, actor: Actor, subject: str, at: dt.datetime, **data: Any) -> None:
    """Write one audit row in the caller's transaction.

    `subject` is the ref of the record. Raises `EventError` when `data` has other keys than the event declares,
    and outside a transaction, because an event without its change would be a lie.
    """
    if set(data) != event.keys:
        raise EventError(f"{event.name} takes exactly {sorted(event.keys)}, got {sorted(data)}")
    if not connection.in_atomic_block:
        raise EventError(f"{event.name} was recorded outside a transaction")
    row = AuditEvent(
        district_id=actor.district_id,
        event=event.name,
        happened_at=at,
        actor_kind=actor.kind.value,
        actor_name=actor.name,
        subject_ref=subject,
        data=data,
    )
    row.digest = digest(row)
    row.save(force_insert=True)


def digest(row: AuditEvent) -> str:
    """SHA-256 over the row's canonical JSON; a later job seals these digests into a chain."""
    parts = {
        "ref": row.ref,
        "district": row.district_id,
        "event": row.event,
        "at": row.happened_at.astimezone(dt.UTC).isoformat(),
        "actor": [row.actor_kind, row.actor_name],
        "subject": row.subject_ref,
        "data": row.data,
    }
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
