"""Reading what the report companion says: the worksheet, and the clock of the written report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from upstander.engines.clocks import ElapsedHours, spoken
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Shown
from upstander.program.facts.selectors import facts_by_key
from upstander.program.guidance.selectors.guide import shipped_pages
from upstander.program.law.content import Jurisdiction
from upstander.program.law.selectors import jurisdiction_of, written_clock

# The time zones a reporter may be in, and the passage of the clock page that names each.
ZONES = {
    "America/New_York": "zone_eastern",
    "America/Chicago": "zone_central",
    "America/Denver": "zone_mountain",
    "America/Phoenix": "zone_arizona",
    "America/Los_Angeles": "zone_pacific",
    "America/Anchorage": "zone_alaska",
    "Pacific/Honolulu": "zone_hawaii",
}
REFERENCE_DIGITS = ".referral_digits"
REFERENCE_WAIT = ".referral_wait"


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The words of the sheet for the call, and the statements that stand above it."""

    text: Mapping[str, str | tuple[str, ...]]
    facts: tuple[Shown, ...]


def worksheet(*, actor: Actor, language: str, on: date) -> Worksheet:
    """What to have at hand for the call, and that nobody needs to know all of it. Public."""
    page = shipped_pages()["worksheet"]
    keys = [key for key in jurisdiction_of(actor=actor, on=on).facts("assurances") if key.endswith(".parts_unknown")]
    book = facts_by_key(actor=actor, keys={*keys, *page.facts()}, language=language, on=on)
    return Worksheet(page.said(book), book.pick(keys))


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the written report: how many real hours, the facts that say so, and how long references are."""

    duty: ElapsedHours | None
    facts: tuple[Shown, ...]
    reference_digits: int | None
    text: Mapping[str, str | tuple[str, ...]]


def report_clock(*, actor: Actor, language: str, on: date) -> Clock:
    """The written report's clock in the actor's district; `duty` is None where the law counts no hours. Public."""
    place, page = jurisdiction_of(actor=actor, on=on), shipped_pages()["clock"]
    shown = clock_facts(place)
    book = facts_by_key(actor=actor, keys={*shown, *page.facts()}, language=language, on=on)
    digits = next((int(book[key].value) for key in shown if key.endswith(REFERENCE_DIGITS)), None)
    return Clock(written_clock(place, book), book.pick(shown), digits, page.said(book))


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone to choose, with its name in the page's language."""

    key: str
    name: str


def zone_name(key: str, language: str) -> str:
    """What people call a time zone; one without a name of ours is told by its key. Public."""
    name = shipped_pages()["clock"].passages[ZONES[key]] if key in ZONES else None
    return name.in_language(language) if isinstance(name, Text) else key


def zones(clock: Clock, own: str) -> list[Zone]:
    """The zones that `clock`'s page offers; the district's `own` is among them, by its key if it has no name."""
    named = [Zone(key, str(clock.text[passage])) for key, passage in ZONES.items()]
    return named if own in ZONES else [Zone(own, own), *named]


def clock_facts(place: Jurisdiction) -> list[str]:
    """How long the clock runs, then what the place says about its reference numbers. Takes no actor: packs ship."""
    duty = place.duty("written")
    about_references = [k for k in place.facts("after_the_call") if k.endswith((REFERENCE_DIGITS, REFERENCE_WAIT))]
    return ([duty.fact] if duty else []) + about_references


def said(moment: datetime, zone: ZoneInfo, text: Mapping[str, str | tuple[str, ...]]) -> str:
    """`moment` in the words of the clock's page, such as "Sunday at 5:00 in the morning"."""
    found = spoken(moment, zone)
    at = text["at_one"] if found.hour == 1 else text["at_many"]
    day, part = text["weekdays"][found.weekday], text["parts_of_day"][found.part]
    return f"{day} {at} {found.hour}:{found.minute:02} {part}"
