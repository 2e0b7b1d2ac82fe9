"""What is printed from the public pages, as it ships: each print's form and words, and what it takes of which page.

A print repeats no passage of a page: it names the section that it takes, by the page and the heading above it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Place, Text, read_documents, text_of
from upstander.program.library.content.pages import Page

NUMBER = "number"  # a kind of block for prints alone: whatever shows a line to call


class Form(StrEnum):
    """How a print is drawn: one template each."""

    BOOK = "book"
    POSTER = "poster"
    CARDS = "cards"
    SLIDES = "slides"
    NOTES = "notes"
    FOLD = "fold"
    WORKSHEET = "worksheet"
    KIT_SHEET = "kit_sheet"  # of a campaign: its words are no page's


@dataclass(frozen=True, slots=True)
class Take:
    """A section of a page by its place (0: what stands before the first heading), or its blocks of some `kinds`."""

    page: str
    section: int
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One panel, side or slide. `notes` are for whoever speaks, who has so many `minutes` for it."""

    title: Text | None
    minutes: int
    notes: tuple[Text, ...]
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """One thing to print, in both languages. `words` are what it says beside the pages, by name.

    Its code opens the page `leads_to`, if there is one; for one site, the site's own screen `site_leads_to`.
    """

    key: str
    form: Form
    order: int
    title: Text
    neutral_title: Text
    summary: Text
    words: Mapping[str, Text]
    leads_to: str
    site_leads_to: str
    parts: tuple[Part, ...]

    @property
    def pages(self) -> set[str]:
        """The pages of which it takes something, or to which it leads."""
        return {take.page for part in self.parts for take in part.takes} | ({self.leads_to} if self.leads_to else set())


def read_prints(content: Path, pages: Mapping[str, Page]) -> dict[str, Print]:
    """Everything to print by key, in its order. Raises ContentRefused naming file, line, key and reason."""
    documents = {
        document.data["key"]: document
        for document in read_documents(content / "prints", content / "schemas" / "print.schema.json")
    }
    faults = [fault for document in documents.values() for fault in _faults(document, documents, pages)]
    if faults:
        raise ContentRefused(faults)
    shared = read_shared_words(content)
    found = [_print(document.data, shared, documents, pages) for document in documents.values()]
    return {each.key: each for each in sorted(found, key=lambda each: each.order)}


def read_shared_words(content: Path) -> dict[str, Text]:
    """The words that every print may use, by name. Raises ContentRefused naming file, line, key and reason."""
    (shared,) = read_documents(content / "prints" / "shared", content / "schemas" / "print-shared.schema.json")
    return {name: Text(**text) for name, text in shared.data["words"].items()}


def _print(
    data: dict[str, Any], shared: Mapping[str, Text], documents: Mapping[str, Document], pages: Mapping[str, Page]
) -> Print:
    words = {**shared, **{name: Text(**text) for name, text in data.get("words", {}).items()}}
    parts = documents[data["of"]].data["parts"] if "of" in data else data.get("parts", ())
    return Print(
        key=data["key"],
        form=Form(data["form"]),
        order=data["order"],
        title=Text(**data["title"]),
        neutral_title=Text(**data["neutral_title"]),
        summary=Text(**data["summary"]),
        words=words,
        leads_to=data.get("leads_to", ""),
        site_leads_to=data.get("site_leads_to", ""),
        parts=tuple(_part(part, pages) for part in parts),
    )


def _part(data: dict[str, Any], pages: Mapping[str, Page]) -> Part:
    takes = tuple(
        Take(take["page"], _headings(pages[take["page"]]).index(take["under"]), frozenset(take.get("kinds", ())))
        for take in data["takes"]
    )
    notes = tuple(Text(**note) for note in data.get("notes", ()))
    return Part(text_of(data.get("title")), data.get("minutes", 0), notes, takes)


def _headings(page: Page) -> list[str]:
    """The headings of a page in English, after the empty one of what stands before the first."""
    return ["", *(block.words[0].en for block in page.blocks if block.kind == "heading")]


def _faults(document: Document, documents: Mapping[str, Document], pages: Mapping[str, Page]) -> Iterator[Fault]:
    yield from document.misnamed("key")
    data = document.data
    if data.get("of", data["key"]) not in documents:
        yield document.fault(("of",), f"there is no print {data['of']}")
    named: list[tuple[Place, str, str]] = [(("leads_to",), data["leads_to"], "")] if "leads_to" in data else []
    named += [
        (("parts", index, "takes", number), take["page"], take["under"])
        for index, part in enumerate(data.get("parts", ()))
        for number, take in enumerate(part["takes"])
    ]
    for place, key, heading in named:
        page = pages.get(key)
        if page is None or not page.is_public:
            yield document.fault(place, f"there is no open page {key}")
        elif heading not in _headings(page):
            yield document.fault(place, f"page {key} has no heading “{heading}”")
