"""The law of a place with the district's own layer laid on it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import ContentRefused
from upstander.program.facts.content import Book
from upstander.program.facts.content import Entry as Fact
from upstander.program.facts.selectors import facts_by_key, shipped_entries
from upstander.program.law.content import (
    Jurisdiction,
    Level,
    Own,
    edition_on,
    jurisdiction,
    own_facts,
    own_layer,
    upward,
)
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors.entries import owns_that_hold
from upstander.program.law.selectors.packs import nearest_pack, shipped_packs

Kind = LocalEntry.Kind
OF_THE_LAYER = (Kind.CHILD_WELFARE, Kind.LEVEL_NAME, Kind.LEVEL_STEPS)


@dataclass(frozen=True, slots=True)
class Here:
    """The law of a place with the district's own layer on it, and the facts that layer brings along."""

    place: Jurisdiction
    facts: Mapping[str, Fact]
    unfit: tuple[Own, ...]  # entries that the packs no longer allow: left out, and a task

    def book(self, book: Book) -> Book:
        """`book` with the district's own facts in it."""
        return Book({**book.entries, **self.facts}, book.language, book.on)


def here(*, actor: Actor, on: dt.date) -> Here:
    """What holds in the actor's district on the day `on`, its own layer included. Public.

    An entry that no longer fits its packs is left out and told; it never takes the page with it.
    """
    district = district_of(actor=actor)
    held = owns_that_hold(actor=actor, kinds=OF_THE_LAYER)
    return _laid(nearest_pack(district), on, held, district.name)


def facts_here(*, actor: Actor, found: Here, keys: Iterable[str], language: str, on: dt.date) -> Book:
    """The book of these facts, the district's own among them. Public."""
    return found.book(facts_by_key(actor=actor, keys=set(keys) - set(found.facts), language=language, on=on))


@lru_cache(maxsize=128)
def _laid(key: str, on: dt.date, entries: tuple[Own, ...], district: str) -> Here:
    fitting: list[Own] = []
    unfit: list[Own] = []
    for entry in entries:
        try:
            lay(key, on, [*fitting, entry], district)
            fitting.append(entry)
        except ContentRefused:
            unfit.append(entry)
    return Here(lay(key, on, fitting, district), own_facts(fitting, district, on), tuple(unfit))


def lay(key: str, on: dt.date, entries: Sequence[Own], district: str) -> Jurisdiction:
    """The packs of a place with these entries laid on them. Raises ContentRefused. Takes no actor: nothing is read."""
    packs, facts = shipped_packs(), shipped_entries()
    own = own_layer(entries, unfilled_lines(key, on)) if entries else None
    return jurisdiction(packs, key, on, {**facts, **own_facts(entries, district, on)}, own)


def unfilled_lines(key: str, on: dt.date) -> list[str]:
    """The numbers that the place's packs know to be needed and have not filled in. Takes no actor: files are read."""
    chain = upward(shipped_packs(), key, on)
    return [line.key for pack in chain for line in pack.terms.lines if line.fact is None]


def county_levels(*, actor: Actor, on: dt.date) -> tuple[Level, ...]:
    """The levels of response that the district's county knows, published or not."""
    editions = shipped_packs().get(district_of(actor=actor).county_key)
    return edition_on(editions, on).terms.levels if editions else ()
