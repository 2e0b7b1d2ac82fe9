"""A card as it is shown: its lines filled from the law that holds in a place and the facts of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upstander.program.facts.content import LINES, Book, Shown, say
from upstander.program.guidance.content.cards import Card, Item, Part
from upstander.program.law.content import Jurisdiction

NUMBERS = ("emergency", "reporting_lines")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown: words, with the fact they come from; a phone line; or a blank to be filled in."""

    text: str
    fact: Shown | None = None
    is_blank: bool = False

    @property
    def is_phone(self) -> bool:
        return self.fact is not None and self.fact.kind in LINES

    @property
    def citation(self) -> str:
        """The statute behind the line, or nothing."""
        return self.fact.citation if self.fact else ""


@dataclass(frozen=True, slots=True)
class FacePart:
    """Lines under one heading, with the tone that draws them."""

    heading: str
    tone: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A card in one language, for one place, on one day. `numbers` stand on every card."""

    key: str
    kind: str
    is_public: bool
    edition: date
    title: str
    lead: str
    parts: tuple[FacePart, ...]
    numbers: tuple[Shown, ...]

    @property
    def begins_with_numbers(self) -> bool:
        """Whether the card's own lines show whom to call, so that a page need not say it twice."""
        shown = {line.fact.key for part in self.parts for line in part.lines if line.fact}
        return bool(self.numbers) and shown.issuperset(fact.key for fact in self.numbers)


def face_facts(card: Card, place: Jurisdiction) -> set[str]:
    """Every fact that the card needs in `place`."""
    from_law = {key for item in card.items() for key in _keys(item, place)}
    return card.facts() | from_law | {key for part in NUMBERS for key in place.facts(part)}


def face(card: Card, place: Jurisdiction, book: Book) -> Face:
    """The card from `book`, which holds at least `face_facts`. What the place has not filled in is a visible blank."""
    return Face(
        key=card.key,
        kind=card.kind,
        is_public=card.is_public,
        edition=card.edition,
        title=card.title.in_language(book.language),
        lead=card.lead.in_language(book.language),
        parts=tuple(_part(part, place, book) for part in card.parts),
        numbers=book.pick(key for part in NUMBERS for key in place.facts(part)),
    )


def _part(part: Part, place: Jurisdiction, book: Book) -> FacePart:
    lines = tuple(line for item in part.items for line in _lines(item, place, book))
    return FacePart(part.heading.in_language(book.language), part.tone, lines)


def _lines(item: Item, place: Jurisdiction, book: Book) -> Iterator[Line]:
    if item.text:
        yield Line(say(item.text, book))
        return
    shown = book.pick(_keys(item, place))
    yield from (Line(fact.text, fact) for fact in shown)
    if not shown and item.missing:
        yield Line(item.missing.in_language(book.language), is_blank=True)


def _keys(item: Item, place: Jurisdiction) -> tuple[str, ...]:
    """The facts that stand behind an item in this place; none where the place has yet to fill it in."""
    if item.fact:
        return (item.fact,)
    if item.list:
        return place.facts(item.list)
    found = place.fact_under(item.law) if item.law else ""
    return (found,) if found else ()
