"""A district's own words on a shipped page: where each stands, also after the page was written anew. No database.

A district's words remember the words they were written for. While an edition still says those, they stand in their
place. Where an edition says something else there, the district's words stay and the difference is told; where it has
dropped the passage, they stand where they stood. Nothing that a district wrote is ever overwritten or lost by loading.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from upstander.foundation.kernel.content import Text
from upstander.program.library.content.pages import Block, Page

# What a district may say otherwise. The rest is law, a number, a call to act, or a correction that holds everywhere.
EDITABLE = frozenset({"heading", "text", "list", "steps", "check", "confirm"})
NOTHING = Text("", "")
ALIKE = 0.5  # share of letters in common from which two passages are taken for the same one, rewritten


@dataclass(frozen=True, slots=True)
class Spot:
    """One passage of a page: its kind, the block's place on the page, the passage's place in its block."""

    kind: str
    block: int
    item: int
    words: Text


@dataclass(frozen=True, slots=True)
class Own:
    """A district's words: over which passage they stand, what it said then (`was`), what they say (`said`).

    Where somebody kept them after an edition had dropped their passage, it said nothing then.
    """

    ref: str
    kind: str
    block: int
    item: int
    was: Text
    said: Text


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a district's words stand now. `is_stale`: they were written for, or last kept over, other words."""

    own: Own
    spot: Spot | None
    is_stale: bool


def spots(page: Page) -> tuple[Spot, ...]:
    """Every passage of a page that a district may say otherwise, in reading order."""
    return tuple(
        Spot(block.kind, index, item, words)
        for index, block in enumerate(page.blocks)
        if block.kind in EDITABLE
        for item, words in enumerate(block.words)
    )


def place(page: Page, owns: Sequence[Own]) -> tuple[Placed, ...]:
    """Where each of the words stands, oldest first in `owns`; of two for one passage the later one stands."""
    free = list(spots(page))
    found: dict[str, Placed] = {}
    for own in reversed(owns):  # those whose passage is unchanged first, so that no other takes it
        spot = min((s for s in free if (s.kind, s.words) == (own.kind, own.was)), key=_distance(own), default=None)
        if spot is not None:
            free.remove(spot)
            found[own.ref] = Placed(own, spot, is_stale=False)
    unchanged = {(placed.own.kind, placed.own.was) for placed in found.values()}
    for own in reversed(owns):
        if own.ref in found or (own.kind, own.was) in unchanged:
            continue  # a later one stands in its place
        spot = max((s for s in free if s.kind == own.kind), key=_likeness(own), default=None)
        if spot is not None and _likeness(own)(spot)[0] >= ALIKE:
            free.remove(spot)
        else:
            spot = None
        found[own.ref] = Placed(own, spot, is_stale=spot is not None or own.was != NOTHING)
    return tuple(found[own.ref] for own in owns if own.ref in found)


def laid(page: Page, owns: Sequence[Own]) -> Page:
    """The page with a district's words in their places; words whose passage is gone stand where they stood."""
    blocks = list(page.blocks)
    placed = place(page, owns)
    for each in placed:
        if each.spot is not None:
            blocks[each.spot.block] = _with(blocks[each.spot.block], each.spot.item, each.own.said)
    for each in sorted((p for p in placed if p.spot is None), key=lambda p: -p.own.block):
        kind = "heading" if each.own.kind == "heading" else "text"
        blocks.insert(min(each.own.block, len(blocks)), Block(kind, (each.own.said,), key=each.own.ref))
    return replace(page, blocks=tuple(blocks))


def _with(block: Block, item: int, said: Text) -> Block:
    words = (*block.words[:item], said, *block.words[item + 1 :])
    return replace(block, words=words, kind="text" if block.kind == "confirm" else block.kind)


def _distance(own: Own) -> Callable[[Spot], int]:
    return lambda spot: abs(spot.block - own.block) + abs(spot.item - own.item)


def _likeness(own: Own) -> Callable[[Spot], tuple[float, int]]:
    far = _distance(own)
    return lambda spot: (SequenceMatcher(None, own.was.en, spot.words.en).ratio(), -far(spot))
