"""Facts as their editors see them: what is due, what waits for a second person, where an edition has moved on."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import Entry, Layer, fingerprint, is_asked, lay
from upstander.program.facts.models import FactChange
from upstander.program.facts.selectors.book import editions_of, shipped_entries
from upstander.program.facts.selectors.layers import layer_in, newest_changes

SOON = dt.timedelta(days=30)
READS = ("facts.edit", "facts.sign")


class Standing(StrEnum):
    """What has to be done about a fact, the most pressing first."""

    ASKED = "asked"  # a new edition says something else than the district's correction
    WAITS = "waits"  # a second person looks at a correction
    EXPIRED = "expired"
    SOON = "soon"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as the district shows it, the edition beneath, and its newest change."""

    entry: Entry
    beneath: Entry
    change: FactChange | None
    standing: Standing
    due_on: dt.date

    @property
    def is_own(self) -> bool:
        """Whether the district shows something else than the edition."""
        return self.entry != self.beneath

    @property
    def says_otherwise(self) -> bool:
        """Whether that is more than another source, or a later day on which it was read."""
        return fingerprint(self.entry) != fingerprint(self.beneath)


def facts_listed(*, actor: Actor, on: dt.date, search: str = "", kind: str = "", standing: str = "") -> list[Line]:
    """The facts that fit, what has to be done first, then by the day they run out. Needs `facts.edit` or `facts.sign`.

    `search` is looked for in keys, names, sentences and values of both languages, without case.
    """
    _require_editor(actor)
    changes = {row.key: row for row in newest_changes(actor=actor).select_related("author", "corrected_by")}
    beneath = editions_of(shipped_entries())
    lines = [_line(entry, changes.get(key), on) for key, entry in beneath.items()]
    fitting = [line for line in lines if _fits(line, search.casefold().strip(), kind, standing)]
    order = list(Standing)
    return sorted(fitting, key=lambda line: (order.index(line.standing), line.due_on, line.entry.key))


def fact_line(*, actor: Actor, key: str, on: dt.date) -> Line:
    """One fact. Raises NotFound for a key that no edition knows. Needs `facts.edit` or `facts.sign`."""
    _require_editor(actor)
    beneath = editions_of([key]).get(key)
    if beneath is None:
        raise NotFound(key)
    newest = newest_changes(actor=actor).filter(key=key).select_related("author", "corrected_by").first()
    return _line(beneath, newest, on)


def history_of(*, actor: Actor, key: str) -> list[FactChange]:
    """Every step the district took about a fact, the newest first. Needs `facts.edit` or `facts.sign`."""
    _require_editor(actor)
    rows = FactChange.objects.filter(district_id=actor.district_id, key=key).select_related("author")
    return list(rows.order_by("-number"))


def corrected_between(*, actor: Actor, since: dt.datetime, until: dt.datetime) -> set[str]:
    """The keys of the facts that somebody corrected in this time. Needs `facts.edit` or `facts.sign`."""
    _require_editor(actor)
    rows = FactChange.objects.filter(district_id=actor.district_id, step=FactChange.Step.CORRECTED)
    return set(rows.filter(made_at__gte=since, made_at__lt=until).values_list("key", flat=True))


def facts_to_do(*, actor: Actor, on: dt.date) -> dict[Standing, list[Line]]:
    """What the actor has to do about facts, by standing, in the order of the days. Needs `facts.edit` or `facts.sign`.

    A correction of one's own waits for somebody else, so it is not among them.
    """
    found: dict[Standing, list[Line]] = {}
    for line in facts_listed(actor=actor, on=on):
        is_own = line.change is not None and line.change.corrected_by_id == actor.account_id
        if line.standing is not Standing.GOOD and not (is_own and line.standing is Standing.WAITS):
            found.setdefault(line.standing, []).append(line)
    return found


def _require_editor(actor: Actor) -> None:
    held = next((capability for capability in READS if actor.has(capability)), READS[0])
    require(actor, held, Place(actor.district_id))


def _line(beneath: Entry, change: FactChange | None, on: dt.date) -> Line:
    layer = layer_in(change)
    entry = lay(beneath, layer)
    standing = _standing(entry, beneath, layer, change, on)
    due_on = change.due_on if change is not None and standing is Standing.WAITS else None
    return Line(entry, beneath, change, standing, due_on or entry.expires_on)


def _standing(entry: Entry, beneath: Entry, layer: Layer | None, change: FactChange | None, on: dt.date) -> Standing:
    if is_asked(beneath, layer):
        return Standing.ASKED
    if change is not None and change.waits:
        return Standing.WAITS
    if entry.expires_on <= on:
        return Standing.EXPIRED
    return Standing.SOON if entry.expires_on <= on + SOON else Standing.GOOD


def _fits(line: Line, search: str, kind: str, standing: str) -> bool:
    if (kind and line.entry.kind != kind) or (standing and line.standing != standing):
        return False
    return not search or any(search in text.casefold() for text in _texts(line.entry))


def _texts(entry: Entry) -> Iterable[str]:
    return entry.key, entry.label.en, entry.label.es, entry.text.en, entry.text.es, entry.value, entry.source_name
