"""The words of a campaign to take along, in a reader's language, and the sheet that is made from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import Shown
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.library.content.kits import Kit, Piece, read_kits
from upstander.program.library.content.prints import Form, read_shared_words
from upstander.program.library.selectors.campaigns import coming_campaigns, own_kit
from upstander.program.library.selectors.observances import Coming, shipped_observances
from upstander.program.library.selectors.prints import Sheet, edition_of

LINES = ("emergency", "counseling_lines")  # what stands on every sheet


class NotYet(NotFound):
    """The words of a campaign are not open yet. They are from its first day on."""

    def __init__(self, campaign: Coming) -> None:
        super().__init__("campaign")
        self.campaign = campaign


@dataclass(frozen=True, slots=True)
class Taken:
    """A campaign and its words, line by line, in one language."""

    campaign: Coming
    pieces: Mapping[Piece, tuple[str, ...]]


@cache
def shipped_kits() -> dict[str, Kit]:
    """The kit of every observance, read once per process. Takes no actor: they ship with the code."""
    return read_kits(settings.CONTENT, shipped_observances())


@cache
def shared_words() -> dict[str, Text]:
    """What stands on every print, read once per process. Takes no actor: it ships with the code."""
    return read_shared_words(settings.CONTENT)


def kit_by_key(*, actor: Actor, key: str, language: str, on: date, is_staff: bool) -> Taken:
    """The words of one campaign: of those that ship, or of the district's own. Public while the campaign is on.

    Staff prepare with them before. Raises NotYet for anyone else then, and NotFound, also for one that is over and does
    not come back.
    """
    return _taken(actor, _campaign(actor, key, language, on, is_staff=is_staff), language, on)


def lines_on_sheets(*, actor: Actor, on: date) -> list[str]:
    """The facts on every campaign's sheet in the actor's district, in their order. Public."""
    place = here(actor=actor, on=on).place
    return [key for part in LINES for key in place.facts(part)]


def lines_to_call(*, actor: Actor, language: str, on: date) -> tuple[Shown, ...]:
    """The numbers that help whoever reads a sheet, of the actor's district. One being checked is left out. Public."""
    keys = lines_on_sheets(actor=actor, on=on)
    book = facts_here(actor=actor, found=here(actor=actor, on=on), keys=keys, language=language, on=on)
    return tuple(fact for fact in book.pick(keys) if not fact.is_withheld)


def kit_sheet(*, actor: Actor, key: str, language: str, on: date, is_staff: bool) -> Sheet:
    """The sheet to hang up of one campaign, as it reads today; for whom and when as `kit_by_key`. Raises the same."""
    taken = kit_by_key(actor=actor, key=key, language=language, on=on, is_staff=is_staff)
    return _sheet(taken, language, _on_each(actor, language, on))


def kit_sheets(*, actor: Actor, language: str, on: date) -> list[Sheet]:
    """The sheets of every campaign that is on or comes, as they read today: its lines and whom to call.

    For the job that makes them ahead; who may have one says `kit_by_key`.
    """
    on_each = _on_each(actor, language, on)
    campaigns = coming_campaigns(actor=actor, language=language, on=on)
    return [_sheet(_taken(actor, each, language, on), language, on_each) for each in campaigns]


def _campaign(actor: Actor, key: str, language: str, on: date, *, is_staff: bool) -> Coming:
    found = next((e for e in coming_campaigns(actor=actor, language=language, on=on) if e.key == key), None)
    if found is None:
        raise NotFound("campaign")
    if not (found.is_now or is_staff):
        raise NotYet(found)
    return found


def _taken(actor: Actor, campaign: Coming, language: str, on: date) -> Taken:
    kit = shipped_kits().get(campaign.key) or own_kit(actor=actor, key=campaign.key, on=on)
    return Taken(campaign, {piece: tuple(text.in_language(language) for text in kit[piece]) for piece in Piece})


def _on_each(actor: Actor, language: str, on: date) -> dict[str, Any]:
    """What the sheets of all campaigns say beside their own lines."""
    return {
        "language": language[:2],
        "district": district_of(actor=actor).name,
        "calls": [
            {"label": line.label, "value": line.value, "hours": line.hours}
            for line in lines_to_call(actor=actor, language=language, on=on)
        ],
        "words": {name: text.in_language(language) for name, text in shared_words().items()},
        "address": "",  # a sheet on a wall is read, not scanned
    }


def _sheet(taken: Taken, language: str, on_each: Mapping[str, Any]) -> Sheet:
    said = {**on_each, "lines": list(taken.pieces[Piece.SHEET])}
    key, title = f"{Form.KIT_SHEET}_{taken.campaign.key}", taken.campaign.name
    edition = edition_of(said)
    return Sheet(key, Form.KIT_SHEET, language, title, "", site_screen="", edition=edition, made_of={}, said=said)
