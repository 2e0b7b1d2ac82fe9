"""What one district says of a shared fact, laid over the edition that ships. No database.

A district may put a value, its hours and its source right, and say that it was read again. It lays a whole layer over
the entry beneath, and the entry beneath may change with a later edition:

* the edition says the same as the layer: it carries the correction now, and the reading that holds longer counts;
* the layer only said that an older edition was right: the newer edition holds;
* the layer corrected something and the edition says something else than it did then: the correction holds, and the
  district is asked.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from upstander.foundation.kernel.content import Text
from upstander.program.facts.content.entries import Entry


@dataclass(frozen=True, slots=True)
class Layer:
    """What lies over an entry. `over` is the fingerprint of what the edition said when it was written."""

    value: str
    hours: Text | None
    after_hours: Text | None
    source_name: str
    source_address: str
    read_on: date
    expires_on: date
    over: str = ""


def layer_of(entry: Entry) -> Layer:
    """The layer that says what the entry says."""
    return Layer(
        entry.value,
        entry.hours,
        entry.after_hours,
        entry.source_name,
        entry.source_address,
        entry.read_on,
        entry.expires_on,
        fingerprint(entry),
    )


def fingerprint(said: Entry | Layer) -> str:
    """What is said, as a digest: another value or other hours give another one, another source or day does not."""
    texts = [text or Text("", "") for text in (said.hours, said.after_hours)]
    parts = (said.value, *(part for text in texts for part in (text.en, text.es)))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def lay(beneath: Entry, layer: Layer | None) -> Entry:
    """The entry as the district shows it."""
    if layer is None:
        return beneath
    said, under = fingerprint(layer), fingerprint(beneath)
    if said == under:
        return _laid(beneath, layer) if layer.expires_on > beneath.expires_on else beneath
    return beneath if said == layer.over else _laid(beneath, layer)


def is_asked(beneath: Entry, layer: Layer | None) -> bool:
    """Whether the edition changed under a correction, and says neither what it did then nor what the district does."""
    if layer is None:
        return False
    said, under = fingerprint(layer), fingerprint(beneath)
    return said not in (under, layer.over) and under != layer.over


def _laid(beneath: Entry, layer: Layer) -> Entry:
    return replace(
        beneath,
        value=layer.value,
        hours=layer.hours,
        after_hours=layer.after_hours,
        source_name=layer.source_name,
        source_address=layer.source_address,
        ask=beneath.ask if layer.source_name == beneath.source_name and not layer.source_address else None,
        read_on=layer.read_on,
        expires_on=layer.expires_on,
    )
