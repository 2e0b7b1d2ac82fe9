"""The words of the guide as they ship in `content/guide/`: passages in both languages, numbers taken from facts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from upstander.foundation.kernel.content import (
    ContentRefused,
    Document,
    Fault,
    Text,
    read_documents,
)
from upstander.program.facts.content import Book, facts_in, names_alike, say

Passage = Text | tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The passages of one page in both languages. A number in them is `{fact.key}`."""

    name: str
    passages: Mapping[str, Passage]

    def facts(self) -> set[str]:
        """The keys of the facts that the page's sentences name."""
        return {key for text in self._texts() for key in facts_in(text)}

    def said(self, book: Book) -> dict[str, str | tuple[str, ...]]:
        """The passages in the book's language, every number taken from its fact."""
        return {
            name: say(passage, book) if isinstance(passage, Text) else tuple(say(text, book) for text in passage)
            for name, passage in self.passages.items()
        }

    def _texts(self) -> Iterator[Text]:
        for passage in self.passages.values():
            yield from (passage,) if isinstance(passage, Text) else passage


def read_pages(content: Path, facts: Collection[str]) -> dict[str, Page]:
    """Every shipped page of the guide by name. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "guide", content / "schemas" / "guide.schema.json")
    pages = {document.data["page"]: _page(document) for document in documents}
    faults = [fault for document in documents for fault in _faults(document, facts)]
    if faults:
        raise ContentRefused(faults)
    return pages


def _page(document: Document) -> Page:
    return Page(
        document.data["page"],
        {
            name: tuple(Text(**text) for text in passage) if isinstance(passage, list) else Text(**passage)
            for name, passage in document.data["passages"].items()
        },
    )


def _faults(document: Document, facts: Collection[str]) -> Iterator[Fault]:
    yield from document.misnamed("page")
    for name, passage in _page(document).passages.items():
        for text in (passage,) if isinstance(passage, Text) else passage:
            if not names_alike(text):
                yield document.fault(("passages", name), "the two languages name different facts")
            for key in sorted(facts_in(text) - set(facts)):
                yield document.fault(("passages", name), f"there is no fact {key}")
