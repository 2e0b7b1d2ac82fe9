"""The cards as they ship in `content/cards/`: what to do in one situation or role, sharing passages by key."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents, text_of
from upstander.program.facts.content import PLACEHOLDER, facts_in


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a card: words of its own, a fact, or what the law of a place says under `law` or in `list`.

    `missing` names what a place has yet to fill in. An item with `missing` alone is the district's to confirm.
    """

    text: Text | None = None
    fact: str = ""
    law: str = ""
    list: str = ""
    missing: Text | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading. The tone is "do", "dont" or "note"."""

    heading: Text
    tone: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One card. Public ones say what anyone may know; the others stand behind the staff door."""

    key: str
    kind: str
    is_public: bool
    order: int
    edition: date
    title: Text
    lead: Text
    parts: tuple[Part, ...]

    def items(self) -> Iterator[Item]:
        """Every line of the card, in its order."""
        return chain.from_iterable(part.items for part in self.parts)

    def facts(self) -> set[str]:
        """The facts that the card names by itself, in its lines or inside a sentence."""
        inside = {key for item in self.items() if item.text for key in facts_in(item.text)}
        return inside | {item.fact for item in self.items() if item.fact}


def read_cards(content: Path, facts: Collection[str]) -> dict[str, Card]:
    """Every shipped card by key, in reading order. Raises ContentRefused naming file, line, key and reason."""
    schemas = content / "schemas"
    shared = read_documents(content / "cards" / "shared", schemas / "card-shared.schema.json")
    documents = read_documents(content / "cards", schemas / "card.schema.json")
    common = shared[0].data
    faults = [fault for document in documents for fault in _unknown(document, common, facts)]
    faults += _repeated([*shared, *documents])
    if faults:
        raise ContentRefused(faults)
    cards = sorted((_card(document.data, common) for document in documents), key=lambda card: card.order)
    return {card.key: card for card in cards}


def _card(data: dict[str, Any], common: Mapping[str, Any]) -> Card:
    return Card(
        key=data["card"],
        kind=data["kind"],
        is_public=data["door"] == "public",
        order=data["order"],
        edition=date.fromisoformat(data["edition"]),
        title=Text(**data["title"]),
        lead=Text(**data["lead"]),
        parts=tuple(_part(part, common) for part in data["parts"]),
    )


def _part(data: dict[str, Any], common: Mapping[str, Any]) -> Part:
    data = common["parts"][data["same"]] if "same" in data else data
    item = partial(_item, common=common)
    return Part(Text(**common["headings"][data["heading"]]), data["tone"], tuple(map(item, data["items"])))


def _item(data: dict[str, Any], common: Mapping[str, Any]) -> Item:
    if "say" in data:
        return Item(text=Text(**common["passages"][data["say"]]))
    if "confirm" in data:
        return Item(missing=Text(**data["confirm"]))
    if "en" in data:
        return Item(text=Text(**data))
    named = {name: data.get(name, "") for name in ("fact", "law", "list")}
    return Item(**named, missing=text_of(data.get("missing")))


def _unknown(document: Document, common: Mapping[str, Any], facts: Collection[str]) -> Iterator[Fault]:
    """What a card names and nobody has: parts, headings, passages, facts; and a file under another card's name."""
    yield from document.misnamed("card")
    for index, part in enumerate(document.data["parts"]):
        named = [("parts", part["same"])] if "same" in part else [("headings", part["heading"])]
        whole = common["parts"].get(part.get("same"), part)
        items = whole.get("items", [])
        named += [("passages", item["say"]) for item in items if "say" in item]
        for shelf, key in named:
            if key not in common[shelf]:
                yield document.fault(("parts", index), f"there is no {key} among the shared {shelf}")
        for key in sorted(_named_facts(items) - set(facts)):
            yield document.fault(("parts", index), f"there is no fact {key}")


def _named_facts(items: list[dict[str, Any]]) -> set[str]:
    inside = {key for item in items for text in _sentences(item) for key in PLACEHOLDER.findall(text)}
    return inside | {item["fact"] for item in items if "fact" in item}


def _repeated(documents: list[Document]) -> Iterator[Fault]:
    """A sentence that stands twice belongs on the shared shelf, so that it is corrected once."""
    counts = Counter(chain.from_iterable(_sentences(document.data) for document in documents))
    for document in documents:
        for text in dict.fromkeys(_sentences(document.data)):
            if counts[text] > 1:
                yield document.fault((), f"“{text}” is written more than once; share it")


def _sentences(data: object) -> Iterator[str]:
    """Every English or Spanish passage inside the data."""
    match data:
        case {"en": str(english), "es": str(spanish)}:
            yield from (english, spanish)
        case dict():
            for value in data.values():
                yield from _sentences(value)
        case list():
            for value in data:
                yield from _sentences(value)
