"""Which page shows which fact in a district, and which part of which paper."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.selectors.uses import NOWHERE, Use
from upstander.program.law.selectors.here import here
from upstander.program.library.content.faces import Shape, face_facts
from upstander.program.library.content.prints import Part
from upstander.program.library.content.typist import taken
from upstander.program.library.selectors.pages import open_faces, pages_on
from upstander.program.library.selectors.prints import shipped_prints

Shapes = dict[str, list[Shape]]  # by language


def page_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on every page that the district's readers have, with what the place adds to it. Public."""
    place = here(actor=actor, on=on).place
    for page in pages_on(actor=actor, on=on).values():
        for fact in face_facts(page, place):
            yield Use("page", page.key, page.title, page.is_public, fact)


def print_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on every print by the part it stands in. The book has none of its own: it has every page. Public."""
    faces = {
        code: {face.key: face for face in open_faces(actor=actor, language=code, on=on)}
        for code, _name in settings.LANGUAGES
    }
    for each in shipped_prints().values():
        for part in each.parts:
            shapes = {
                code: [shape for take in part.takes for shape in taken(take, found[take.page])]
                for code, found in faces.items()
            }
            for fact in {fact for shape in shapes["en"] for fact in shape.named}:
                yield Use("print", each.key, each.title, True, fact, _name(part, shapes))


def _name(part: Part, shapes: Shapes) -> Text:
    """What a part is called: by itself, or by the first heading that it takes."""
    headings = {code: [shape.words[0] for shape in found if shape.kind == "heading"] for code, found in shapes.items()}
    if part.title or not headings["en"]:
        return part.title or NOWHERE
    return Text(headings["en"][0], headings["es"][0])
