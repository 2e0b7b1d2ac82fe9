"""Words of imports on their pages."""

from typing import Any

from django import template

from upstander.program.imports.content.lines import Line, Problem
from upstander.web.imports import words
from upstander.web.shared.templatetags.look import status

register = template.Library()


@register.inclusion_tag("parts/status.html")
def import_state(load: Any) -> dict[str, str]:
    """How far an import has come."""
    word, tone = words.STATES[load.state]
    return status(str(word), tone)


@register.inclusion_tag("parts/status.html")
def outcome(name: str) -> dict[str, str]:
    """What becomes of a line."""
    word, tone = words.OUTCOMES[name]
    return status(str(word), tone)


@register.filter
def kind_name(load: Any) -> Any:
    """What the list tells."""
    return words.KINDS[load.kind]


@register.filter
def reason(problem: Problem) -> Any:
    """Why a cell cannot be taken."""
    return words.REASONS[problem.reason][0]


@register.filter
def advice(problem: Problem) -> Any:
    """What to do about it."""
    return words.REASONS[problem.reason][1]


@register.filter
def year_of(line: Line) -> str:
    """The school year of a line."""
    return words.year_name(line.year)
