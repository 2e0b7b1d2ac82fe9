"""States in words."""

from typing import Any

from django import template

from upstander.program.training import states
from upstander.web.training.wording import tone

register = template.Library()


@register.inclusion_tag("parts/status.html")
def request_state(state: str) -> dict[str, Any]:
    """Where a request stands."""
    return {"word": states.REQUEST_WORDS[states.Request(state)], "tone": tone(state)}


@register.inclusion_tag("parts/status.html")
def session_state(state: str) -> dict[str, Any]:
    """Where a session stands."""
    return {"word": states.SESSION_WORDS[states.Session(state)], "tone": tone(state)}


@register.filter
def next_step(state: str) -> object:
    """Who does what next; nothing for a request that has ended."""
    return states.NEXT_STEPS.get(states.Request(state), "")
