"""Reading the public pages: those that ship, filled in for the actor's district. Public: every actor may read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.selectors import shipped_entries
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.library.content.faces import Entry, Face, entry, face, face_facts
from upstander.program.library.content.levels import Level, levels, page_levels
from upstander.program.library.content.pages import Page, read_pages
from upstander.program.library.content.passages import Own, Spot, laid
from upstander.program.library.selectors.own import own_pages
from upstander.program.library.selectors.passages import words_on


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


def page_by_key(*, actor: Actor, key: str, language: str, on: date, is_staff: bool) -> Face:
    """One page, of the edition or of the district's own. Raises NotFound for a key that is not there, or not behind
    this door: both read the same."""
    page = shipped_pages().get(key) or own_pages(actor=actor).get(key)
    if page is None or not (is_staff or page.is_public):
        raise NotFound("page")
    return _faces(actor, [page], language, on)[0]


def open_faces(*, actor: Actor, language: str, on: date, keys: Collection[str] | None = None) -> list[Face]:
    """Every open page whole, or those of `keys`, in reading order."""
    pages = (page for page in shipped_pages().values() if page.is_public)
    return _faces(actor, [page for page in pages if keys is None or page.key in keys], language, on)


def face_of(*, actor: Actor, page: Page, language: str, on: date) -> Face:
    """A page that nobody reads yet, as its readers would see it."""
    return _faces(actor, [page], language, on)[0]


def entries_for(*, actor: Actor, language: str, is_staff: bool) -> list[Entry]:
    """Every page behind one door, in reading order: those that ship, then the district's own. Public."""
    pages = [*shipped_pages().values(), *own_pages(actor=actor).values()]
    return [entry(page, language) for page in pages if is_staff or page.is_public]


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


def _faces(actor: Actor, pages: Iterable[Page], language: str, on: date) -> list[Face]:
    pages = list(pages)
    words = words_on(actor=actor, pages=[page.key for page in pages], on=on)
    pages = [laid(page, words[page.key]) for page in pages]
    found = here(actor=actor, on=on)
    keys = {key for page in pages for key in face_facts(page, found.place)}
    book = facts_here(actor=actor, found=found, keys=keys, language=language, on=on)
    return [face(page, found.place, book) for page in pages]
