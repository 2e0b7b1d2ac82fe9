"""Which facts stand in the law of a district."""

from collections.abc import Iterator
from datetime import date

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.selectors.uses import Use
from upstander.program.law.content.review import facts_of
from upstander.program.law.selectors.packs import jurisdiction_of


def law_uses(*, actor: Actor, on: date) -> Iterator[Use]:
    """Every fact of the packs that hold in the actor's district, under the editions of the day. Public, like packs."""
    for pack in jurisdiction_of(actor=actor, on=on).packs:
        for fact in facts_of(pack):
            yield Use("law", pack.key, Text(pack.name.en, pack.name.es), False, fact)
