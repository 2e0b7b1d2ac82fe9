"""Reading the cards: those that ship, filled in for the actor's district."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.selectors import shipped_entries
from upstander.program.guidance.content.cards import Card, read_cards
from upstander.program.guidance.content.faces import Face, face, face_facts
from upstander.program.law.selectors.here import facts_here, here


@cache
def shipped_cards() -> dict[str, Card]:
    """Every card that ships, in reading order, read once per process. Takes no actor: they ship with the code."""
    return read_cards(settings.CONTENT, shipped_entries())


def cards_for(*, actor: Actor, language: str, on: date, is_staff: bool) -> list[Face]:
    """The cards behind one door in reading order; the staff door shows the public ones too. The view keeps the door."""
    return _faces(actor, language, on, (card for card in shipped_cards().values() if is_staff or card.is_public))


def card_by_key(*, actor: Actor, key: str, language: str, on: date, is_staff: bool) -> Face:
    """One card. Raises NotFound for a key that is not there, or not behind this door: both read the same."""
    card = shipped_cards().get(key)
    if card is None or not (is_staff or card.is_public):
        raise NotFound("card")
    return _faces(actor, language, on, [card])[0]


def _faces(actor: Actor, language: str, on: date, cards: Iterable[Card]) -> list[Face]:
    cards, found = list(cards), here(actor=actor, on=on)
    keys = {key for card in cards for key in face_facts(card, found.place)}
    book = facts_here(actor=actor, found=found, keys=keys, language=language, on=on)
    return [face(card, found.place, book) for card in cards]
