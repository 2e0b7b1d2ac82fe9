"""States in words."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.foundation.kernel.content import said
from upstander.program.training import states
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.content.words import change_words, state_word
from upstander.program.training.content.words import next_step as next_step_of
from upstander.program.training.selectors.choices import AUDIENCES
from upstander.program.training.selectors.offerings import edition_words
from upstander.web.training.wording import parts_words, tone

register = template.Library()
ALL_STAFF = "all_staff"


@register.inclusion_tag("parts/status.html")
def request_state(asked: Any, state: str = "") -> dict[str, Any]:
    """Where a request stands, or stood, in the words of its kind."""
    state = state or asked.state
    return {"word": state_word(asked.kind, state), "tone": tone(state)}


@register.inclusion_tag("parts/status.html")
def session_state(state: str) -> dict[str, Any]:
    """Where a session stands."""
    return {"word": states.SESSION_WORDS[states.Session(state)], "tone": tone(state)}


@register.filter
def next_step(asked: Any) -> str:
    """Who does what next; nothing for a request that has ended."""
    return next_step_of(asked)


@register.filter
def called(kind: Any) -> str:
    """The name of a kind of request, or of the kind with this key."""
    return said((kind_of(kind) if isinstance(kind, str) else kind).title)


@register.filter
def for_whom(asked: Any) -> str:
    """After a colon whom a staff session is for, where that is not everybody: a site may have one for each audience."""
    whom = dict(AUDIENCES).get(asked.audience) if asked.kind == TRAINING and asked.audience != ALL_STAFF else None
    return f": {whom}" if whom else ""


@register.filter
def in_words(text: Any) -> str:
    """A text of the content, in the reader's language."""
    return said(text)


@register.filter
def changed_words(change: Any, kind: str) -> list[tuple[str, str, str]]:
    """What a change of answers changed, question by question."""
    return change_words(kind, change.before, change.after)


@register.simple_tag(takes_context=True)
def edition(context: Context, name: str) -> str:
    """What was given, in words, from what a session keeps of it."""
    return edition_words(actor=context["request"].actor, name=name)


@register.filter
def parts(partial: Any) -> str:
    """Which part of a session somebody missed."""
    return parts_words(partial)


@register.filter
def led(kind: Any) -> str:
    """What a kind of request is, in a sentence or two."""
    return said(kind.lead)


@register.filter
def due_word(late_days: int) -> str:
    """By when the next step is due, seen from today."""
    if late_days > 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", late_days) % {"days": late_days}
    if late_days == 0:
        return _("due today")
    return ngettext("due in %(days)s day", "due in %(days)s days", -late_days) % {"days": -late_days}


@register.filter
def due_tone(late_days: int) -> str:
    """How that is drawn; the word beside it carries the meaning."""
    return "stops" if late_days > 0 else "waits" if late_days == 0 else "quiet"
