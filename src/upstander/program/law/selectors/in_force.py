"""What the law asks in a district on a day, as a page can show it: every entry a dated fact, and who answers for it."""

from dataclasses import dataclass
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.program.facts.content import Shown
from upstander.program.facts.selectors import facts_by_key
from upstander.program.law.content import Jurisdiction, Pack, Terms
from upstander.program.law.selectors.packs import jurisdiction_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the law, by its key, with its facts; `begins` holds the first day of those that have one."""

    key: str
    facts: tuple[Shown, ...]
    begins: dict[str, date]


@dataclass(frozen=True, slots=True)
class LawInForce:
    """The layers that hold, the nearest first, and what they ask together. Parts with nothing verified are left out."""

    packs: tuple[Pack, ...]
    parts: tuple[Part, ...]


def law_in_force(*, actor: Actor, language: str, on: date) -> LawInForce:
    """What holds in the actor's district on the day `on`, under the editions of that day. Public, like the packs."""
    place = jurisdiction_of(actor=actor, on=on)
    parts = {key: facts for key, facts in _parts(place).items() if facts}
    book = facts_by_key(actor=actor, keys={fact for keys in parts.values() for fact in keys}, language=language, on=on)
    begins = {one.fact: one.begins for one in place.terms.reporters if one.begins}
    return LawInForce(
        place.packs,
        tuple(
            Part(key, book.pick(facts), {fact: begins[fact] for fact in facts if fact in begins})
            for key, facts in parts.items()
        ),
    )


def _parts(place: Jurisdiction) -> dict[str, tuple[str, ...]]:
    terms: Terms = place.terms
    kinds = dict.fromkeys(provision.kind for provision in terms.provisions)
    said = {
        "reporters": [one.fact for one in terms.reporters],
        "duties": [one.fact for one in terms.duties if one.fact],
        "recipients": [one.fact for one in (*terms.recipients, *terms.excluded_recipients)],
        "levels": [fact for level in terms.levels for fact in (level.fact, *(level.steps or ()))],
    }
    return {key: tuple(dict.fromkeys(facts)) for key, facts in said.items()} | {
        kind: place.provisions(kind) for kind in kinds
    }
