"""Words of a district over which an edition says something else now, for its editor to decide about."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.actor import Actor
from upstander.program.library.content.passages import Spot, place
from upstander.program.library.selectors.pages import shipped_pages
from upstander.program.library.selectors.passages import Version, versions_on
from upstander.program.library.states import Stand

UNDER_WAY = frozenset({Stand.WAITS, Stand.COMES})


@dataclass(frozen=True, slots=True)
class Stale:
    """A district's words with the passage over which they stand now; None where the edition has dropped it."""

    page: str
    version: Version
    spot: Spot | None


def stale_words(*, actor: Actor, on: dt.date) -> list[Stale]:
    """What the actor has to decide about, by page. Nothing is asked of the database for who does not edit.

    Words of which a next version is under way are not among them: they have been decided about.
    """
    if not actor.has("pages.edit"):
        return []
    shipped = shipped_pages()
    by_page = versions_on(actor=actor, pages=shipped, on=on)
    return [each for key, versions in by_page.items() if versions for each in _of_page(key, versions)]


def _of_page(page: str, versions: list[Version]) -> list[Stale]:
    stands = {v.own.ref: v for v in versions if v.stand == Stand.STANDS}
    replaced = {v.row.replaces_id for v in versions if v.stand in UNDER_WAY}
    placed = place(shipped_pages()[page], [v.own for v in stands.values()])
    found = [Stale(page, stands[each.own.ref], each.spot) for each in placed if each.is_stale]
    return [each for each in found if each.version.row.pk not in replaced]
