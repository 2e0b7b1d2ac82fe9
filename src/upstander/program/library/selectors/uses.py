"""Which public page shows which fact in a district."""

from collections.abc import Iterator
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.program.facts.selectors.uses import Use
from upstander.program.law.selectors.here import here
from upstander.program.library.content.faces import face_facts
from upstander.program.library.selectors.pages import shipped_pages


def page_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on every page, with what the place adds to it. Public."""
    place = here(actor=actor, on=on).place
    for page in shipped_pages().values():
        for fact in face_facts(page, place):
            yield Use("page", page.key, page.title, page.is_public, fact)
