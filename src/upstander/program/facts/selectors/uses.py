"""Where each fact is shown. Whatever shows facts says so here, once, when the application starts."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.selectors.book import shipped_entries

NOWHERE = Text("", "")  # in particular: of what has no parts


@dataclass(frozen=True, slots=True)
class Use:
    """One place that shows a fact: what kind of place, its key, what it is called, and where `within` it."""

    part: str  # page, card, branch, screen, law, material, print or sheet; the web knows the address of each
    key: str
    title: Text
    is_public: bool
    fact: str
    within: Text = NOWHERE


Finder = Callable[..., Iterable[Use]]  # takes `actor` and `on`
_FINDERS: dict[str, Finder] = {}
_ON_PAPER: set[str] = set()


def register(name: str, finder: Finder, *, on_paper: bool = False) -> None:
    """Ask `finder` from now on where facts are shown in its part of the programme; the same name again replaces it.

    `on_paper`: it tells of papers alone, which say what the pages say.
    """
    _FINDERS[name] = finder
    (_ON_PAPER.add if on_paper else _ON_PAPER.discard)(name)


def shown_on(screen: str, title: Text, facts: Iterable[str]) -> Finder:
    """A finder for an open screen that shows the same facts everywhere; `screen` is its route."""
    kept = tuple(facts)
    return lambda actor, on: (Use("screen", screen, title, True, fact) for fact in kept)


def all_uses(*, actor: Actor, on: date, with_papers: bool = True) -> list[Use]:
    """Every place of the actor's district that shows a fact on the day `on`, in a lasting order. Public parts and
    staff's: whoever draws them looks at `is_public`. Where a line is shown, what is known of it is shown too.

    Papers take as long as all the rest, since each has to be put together to know what is in it.
    """
    asked = [finder for name, finder in _FINDERS.items() if with_papers or name not in _ON_PAPER]
    found = {use for finder in asked for use in finder(actor=actor, on=on)}
    lines = {key: entry.tells for key, entry in shipped_entries().items() if entry.tells}
    return sorted(found | {replace(use, fact=lines[use.fact]) for use in found if use.fact in lines}, key=_order)


def uses_by_fact(*, actor: Actor, on: date) -> dict[str, list[Use]]:
    """The same by fact."""
    found: dict[str, list[Use]] = defaultdict(list)
    for use in all_uses(actor=actor, on=on):
        found[use.fact].append(use)
    return found


def _order(use: Use) -> tuple[str, str, str, str, str]:
    return use.part, use.title.en, use.key, use.fact, use.within.en
