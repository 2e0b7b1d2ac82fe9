"""Reading the public pages: those that ship, filled in for the actor's district. Public: every actor may read them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.remembered import Remembered
from upstander.program.facts.content import Entry as Fact
from upstander.program.facts.selectors import shipped_entries
from upstander.program.law.selectors.here import Here, facts_here, here
from upstander.program.library.content.faces import Entry, Face, entry, face, face_facts
from upstander.program.library.content.levels import Level, levels, page_levels
from upstander.program.library.content.pages import Page, SignOff, read_pages
from upstander.program.library.content.passages import Own, Spot, laid
from upstander.program.library.content.readings import edition_of
from upstander.program.library.selectors._signed import signed_in
from upstander.program.library.selectors.own import own_entries, own_pages
from upstander.program.library.selectors.passages import words_on

MOST_REMEMBERED = 512
_LAID: Remembered[tuple[Page, tuple[Own, ...], Mapping[str, SignOff]], Page] = Remembered(MOST_REMEMBERED)
_FACES: Remembered[tuple[Sequence[Page], Here, Mapping[str, Fact], date], list[Face]] = Remembered(MOST_REMEMBERED)


@cache
def shipped_pages() -> dict[str, Page]:
    """Every page that ships, in reading order, read once per process. Takes no actor: they ship with the code."""
    return read_pages(settings.CONTENT, shipped_entries())


def shipped_page(key: str) -> Page:
    """A page as it ships. Raises NotFound. Takes no actor: it ships with the code."""
    found = shipped_pages().get(key)
    if found is None:
        raise NotFound("page")
    return found


@cache
def shipped_editions() -> dict[str, str]:
    """The edition of every page that ships, by its key. Takes no actor: they ship with the code."""
    return {key: edition_of(page) for key, page in shipped_pages().items()}


def pages_on(*, actor: Actor, on: date, keys: Collection[str] | None = None) -> dict[str, Page]:
    """Every page that readers of the actor's district have on the day `on`, or those of `keys`, in reading order: the
    edition's with the district's words on them and its reviews beside them, then the district's own. Public."""
    shipped = {key: page for key, page in shipped_pages().items() if keys is None or key in keys}
    pages = _of_edition(actor, shipped, on) if shipped else {}
    if keys is None or set(keys) - set(shipped):
        own = own_pages(actor=actor)
        pages |= {key: page for key, page in own.items() if keys is None or key in keys}
    return pages


def page_by_key(*, actor: Actor, key: str, language: str, on: date, is_staff: bool) -> Face:
    """One page, of the edition or of the district's own. Raises NotFound for a key that is not there, or not behind
    this door: both read the same."""
    page = pages_on(actor=actor, on=on, keys=[key]).get(key)
    if page is None or not (is_staff or page.is_public):
        raise NotFound("page")
    return _faces(actor, [page], language, on)[0]


def open_faces(*, actor: Actor, language: str, on: date, keys: Collection[str] | None = None) -> list[Face]:
    """Every open page whole, or those of `keys`, in reading order."""
    pages = pages_on(actor=actor, on=on, keys=keys).values()
    return _faces(actor, [page for page in pages if page.is_public], language, on)


def face_of(*, actor: Actor, page: Page, language: str, on: date) -> Face:
    """A page that nobody reads yet, as its readers would see it."""
    return _faces(actor, [page], language, on)[0]


def entries_for(*, actor: Actor, language: str, is_staff: bool) -> list[Entry]:
    """Every page behind one door, in reading order: those that ship, then the district's own. Public."""
    shipped = [entry(page, language) for page in shipped_pages().values() if is_staff or page.is_public]
    return [*shipped, *own_entries(actor=actor, language=language, is_staff=is_staff)]


@dataclass(frozen=True, slots=True)
class Levels:
    """How hard a passage is by itself, and its page once it stands there; `harder` are those that then are too hard."""

    passage: tuple[Level, ...]
    page: tuple[Level, ...]
    harder: tuple[Level, ...]


def levels_with(*, page: Page, spot: Spot, said: Text) -> Levels:
    """How hard a page is with a district's words in it. Takes no actor: pages ship with the code.

    A page that is too hard already is no fault of words that make it no harder; without Spanish none is measured.
    """
    own, facts = Own("", spot.kind, spot.block, spot.item, spot.words, said), shipped_entries()
    before = {level.language: level.value for level in page_levels(page, facts)}
    after = tuple(level for level in page_levels(laid(page, [own]), facts) if level.language == "en" or said.es)
    harder = tuple(level for level in after if not level.is_kept and level.value != before[level.language])
    return Levels(tuple(levels([said], page.audience)), after, harder)


def is_public(key: str) -> bool:
    """Whether a page stands behind the open door too. Takes no actor: the list ships with the code."""
    return shipped_pages()[key].is_public


def _of_edition(actor: Actor, shipped: Mapping[str, Page], on: date) -> dict[str, Page]:
    words = words_on(actor=actor, pages=shipped, on=on)
    signed = signed_in(actor, {key: shipped_editions()[key] for key in shipped})
    return {key: _with_own(actor, page, words[key], signed.get(key, {})) for key, page in shipped.items()}


def _with_own(actor: Actor, page: Page, words: Sequence[Own], signed: Mapping[str, SignOff]) -> Page:
    """The very page that ships, where a district has added nothing to it."""
    if not words and not signed:
        return page
    told = (page, tuple(words), signed)
    return _LAID.give((actor.district_id, page.key), told, partial(_laid, page, words, signed))


def _laid(page: Page, words: Sequence[Own], signed: Mapping[str, SignOff]) -> Page:
    return replace(laid(page, words), review={**page.review, **signed})


def _faces(actor: Actor, pages: Sequence[Page], language: str, on: date) -> list[Face]:
    found = here(actor=actor, on=on)
    keys = {key for page in pages for key in face_facts(page, found.place)}
    book = facts_here(actor=actor, found=found, keys=keys, language=language, on=on)
    question = (actor.district_id, language, *(page.key for page in pages))
    told = (pages, found, book.entries, on)
    return list(_FACES.give(question, told, lambda: [face(page, found.place, book) for page in pages]))
