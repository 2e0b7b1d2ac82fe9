"""The calendar of observances: those that ship, in the order in which they come."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from upstander.engines.observances import Span, coming, in_year
from upstander.program.facts.selectors import shipped_entries
from upstander.program.library.content.observances import Observance, read_observances
from upstander.program.library.selectors.pages import shipped_pages


@dataclass(frozen=True, slots=True)
class Coming:
    """One campaign in a reader's language: now or next. `page` tells more of one that ships; of others it is empty."""

    key: str
    name: str
    summary: str
    page: str
    span: Span
    is_now: bool


@cache
def shipped_observances() -> dict[str, Observance]:
    """Every observance that ships, read once per process. Takes no actor: they ship with the code."""
    return read_observances(settings.CONTENT, shipped_entries(), shipped_pages())


def coming_observances(*, language: str, on: date) -> list[Coming]:
    """What is on the day `on` and what comes next, soonest first. Takes no actor: the rules ship with the code."""
    rules = {key: each.rule for key, each in shipped_observances().items()}
    found = [_told(each, coming(each.key, on, rules), language, on) for each in shipped_observances().values()]
    return sorted(found, key=lambda each: (each.span.first, each.key))


def observances_from(*, year: int, years: int, language: str) -> list[Coming]:
    """All of so many years, in order. Takes no actor: the rules ship with the code."""
    rules = {key: each.rule for key, each in shipped_observances().items()}
    found = [
        _told(each, in_year(key, year + after, rules), language, date(year, 1, 1))
        for key, each in shipped_observances().items()
        for after in range(years)
    ]
    return sorted(found, key=lambda each: (each.span.first, each.key))


def _told(observance: Observance, span: Span, language: str, on: date) -> Coming:
    name = observance.name.in_language(language)
    summary = shipped_pages()[observance.page].summary.in_language(language)
    return Coming(observance.key, name, summary, observance.page, span, span.first <= on <= span.last)
