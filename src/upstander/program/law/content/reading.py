"""Reading the packs that ship in `content/packs/`, one file per edition, and laying them together for a place."""

import glob
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, read_documents
from upstander.program.facts.content import Entry
from upstander.program.law.content import checks
from upstander.program.law.content.building import lengths, pack_of, terms_of
from upstander.program.law.content.layers import FACT_LISTS, merge, without_levels
from upstander.program.law.content.shapes import Jurisdiction, Pack, Terms, blockers, each_once

Editions = tuple[Pack, ...]


def read_packs(content: Path, facts: Mapping[str, Entry]) -> dict[str, Editions]:
    """Every shipped pack by key, its editions oldest first.

    Checked against the schema, the known facts, the engine's demands, and as layers: on every day on which an edition
    begins, what lies below may only add, fill in or shorten. Raises ContentRefused naming file, line, key and reason.
    """
    documents = read_documents(content / "packs", content / "schemas" / "pack.schema.json")
    names = {document.data["pack"] for document in documents}
    if faults := [fault for document in documents for fault in checks.of_file(document, names, facts)]:
        raise ContentRefused(faults)
    packs: dict[str, Editions] = {}
    for document in documents:
        pack = pack_of(document, facts)
        packs[pack.key] = tuple(sorted((*packs.get(pack.key, ()), pack), key=lambda one: one.effective_from))
    if faults := [*checks.overlaps(packs), *checks.rules_rewritten(packs), *_broken_layers(packs, facts)]:
        raise ContentRefused(faults)
    return packs


def read_pack(file: Path, content: Path, facts: Mapping[str, Entry]) -> Pack:
    """One pack's file by itself, checked as far as that can be done without the layers around it."""
    documents = read_documents(file.parent, content / "schemas" / "pack.schema.json", glob.escape(file.name))
    if not documents:
        raise ContentRefused([Fault(file, 1, "", "there is no such file")])
    if faults := list(checks.alone(documents[0], facts)):
        raise ContentRefused(faults)
    return pack_of(documents[0], facts)


def edition_on(editions: Editions, on: date) -> Pack:
    """The edition in force on the day `on`: the last one begun by then.

    It stays when its days are over and none follows, and the first one stands for the days before it: the law did not
    begin with our first file, and a place is never without its numbers. `Pack.is_overdue` tells such days.
    """
    return next((pack for pack in reversed(editions) if pack.effective_from <= on), editions[0])


def upward(packs: Mapping[str, Editions], key: str | None, on: date) -> Iterator[Pack]:
    """The pack `key` and its parents, the nearest first, in the editions of the day `on`."""
    while key is not None:
        pack = edition_on(packs[key], on)
        yield pack
        key = pack.parent


def jurisdiction(
    packs: Mapping[str, Editions], key: str, on: date, facts: Mapping[str, Entry], own: Document | None = None
) -> Jurisdiction:
    """The pack `key` on its parents, in the editions of the day `on`, below them the district's `own` layer.

    A pack that may not be published yet is left out, as if nobody had written it, unless the district's own layer
    fills in all that it lacks. Raises KeyError for a place without a pack, and ContentRefused when a layer does what
    it may not.
    """
    numbers, every = lengths(facts), tuple(upward(packs, key, on))
    published = tuple(pack for pack in every if not pack.blockers)
    if own and published != every:
        filled = terms_of(merge([*_from_the_country(every), own], numbers), facts)
        if not any(blockers(pack.level, filled) for pack in every):
            return Jurisdiction(every, filled)
        own = without_levels(own)  # the levels it speaks of are not published
    layers = _from_the_country(published) + ([own] if own else [])
    return Jurisdiction(published, terms_of(merge(layers, numbers), facts))


def _from_the_country(chain: tuple[Pack, ...]) -> list[Document]:
    return [pack.document for pack in reversed(chain)]


def everywhere(packs: Mapping[str, Editions], on: date) -> Jurisdiction:
    """All places at once, counties first, for a copy of the call screen that cannot know its district."""
    order = {"county": 0, "state": 1, "country": 2}
    held = [edition_on(editions, on) for editions in packs.values()]
    chain = tuple(sorted((p for p in held if not p.blockers), key=lambda pack: (order[pack.level], pack.key)))
    parts = (*FACT_LISTS, "lines", "duties", "recipients", "excluded_recipients")
    lists: dict[str, Any] = {
        part: each_once(item for pack in chain for item in getattr(pack.terms, part)) for part in parts
    }
    return Jurisdiction(chain, Terms(**lists))


def _broken_layers(packs: Mapping[str, Editions], facts: Mapping[str, Entry]) -> list[Fault]:
    numbers, days = lengths(facts), {pack.effective_from for editions in packs.values() for pack in editions}
    faults: dict[Fault, None] = {}
    for key in packs:
        for on in sorted(days):
            try:
                merge([pack.document for pack in reversed(list(upward(packs, key, on)))], numbers)
            except ContentRefused as refused:
                faults |= dict.fromkeys(refused.faults)
    return list(faults)
