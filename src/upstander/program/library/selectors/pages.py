"""Reading the public pages: those that ship, filled in for the actor's district. Public: every actor may read them."""

from datetime import date
from functools import cache

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.selectors import shipped_entries
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.library.content.faces import Entry, Face, entry, face, face_facts
from upstander.program.library.content.pages import Audience, Page, read_pages


@cache
def shipped_pages() -> dict[str, Page]:
    """Every page that ships, in reading order, read once per process. Takes no actor: they ship with the code."""
    return read_pages(settings.CONTENT, shipped_entries())


def page_by_key(*, actor: Actor, key: str, language: str, on: date, is_staff: bool) -> Face:
    """One page. Raises NotFound for a key that is not there, or not behind this door: both read the same."""
    page = shipped_pages().get(key)
    if page is None or not (is_staff or page.is_public):
        raise NotFound("page")
    found = here(actor=actor, on=on)
    book = facts_here(actor=actor, found=found, keys=face_facts(page, found.place), language=language, on=on)
    return face(page, found.place, book)


def pages_for(*, audience: Audience, language: str, is_staff: bool) -> list[Entry]:
    """The pages for an audience behind one door, in reading order. Takes no actor: the list ships with the code."""
    pages = (page for page in shipped_pages().values() if page.audience == audience)
    return [entry(page, language) for page in pages if is_staff or page.is_public]


def is_public(key: str) -> bool:
    """Whether a page stands behind the open door too. Takes no actor: the list ships with the code."""
    return shipped_pages()[key].is_public
