"""The words of a campaign to take along, in a reader's language, and the sheet that is drawn from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from upstander.district.places.selectors import district_of
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import Shown
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.library.content.kits import Kit, Piece, read_kits
from upstander.program.library.selectors.campaigns import coming_campaigns, own_kit
from upstander.program.library.selectors.observances import Coming, shipped_observances

DOCUMENTS = Path(__file__).parents[1] / "documents"
LINES = ("emergency", "counseling_lines")  # what stands on every sheet


@dataclass(frozen=True, slots=True)
class Taken:
    """A campaign and its words, line by line, in one language."""

    campaign: Coming
    pieces: Mapping[Piece, tuple[str, ...]]


@cache
def shipped_kits() -> dict[str, Kit]:
    """The kit of every observance, read once per process. Takes no actor: they ship with the code."""
    return read_kits(settings.CONTENT, shipped_observances())


def kit_by_key(*, actor: Actor, key: str, language: str, on: date) -> Taken:
    """The words of one campaign that readers see: of those that ship, or the district's own. Public.

    Raises NotFound, also for one that is over and does not come back.
    """
    found = next((e for e in coming_campaigns(actor=actor, language=language, on=on) if e.key == key), None)
    if found is None:
        raise NotFound("campaign")
    kit = shipped_kits().get(key) or own_kit(actor=actor, key=key, on=on)
    said = {piece: tuple(text.in_language(language) for text in kit[piece]) for piece in Piece}
    return Taken(found, said)


def lines_to_call(*, actor: Actor, language: str, on: date) -> tuple[Shown, ...]:
    """The numbers that help whoever reads a sheet, of the actor's district. One being checked is left out. Public."""
    found = here(actor=actor, on=on)
    keys = [key for part in LINES for key in found.place.facts(part)]
    book = facts_here(actor=actor, found=found, keys=keys, language=language, on=on)
    return tuple(fact for fact in book.pick(keys) if not fact.is_withheld)


def sheet_pdf(*, actor: Actor, taken: Taken, words: Mapping[str, str], language: str, on: date, at: datetime) -> Drawn:
    """A sheet to hang up: the campaign's lines and whom to call. `words` say what stands on every sheet. Public."""
    said = {
        "language": language[:2],
        "district": district_of(actor=actor).name,
        "lines": list(taken.pieces[Piece.SHEET]),
        "calls": [
            {"label": line.label, "value": line.value, "hours": line.hours}
            for line in lines_to_call(actor=actor, language=language, on=on)
        ],
        "words": dict(words),
    }
    return draw(DOCUMENTS / "kit_sheet.typ", said, at=at)
