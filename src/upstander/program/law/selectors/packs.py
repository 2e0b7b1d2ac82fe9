"""Reading law: the packs that ship, what holds in a district on a day, and the local rule it has adopted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.conf import settings

from upstander.district.places.models import District
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import district_of
from upstander.engines.clocks import ElapsedHours
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Book
from upstander.program.facts.selectors import shipped_entries
from upstander.program.law.content import Jurisdiction, Pack, RuleSet, edition_on, jurisdiction, read_packs
from upstander.program.law.models import RuleAdoption

COUNTRY = "us"


@cache
def shipped_packs() -> dict[str, tuple[Pack, ...]]:
    """Every pack that ships with its editions, oldest first, read once per process. Takes no actor: all see them."""
    return read_packs(settings.CONTENT, shipped_entries())


def jurisdiction_of(*, actor: Actor, on: date) -> Jurisdiction:
    """What holds in the actor's district on the day `on`: its county's pack, else its state's, else the country's."""
    return _whole(nearest_pack(district_of(actor=actor)), on)


def nearest_pack(district: District) -> str:
    """The pack a district stands on: its county's, else its state's, else the country's. Takes no actor: it is data."""
    return next(key for key in (district.county_key, district.state_key, COUNTRY) if key in shipped_packs())


@lru_cache(maxsize=128)
def _whole(key: str, on: date) -> Jurisdiction:
    """The layers of a place laid together once, not for every page."""
    return jurisdiction(shipped_packs(), key, on, shipped_entries())


def county_pack(*, actor: Actor, on: date) -> Pack | None:
    """The pack of the county the actor's district lies in, as of the day `on`; None where none is published."""
    editions = shipped_packs().get(district_of(actor=actor).county_key)
    pack = edition_on(editions, on) if editions else None
    return None if pack is None or pack.blockers else pack


def adopted_rule(*, actor: Actor, on: date) -> tuple[Pack, RuleSet] | None:
    """The rule that the actor's district uses on the day `on`, with the county it comes from; None without one.

    Always the edition that was adopted, also where its county has a newer one by now: nothing switches by itself. An
    edition that no longer ships is no rule: nobody is walked through words that were withdrawn.
    """
    adoption = RuleAdoption.objects.filter(held_on(on), district_id=actor.district_id).first()
    if adoption is None:
        return None
    rules = ((pack, rule) for pack in reversed(shipped_packs().get(adoption.pack, ())) for rule in pack.rule_sets)
    return next((one for one in rules if (one[1].key, one[1].edition) == (adoption.rule, adoption.edition)), None)


def has_newer_rule(*, actor: Actor, on: date) -> bool:
    """Whether the county's pack in force on the day `on` holds a later edition of the rule that the district uses."""
    held, county = adopted_rule(actor=actor, on=on), county_pack(actor=actor, on=on)
    if held is None or county is None:
        return False
    return any(rule.key == held[1].key and rule.edition > held[1].edition for rule in county.rule_sets)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A pack in use that somebody should have looked at again by `review_by`. It keeps working."""

    key: str
    name: Text
    review_by: date


def overdue_packs(*, actor: Actor, on: date) -> tuple[Overdue, ...]:
    """The packs that hold in the actor's district and are past their review on the day `on`, the nearest first."""
    return tuple(_overdue(jurisdiction_of(actor=actor, on=on), on))


def _overdue(place: Jurisdiction, on: date) -> Iterator[Overdue]:
    for pack in place.packs:
        if pack.is_overdue(on):
            yield Overdue(pack.key, pack.name, min(pack.review_by, pack.effective_to or pack.review_by))


def written_clock(place: Jurisdiction, book: Book) -> ElapsedHours | None:
    """The clock of the written report where the law counts it in elapsed hours; its number is the fact's value."""
    duty = place.duty("written")
    if duty is None or duty.due != "elapsed_hours":
        return None
    return ElapsedHours(duty.key, int(book[duty.fact].value))
