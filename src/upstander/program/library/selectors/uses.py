"""Which page shows which fact in a district, and which part of which paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.remembered import Remembered
from upstander.program.facts.selectors.uses import NOWHERE, Use
from upstander.program.law.content import Jurisdiction
from upstander.program.law.selectors.here import here
from upstander.program.library.content.faces import Face, Shape, face_facts
from upstander.program.library.content.pages import Page
from upstander.program.library.content.prints import Form, Part, Print
from upstander.program.library.content.typist import taken
from upstander.program.library.selectors.campaigns import coming_campaigns
from upstander.program.library.selectors.kits import lines_on_sheets
from upstander.program.library.selectors.pages import open_faces, pages_on
from upstander.program.library.selectors.prints import EMERGENCY, shipped_prints

Shapes = dict[str, list[Shape]]  # by language
MOST_REMEMBERED = 64
_OF_PAGES: Remembered[tuple[Mapping[str, Page], Jurisdiction], list[Use]] = Remembered(MOST_REMEMBERED)


def page_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on every page that the district's readers have, with what the place adds to it. Public."""
    place = here(actor=actor, on=on).place
    pages = pages_on(actor=actor, on=on)
    yield from _OF_PAGES.give(actor.district_id, (pages, place), lambda: list(_in_pages(pages.values(), place)))


def _in_pages(pages: Iterable[Page], place: Jurisdiction) -> Iterator[Use]:
    for page in pages:
        for fact in face_facts(page, place):
            yield Use("page", page.key, page.title, page.is_public, fact)


def print_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on every print by the part it stands in; of the book, by the page. Public."""
    faces = {
        code: {face.key: face for face in open_faces(actor=actor, language=code, on=on)}
        for code, _name in settings.LANGUAGES
    }
    for each in shipped_prints().values():
        if each.form == Form.BOOK:
            yield from _in_book(each, faces["en"], faces["es"])
        for part in each.parts:
            shapes = {
                code: [shape for take in part.takes for shape in taken(take, found[take.page])]
                for code, found in faces.items()
            }
            for fact in {fact for shape in shapes["en"] for fact in shape.named}:
                yield Use("print", each.key, each.title, True, fact, _name(part, shapes))


def sheet_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on the sheet of every campaign that is on or comes. Public, as the sheets are."""
    facts = lines_on_sheets(actor=actor, on=on)
    names: dict[str, list[str]] = defaultdict(list)
    for code in ("en", "es"):
        for each in coming_campaigns(actor=actor, language=code, on=on):
            names[each.key].append(each.name)
    for key, name in names.items():
        yield from (Use("sheet", key, Text(*name), True, fact) for fact in facts)


def _in_book(book: Print, english: Mapping[str, Face], spanish: Mapping[str, Face]) -> Iterator[Use]:
    """Beside the pages it has the number to call first, before all of them."""
    yield Use("print", book.key, book.title, True, EMERGENCY)
    for key, face in english.items():
        page = Text(face.title, spanish[key].title)
        for fact in {fact for shape in face.shapes for fact in shape.named}:
            yield Use("print", book.key, book.title, True, fact, page)


def _name(part: Part, shapes: Shapes) -> Text:
    """What a part is called: by itself, or by the first heading that it takes."""
    headings = {code: [shape.words[0] for shape in found if shape.kind == "heading"] for code, found in shapes.items()}
    if part.title or not headings["en"]:
        return part.title or NOWHERE
    return Text(headings["en"][0], headings["es"][0])
