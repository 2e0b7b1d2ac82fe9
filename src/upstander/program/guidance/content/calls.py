"""The call screen, put together from the law that holds in a place, the facts of a day and the page's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from upstander.program.facts.content import Book, Shown
from upstander.program.guidance.content.pages import Page
from upstander.program.law.content import Jurisdiction, Recipient

CALL_FACTS = (
    "emergency",
    "reporting_lines",
    "counseling_lines",
    "assurances",
    "do_not",
    "after_the_call",
)
LAW_FACTS = ("test", "assurances", "after_the_call")


@dataclass(frozen=True, slots=True)
class Station:
    """A police or sheriff's station that takes reports. Without a phone, the site still has to enter it."""

    name: str
    phone: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class SiteCall:
    """What the call screen of one site knows beyond its district's."""

    ref: str
    name: str
    station: Station | None


@dataclass(frozen=True, slots=True)
class Policy:
    """The district's own reporting policy in force: its number, where it is published, and since when it holds."""

    number: str
    address: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class CallScreen:
    """Whom to call and what happens then. `reporting` may be empty: then the page says that a number is missing."""

    emergency: tuple[Shown, ...]
    reporting: tuple[Shown, ...]
    site: SiteCall | None
    stations: tuple[Station, ...]
    excluded: tuple[Shown, ...]
    phone_duty: Shown | None
    assurances: tuple[Shown, ...]
    do_not: tuple[Shown, ...]
    after: tuple[Shown, ...]
    counseling: tuple[Shown, ...]
    text: Mapping[str, str | tuple[str, ...]]
    policy: Policy | None = None


def call_facts(place: Jurisdiction, page: Page) -> set[str]:
    """Every fact the call screen of `place` needs."""
    duty = place.duty("phone")
    lists = {key for part in CALL_FACTS for key in place.facts(part)}
    return lists | page.facts() | {other.fact for other in place.excluded_recipients} | ({duty.fact} if duty else set())


def call_screen(
    place: Jurisdiction,
    page: Page,
    book: Book,
    site: SiteCall | None = None,
    stations: Sequence[Station] = (),
    policy: Policy | None = None,
) -> CallScreen:
    """The call screen of `place` from `book`, which holds at least `call_facts`."""
    duty = place.duty("phone")
    return CallScreen(
        emergency=book.pick(place.facts("emergency")),
        reporting=book.pick(place.facts("reporting_lines")),
        site=site,
        stations=tuple(stations),
        excluded=_each_once(book, place.excluded_recipients),
        phone_duty=book[duty.fact] if duty else None,
        assurances=book.pick(place.facts("assurances")),
        do_not=book.pick(place.facts("do_not")),
        after=book.pick(place.facts("after_the_call")),
        counseling=book.pick(place.facts("counseling_lines")),
        text=page.said(book),
        policy=policy,
    )


def _each_once(book: Book, recipients: Sequence[Recipient]) -> tuple[Shown, ...]:
    return book.pick(dict.fromkeys(recipient.fact for recipient in recipients))


def law_facts(place: Jurisdiction) -> set[str]:
    """The facts that are the law of `place`: elsewhere they may be untrue and are not shown."""
    listed = {key for part in LAW_FACTS for key in place.facts(part)}
    return listed | {other.fact for other in place.excluded_recipients}
