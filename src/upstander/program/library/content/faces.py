"""A page as one reader sees it: in one language, on one day, with the law and the lines of a place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from upstander.program.facts.content import Book, Shown, say
from upstander.program.law.content import Jurisdiction
from upstander.program.library.content.pages import Audience, Block, Page, SignOff

LINES = {"emergency": "emergency", "reporting": "reporting_lines", "counseling": "counseling_lines"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A block as it is drawn. `is_blank`: its place has yet to say it, and `words` name what is missing.

    `facts` stand by themselves; `named` are the keys of these and of those inside its sentences.
    """

    kind: str
    words: tuple[str, ...]
    key: str
    tone: str
    facts: tuple[Shown, ...]
    named: frozenset[str] = frozenset()
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """A page for one reader. `unreviewed` are the roles that have not signed it yet."""

    key: str
    kind: str
    audience: Audience
    is_public: bool
    title: str
    neutral_title: str
    summary: str
    shapes: tuple[Shape, ...]
    signed: tuple[SignOff, ...]
    unreviewed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page with what stands below it; what stands before the first one has none."""

    heading: Shape | None
    shapes: tuple[Shape, ...]

    @property
    def title(self) -> str:
        """The heading's words."""
        return self.heading.words[0] if self.heading else ""

    @property
    def whole(self) -> tuple[Shape, ...]:
        """The heading, if there is one, and what stands below it."""
        return (self.heading, *self.shapes) if self.heading else self.shapes


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in a list."""

    key: str
    kind: str
    audience: Audience
    is_public: bool
    title: str
    summary: str


def face_facts(page: Page, place: Jurisdiction) -> set[str]:
    """Every fact that the page needs in `place`."""
    return page.fact_keys() | {key for block in page.blocks for key in _of_place(block, place)}


def face(page: Page, place: Jurisdiction, book: Book) -> Face:
    """The page from `book`, which holds at least `face_facts`."""
    return Face(
        key=page.key,
        kind=page.kind,
        audience=page.audience,
        is_public=page.is_public,
        title=page.title.in_language(book.language),
        neutral_title=page.neutral_title.in_language(book.language),
        summary=page.summary.in_language(book.language),
        shapes=tuple(_shapes(page.blocks, place, book)),
        signed=tuple(sign_off for sign_off in page.review.values() if sign_off),
        unreviewed=tuple(role for role, sign_off in page.review.items() if sign_off is None),
    )


def sections(shapes: Iterable[Shape]) -> list[Section]:
    """A page by the headings of its edition. A heading that a district wrote for a passage which is gone (it has a
    key) opens none, so that the others keep their places."""
    found: list[tuple[Shape | None, list[Shape]]] = [(None, [])]
    for shape in shapes:
        if shape.kind == "heading" and not shape.key:
            found.append((shape, []))
        else:
            found[-1][1].append(shape)
    return [Section(heading, tuple(below)) for heading, below in found]


def entry(page: Page, language: str) -> Entry:
    """The page's line in a list."""
    title, summary = page.title.in_language(language), page.summary.in_language(language)
    return Entry(page.key, page.kind, page.audience, page.is_public, title, summary)


def _shapes(blocks: Iterable[Block], place: Jurisdiction, book: Book) -> Iterator[Shape]:
    for block in blocks:
        if block.kind == "confirm":
            continue  # what only the place knows, and has not said
        words = tuple(say(text, book) for text in block.words)
        keys = _of_place(block, place) or block.facts or ((block.key,) if block.kind == "fact" else ())
        is_blank = block.kind == "law" and not keys
        if block.kind == "law" and keys:
            words = ()
        named = frozenset({*block.fact_keys(), *keys})
        yield Shape(block.kind, words, block.key, block.tone, book.pick(keys), named, is_blank)


def _of_place(block: Block, place: Jurisdiction) -> tuple[str, ...]:
    """The facts that a place puts where the block stands."""
    if block.kind == "lines":
        return place.facts(LINES[block.key])
    found = place.fact_under(block.key) if block.kind == "law" else ""
    return (found,) if found else ()
