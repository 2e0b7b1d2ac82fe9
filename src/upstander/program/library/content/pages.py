"""The public pages as they ship in `content/pages/`: words in both languages in blocks, every number a fact."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents
from upstander.program.facts.content import facts_in, names_alike

TAKEN = frozenset({"staff", "door", "drafts", "image"})  # words of the addresses themselves
REVIEWERS = ("legal", "survivor_advisor", "language")
ROLES = {
    "legal": Text("a lawyer", "una persona abogada"),
    "survivor_advisor": Text("a survivor advisor", "una persona asesora sobreviviente"),
    "language": Text("a language reviewer", "una persona revisora del idioma"),
}


class Audience(StrEnum):
    """For whom a page is written; it decides its tone and how hard its sentences may be."""

    STUDENTS = "students"
    EVERYONE = "everyone"
    FAMILIES = "families"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a page, of one kind.

    `words` are its passages in their order: one for a heading, text, callout, confirm or link (its words); the items
    of a list or steps; of a law block what stands there while the law is a blank; what people say, what is true and
    why it matters for a myth; the question and its thought for a check; what a picture shows. `key` is the fact, law,
    lines, card, page or picture that the block names, or a district's own words that have lost their passage;
    `tone` is that of a callout, `facts` are those behind a myth.
    """

    kind: str
    words: tuple[Text, ...] = ()
    key: str = ""
    tone: str = ""
    facts: tuple[str, ...] = ()

    def fact_keys(self) -> set[str]:
        """Every fact that the block names, whole or inside a sentence."""
        inside = {key for text in self.words for key in facts_in(text)}
        return inside | set(self.facts) | ({self.key} if self.kind == "fact" else set())


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who has reviewed a page, by role, and on which day."""

    role: Text
    on: date


@dataclass(frozen=True, slots=True)
class Page:
    """One page in both languages. `neutral_title` stands in tabs, history and prints: it never names the topic."""

    key: str
    kind: str
    audience: Audience
    is_public: bool
    order: int
    review: Mapping[str, SignOff | None]
    title: Text
    neutral_title: Text
    summary: Text
    blocks: tuple[Block, ...]

    @property
    def words(self) -> list[Text]:
        """Every passage of its blocks."""
        return [text for block in self.blocks for text in block.words]

    def fact_keys(self) -> set[str]:
        """Every fact that the page names by itself; what its place adds is not among them."""
        return {key for block in self.blocks for key in block.fact_keys()}


def read_pages(content: Path, facts: Collection[str]) -> dict[str, Page]:
    """Every shipped page by key, in reading order. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "pages", content / "schemas" / "page.schema.json")
    known = {document.data["key"] for document in documents}
    faults = [fault for document in documents for fault in _faults(document, known, facts)]
    if faults:
        raise ContentRefused(faults)
    pages = sorted((_page(document.data) for document in documents), key=lambda page: page.order)
    return {page.key: page for page in pages}


def _page(data: dict[str, Any]) -> Page:
    return Page(
        key=data["key"],
        kind=data["kind"],
        audience=Audience(data["audience"]),
        is_public=data["door"] == "public",
        order=data["order"],
        review={role: _sign_off(data["review"][role]) for role in REVIEWERS},
        title=Text(**data["title"]),
        neutral_title=Text(**data["neutral_title"]),
        summary=Text(**data["summary"]),
        blocks=tuple(block_of(block) for block in data["blocks"]),
    )


def _sign_off(data: dict[str, Any] | None) -> SignOff | None:
    return SignOff(Text(**data["role"]), date.fromisoformat(data["on"])) if data else None


def block_of(data: dict[str, Any]) -> Block:
    """A block from its data: a mapping with one key, its kind."""
    ((kind, value),) = data.items()
    match kind:
        case "heading" | "text" | "confirm":
            return Block(kind, (Text(**value),))
        case "list" | "steps":
            return Block(kind, tuple(Text(**text) for text in value))
        case "callout":
            return Block(kind, (Text(**value["text"]),), tone=value["tone"])
        case "law":
            return Block(kind, (Text(**value["missing"]),), key=value["key"])
        case "myth":
            words = tuple(Text(**value[part]) for part in ("says", "fact", "why"))
            return Block(kind, words, facts=tuple(value["facts"]))
        case "check":
            return Block(kind, (Text(**value["item"]), Text(**value["why"])))
        case "link":
            return Block(kind, (Text(**value["words"]),), key=value["to"])
        case _:  # fact, lines, card: a key alone
            return Block(kind, key=value)


def _faults(document: Document, pages: Collection[str], facts: Collection[str]) -> Iterator[Fault]:
    yield from document.misnamed("key")
    if document.data["key"] in TAKEN:
        yield document.fault(("key",), "is a word of the address of other pages; choose another")
    for index, data in enumerate(document.data["blocks"]):
        block, place = block_of(data), ("blocks", index)
        if not all(names_alike(text) for text in block.words):
            yield document.fault(place, "the two languages name different facts")
        for key in sorted(block.fact_keys() - set(facts)):
            yield document.fault(place, f"there is no fact {key}")
        if block.kind == "link" and ":" not in block.key and block.key not in pages:
            yield document.fault(place, f"there is no page {block.key}")
        if block.kind == "link" and block.key == document.data["key"]:
            yield document.fault(place, "leads to the page it stands on")
