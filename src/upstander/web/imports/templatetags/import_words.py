"""Words of imports on their pages."""

from typing import Any

from django import template
from django.utils.dates import WEEKDAYS

from upstander.district.people.content import POSTS, post_called
from upstander.foundation.kernel.content import said
from upstander.program.imports.content.asked import OPEN
from upstander.program.imports.content.reading import Asked, Hours, Line, Problem, Staff
from upstander.program.training.content.kinds import kind_of
from upstander.program.training.selectors.choices import AUDIENCES
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


@register.filter
def weekday_of(hours: Hours) -> object:
    """The weekday of hours."""
    return WEEKDAYS[hours.weekday]


@register.filter
def audience_of(hours: Hours) -> object:
    """Who is free in them: in the house's word, or the list's where the line is left out."""
    return dict(AUDIENCES).get(hours.audience, hours.audience)


@register.filter
def asked_for(asked: Asked | None) -> str:
    """What an open request is about; nothing for history."""
    return said(kind_of(str(asked.kind)).title) if asked and asked.stands == OPEN else "–"


@register.filter
def post_of(staff: Staff) -> str:
    """Somebody's post: in the house's word, or the list's where the line is left out."""
    return post_called(staff.role) if staff.role in POSTS else staff.role
