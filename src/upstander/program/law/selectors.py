"""Reading law: the packs that ship, what holds in a district, and the local rule it has adopted."""

from datetime import date
from functools import cache

from django.conf import settings

from upstander.district.places.policies import held_on
from upstander.district.places.selectors import district_of
from upstander.engines.clocks import ElapsedHours
from upstander.foundation.kernel.actor import Actor
from upstander.program.facts.content import Book
from upstander.program.facts.selectors import shipped_entries
from upstander.program.law.content import (
    Jurisdiction,
    Pack,
    RuleSet,
    jurisdiction,
    read_packs,
)
from upstander.program.law.models import RuleAdoption

COUNTRY = "us"


@cache
def shipped_packs() -> dict[str, Pack]:
    """Every pack that ships, read once per process. Takes no actor: packs are published with the code."""
    return read_packs(settings.CONTENT, shipped_entries())


def jurisdiction_of(*, actor: Actor) -> Jurisdiction:
    """What holds in the actor's district: its county's pack, else its state's, else the country's."""
    district = district_of(actor=actor)
    packs = shipped_packs()
    nearest = next(key for key in (district.county_key, district.state_key, COUNTRY) if key in packs)
    return jurisdiction(packs, nearest)


def county_pack(*, actor: Actor) -> Pack | None:
    """The pack of the county the actor's district lies in, or None where none ships."""
    return shipped_packs().get(district_of(actor=actor).county_key)


def adopted_rule(*, actor: Actor, on: date) -> tuple[Pack, RuleSet] | None:
    """The rule that the actor's district uses on the day `on`, with the county it comes from; None without one.

    An edition that no longer ships is no rule: nobody is walked through words that were withdrawn.
    """
    adoption = RuleAdoption.objects.filter(held_on(on), district_id=actor.district_id).first()
    pack = shipped_packs().get(adoption.pack) if adoption else None
    if adoption is None or pack is None:
        return None
    rules = (rule for rule in pack.rule_sets if (rule.key, rule.edition) == (adoption.rule, adoption.edition))
    return next(((pack, rule) for rule in rules), None)


def written_clock(place: Jurisdiction, book: Book) -> ElapsedHours | None:
    """The clock of the written report where the law counts it in elapsed hours; its number is the fact's value."""
    duty = place.duty("written")
    if duty is None or duty.due != "elapsed_hours":
        return None
    return ElapsedHours(duty.key, int(book[duty.fact].value))
