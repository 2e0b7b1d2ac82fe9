"""The words of the guide as they ship in `content/guide/`, and the call screen put together from them. No database."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from upstander.foundation.kernel.content import (
    ContentRefused,
    Document,
    Fault,
    Text,
    read_documents,
)
from upstander.program.facts.content import Book, Shown
from upstander.program.law.content import Jurisdiction, Pack, Recipient

PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
Passage = Text | tuple[Text, ...]
CALL_FACTS = (
    "emergency",
    "reporting_lines",
    "counseling_lines",
    "assurances",
    "do_not",
    "after_the_call",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The passages of one page in both languages. A number in them is `{fact.key}`."""

    name: str
    passages: Mapping[str, Passage]

    def facts(self) -> set[str]:
        """The keys of the facts that the page's sentences name."""
        return {key for text in self._texts() for key in PLACEHOLDER.findall(text.en + text.es)}

    def said(self, book: Book) -> dict[str, str | tuple[str, ...]]:
        """The passages in the book's language, every number taken from its fact."""
        return {
            name: _say(passage, book) if isinstance(passage, Text) else tuple(_say(text, book) for text in passage)
            for name, passage in self.passages.items()
        }

    def _texts(self) -> Iterator[Text]:
        for passage in self.passages.values():
            yield from (passage,) if isinstance(passage, Text) else passage


def _say(text: Text, book: Book) -> str:
    return PLACEHOLDER.sub(lambda found: book[found[1]].value, text.in_language(book.language))


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
    if document.data["page"] != document.file.stem:
        yield document.fault(
            ("page",),
            f"the file of {document.data['page']} is {document.data['page']}.yaml",
        )
    for name, passage in _page(document).passages.items():
        for text in (passage,) if isinstance(passage, Text) else passage:
            named = [set(PLACEHOLDER.findall(words)) for words in (text.en, text.es)]
            if named[0] != named[1]:
                yield document.fault(("passages", name), "the two languages name different facts")
            for key in sorted((named[0] | named[1]) - set(facts)):
                yield document.fault(("passages", name), f"there is no fact {key}")


@dataclass(frozen=True, slots=True)
class Station:
    """A police or sheriff's station that takes reports. Without a phone, the site still has to enter it."""

    name: str
    phone: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class SiteCall:
    """What the call screen of one site knows beyond its district's."""

    ref: str
    name: str
    station: Station | None


@dataclass(frozen=True, slots=True)
class CallScreen:
    """Whom to call and what happens then. `reporting` may be empty: then the page says that a number is missing."""

    emergency: tuple[Shown, ...]
    reporting: tuple[Shown, ...]
    site: SiteCall | None
    stations: tuple[Station, ...]
    excluded: tuple[Shown, ...]
    phone_duty: Shown | None
    assurances: tuple[Shown, ...]
    do_not: tuple[Shown, ...]
    after: tuple[Shown, ...]
    counseling: tuple[Shown, ...]
    text: Mapping[str, str | tuple[str, ...]]


def call_facts(place: Jurisdiction, page: Page) -> set[str]:
    """Every fact the call screen of `place` needs."""
    duty = place.duty("phone")
    lists = {key for part in CALL_FACTS for key in place.facts(part)}
    return lists | page.facts() | {other.fact for other in place.excluded_recipients} | ({duty.fact} if duty else set())


def call_screen(
    place: Jurisdiction,
    page: Page,
    book: Book,
    site: SiteCall | None = None,
    stations: Sequence[Station] = (),
) -> CallScreen:
    """The call screen of `place` from `book`, which holds at least `call_facts`."""
    duty = place.duty("phone")
    return CallScreen(
        emergency=book.pick(place.facts("emergency")),
        reporting=book.pick(place.facts("reporting_lines")),
        site=site,
        stations=tuple(stations),
        excluded=_each_once(book, place.excluded_recipients),
        phone_duty=book[duty.fact] if duty else None,
        assurances=book.pick(place.facts("assurances")),
        do_not=book.pick(place.facts("do_not")),
        after=book.pick(place.facts("after_the_call")),
        counseling=book.pick(place.facts("counseling_lines")),
        text=page.said(book),
    )


def _each_once(book: Book, recipients: Sequence[Recipient]) -> tuple[Shown, ...]:
    return book.pick(dict.fromkeys(recipient.fact for recipient in recipients))


def everywhere(packs: Mapping[str, Pack]) -> Jurisdiction:
    """All places at once, counties first: for a copy of the call screen that cannot know its district."""
    order = {"county": 0, "state": 1, "country": 2}
    return Jurisdiction(tuple(sorted(packs.values(), key=lambda pack: (order[pack.level], pack.key))))
