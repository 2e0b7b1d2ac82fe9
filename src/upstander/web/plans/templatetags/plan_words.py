"""States and distances of plans in words."""

from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from upstander.foundation.kernel.seen import seal_of
from upstander.program.training import states
from upstander.program.training.selectors.choices import AUDIENCES
from upstander.program.training.services.plan_undo import Standing
from upstander.web.plans import wording

register = template.Library()


@register.inclusion_tag("parts/status.html")
def plan_state(state: str) -> dict[str, Any]:
    """Where a plan stands."""
    return {"word": states.PLAN_WORDS[states.Plan(state)], "tone": wording.TONES[state]}


@register.inclusion_tag("parts/status.html")
def entry_state(entry: Any) -> dict[str, Any]:
    """Where a site of a plan stands; an empty word says that nothing has to be said."""
    word, tone = wording.standing(entry)
    return {"word": word, "tone": tone}


@register.filter
def named(entry: Any) -> str:
    """The site of an entry, with its audience where the site trains several apart."""
    return wording.named(entry)


@register.filter
def miles(km: float) -> str:
    """A distance as people here say it."""
    return wording.miles(km)


@register.filter
def month_of(by_month: dict[tuple[int, int], int], month: Any) -> int:
    """The count of one month."""
    return by_month.get((month.first.year, month.first.month), 0)


@register.simple_tag
def audience(key: str) -> object:
    """Who takes part."""
    return dict(AUDIENCES).get(key, key)


@register.simple_tag
def weekday(number: int) -> str:
    """Its name, as a line begins with it."""
    return capfirst(WEEKDAYS[number])


@register.filter
def relaxed(allowance: Any) -> str:
    """Which rules an exception sets aside."""
    return wording.relaxed(allowance)


@register.filter
def seal(entry: Any) -> str:
    """What a board shows of a session, to come back with it when it is dragged; its seats were read with it."""
    return seal_of(Standing.shown(entry, entry.seats.all()))
