"""Which card, branch and screen of the guide shows which fact in a district."""

from collections.abc import Iterator
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import facts_in
from upstander.program.facts.selectors.uses import Use
from upstander.program.guidance.content.branches import Branch
from upstander.program.guidance.content.calls import call_facts
from upstander.program.guidance.content.faces import face_facts
from upstander.program.guidance.selectors.branches import shipped_branches
from upstander.program.guidance.selectors.cards import shipped_cards
from upstander.program.guidance.selectors.guide import shipped_pages
from upstander.program.guidance.selectors.report import clock_facts
from upstander.program.law.content import Jurisdiction
from upstander.program.law.selectors.here import here

# What the screens are called, and whether anyone may open them.
SCREENS = {
    "call": (Text("The call screen", "La pantalla de llamada"), True),
    "clock": (Text("The clock of the written report", "El reloj del reporte por escrito"), True),
    "worksheet": (Text("The sheet for the call", "La hoja para la llamada"), True),
    "sheet": (Text("The sheet in the staff room", "La hoja de la sala del personal"), False),
}


def guide_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact on the cards, the branches and the screens of the guide. Public."""
    place = here(actor=actor, on=on).place
    for card in shipped_cards().values():
        for fact in face_facts(card, place):
            yield Use("card", card.key, card.title, card.is_public, fact)
    lines = {*place.facts("emergency"), *place.facts("reporting_lines")[:1]}
    for branch in shipped_branches().values():
        open_facts = lines | _open_facts(branch) if branch.is_public else set()
        for fact in branch.facts() | lines:
            yield Use("branch", branch.key, branch.tile, fact in open_facts, fact)
    for key, (title, is_public) in SCREENS.items():
        for fact in _screen_facts(key, place):
            yield Use("screen", key, title, is_public, fact)


def _open_facts(branch: Branch) -> set[str]:
    """What of a branch stands on the open page: its steps for staff only do not."""
    steps = branch.steps_for(is_staff=False)
    texts = [branch.title, branch.lead, *(text for step in steps for text in (*step.do, *step.dont))]
    inside = {key for text in texts for key in facts_in(text)}
    return inside | set(branch.lines) | {key for step in steps for key in step.facts}


def _screen_facts(key: str, place: Jurisdiction) -> set[str]:
    own = shipped_pages()[key].facts()
    if key == "call":
        return call_facts(place, shipped_pages()["call"])
    if key == "sheet":
        return own | {*place.facts("emergency"), *place.facts("reporting_lines")}
    return own | set(clock_facts(place)) if key == "clock" else own
