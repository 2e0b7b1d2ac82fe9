"""Reading the guide's first screen and its branches, as one of the two doors shows them."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.conf import settings

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import Book, Shown, say
from upstander.program.facts.selectors import shipped_entries
from upstander.program.guidance.content.branches import CALL, Branch, Step, read_branches
from upstander.program.guidance.content.calls import law_facts
from upstander.program.guidance.selectors.guide import legal_test
from upstander.program.law.content import Jurisdiction, everywhere
from upstander.program.law.selectors import shipped_packs
from upstander.program.law.selectors.contacts import LevelState, level_states
from upstander.program.law.selectors.here import Here, facts_here, here
from upstander.program.law.selectors.local import LocalSteps, readers_steps


@cache
def shipped_branches() -> dict[str, Branch]:
    """Every branch, read once per process. Takes no actor: they are published with the code."""
    return read_branches(settings.CONTENT, shipped_entries())


@dataclass(frozen=True, slots=True)
class Tile:
    """One way on: the branch it leads to (or the call), its words, and whether it is for staff only."""

    to: str
    text: str
    hint: str = ""
    icon: str = ""
    only_staff: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """The numbers that stand on every step: danger now, and the nearest line that takes the report, if one is known."""

    emergency: Shown
    report: Shown | None


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What a worried person sees first."""

    lines: Lines
    first: tuple[Tile, ...]
    special: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class SaidStep:
    """A step in the page's language, its facts with their dates."""

    title: str
    do: tuple[str, ...]
    dont: tuple[str, ...]
    facts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class BranchPage:
    """A branch in one language behind one door. `ways` may be empty: then there is nothing to ask."""

    branch: Branch
    lines: Lines
    title: str
    lead: str
    note: str
    steps: tuple[SaidStep, ...]
    question: str
    ways: tuple[Tile, ...]
    more_lines: tuple[Shown, ...]
    test: tuple[Shown, ...]
    local: tuple[LocalSteps, ...]
    levels: tuple[LevelState, ...]


def first_screen(*, actor: Actor, language: str, on: date, is_staff: bool) -> FirstScreen:
    """The tiles that the door opens, in their order, and the two numbers above them. Public unless `is_staff`."""
    opened = [branch for branch in shipped_branches().values() if branch.opens(is_staff=is_staff)]
    tiles = [(branch.is_first, _tile(branch, language)) for branch in opened]
    return FirstScreen(
        lines=first_lines(actor=actor, language=language, on=on),
        first=tuple(tile for is_first, tile in tiles if is_first),
        special=tuple(tile for is_first, tile in tiles if not is_first),
    )


def first_lines(*, actor: Actor, language: str, on: date) -> Lines:
    """The two numbers that stand on every step, for a page beside the guide. Public."""
    found = here(actor=actor, on=on)
    keys = _line_keys(found.place)
    return _lines(found.place, facts_here(actor=actor, found=found, keys=keys, language=language, on=on))


def branch_page(
    *, actor: Actor, key: str, language: str, on: date, is_staff: bool, site_ref: str | None = None
) -> BranchPage:
    """One branch as the door shows it; `site_ref` is the site of the staff room's sheet, if that opened it.

    NotFound for a branch that is not there or stands behind the other door.
    """
    branch = shipped_branches().get(key)
    if branch is None or not branch.opens(is_staff=is_staff):
        raise NotFound("branch")
    found = here(actor=actor, on=on)
    place, keys = found.place, _line_keys(found.place) | branch.facts()
    book = facts_here(actor=actor, found=found, keys=keys, language=language, on=on)
    asks_locally = branch.has_local_steps and is_staff
    return BranchPage(
        branch=branch,
        lines=_lines(place, book),
        title=say(branch.title, book),
        lead=say(branch.lead, book),
        note=say(branch.note, book) if branch.note else "",
        steps=tuple(_said(step, place, book) for step in branch.steps_for(is_staff=is_staff)),
        question=say(branch.question.text, book) if branch.question else "",
        ways=_ways(branch, book, is_staff=is_staff),
        more_lines=book.pick(branch.lines),
        test=legal_test(actor=actor, language=language, on=on) if branch.has_test else (),
        local=readers_steps(actor=actor, on=on, site_ref=site_ref) if asks_locally else (),
        levels=_levels(actor, on, found) if asks_locally else (),
    )


def _levels(actor: Actor, on: date, found: Here) -> tuple[LevelState, ...]:
    """The levels of response for which the district itself has said who acts, once they are all in force."""
    return tuple(level for level in level_states(actor=actor, on=on, found=found) if level.is_shown and level.lines)


@lru_cache(maxsize=8)
def _law_anywhere(on: date) -> frozenset[str]:
    """The facts that are law in some place on the day."""
    return frozenset(law_facts(everywhere(shipped_packs(), on)))


def _line_keys(place: Jurisdiction) -> set[str]:
    return {*place.facts("emergency"), *place.facts("reporting_lines")}


def _lines(place: Jurisdiction, book: Book) -> Lines:
    nearest = place.facts("reporting_lines")[:1]
    return Lines(book[place.facts("emergency")[0]], book[nearest[0]] if nearest else None)


def _tile(branch: Branch, language: str) -> Tile:
    hint = branch.hint.in_language(language) if branch.hint else ""
    return Tile(branch.key, branch.tile.in_language(language), hint, branch.icon, not branch.is_public)


def _said(step: Step, place: Jurisdiction, book: Book) -> SaidStep:
    foreign = _law_anywhere(book.on) - law_facts(place)
    return SaidStep(
        title=say(step.title, book),
        do=_each(step.do, book),
        dont=_each(step.dont, book),
        facts=book.pick(key for key in step.facts if key not in foreign),
    )


def _each(texts: tuple[Text, ...], book: Book) -> tuple[str, ...]:
    return tuple(say(text, book) for text in texts)


def _ways(branch: Branch, book: Book, *, is_staff: bool) -> tuple[Tile, ...]:
    """The answers that stay behind this door: an open page leads to no branch for staff only."""
    ways = branch.question.ways if branch.question else ()
    known = shipped_branches()
    opened = [way for way in ways if way.to == CALL or known[way.to].opens(is_staff=is_staff)]
    return tuple(Tile(way.to, say(way.text, book)) for way in opened)
