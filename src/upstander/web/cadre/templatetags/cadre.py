"""Words and lists of the Cadre's pages."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.engines.matching import Candidate, Reason
from upstander.program.training.selectors.cadre import Ending
from upstander.program.training.selectors.misfits import Misfit
from upstander.web.shared.reasons import reason_for_peers, reason_of

register = template.Library()
KINDS = {"credential": _("Credential"), "release": _("Release by the supervisor")}
NOT_OFFERED: dict[Reason, object] = {
    Reason.LANGUAGE: _("They ask for a language that is not noted for you."),
    Reason.SKILL: _("Consultations are not noted among your skills."),
    Reason.SKILL_ENDS: _("Your skill for consultations has ended."),
    Reason.CREDENTIAL: _("No credential of yours holds today."),
    Reason.RELEASE: _("No release by your supervisor holds today."),
    Reason.AWAY: _("You are away today."),
    Reason.WEEK_FULL: _("Your week is full: sessions and calls together are as many as agreed."),
}
SWAPS: dict[str, tuple[object, str]] = {
    "asked": (_("asked"), "waits"),
    "taken": (_("taken over"), "good"),
    "declined": (_("declined"), "quiet"),
    "withdrawn": (_("withdrawn"), "quiet"),
}


@register.filter
def unit_name(unit: Any) -> str:
    """The unit's name in the reader's language."""
    return str(unit.name_es if get_language() == "es" else unit.name_en)


@register.filter
def ending_name(ending: Ending) -> object:
    """What ends."""
    return ending.name or KINDS[ending.kind]


@register.filter
def why(misfit: Misfit) -> str:
    """Why the session no longer fits, in a sentence."""
    return reason_of(misfit.found)


@register.filter
def why_for_peers(misfit: Misfit) -> str:
    """The same, for the consultant: who is kept from a site does not read it here."""
    return reason_for_peers(misfit.found)


@register.filter
def reason(found: Candidate) -> str:
    """Why somebody cannot take a session, in a sentence for consultants."""
    return reason_for_peers(found)


@register.filter
def not_offered(reason: Reason) -> object:
    """Why a consultation that waits is not offered to the reader."""
    return NOT_OFFERED[reason]


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"


@register.filter
def swap_word(state: str) -> object:
    """How a question between colleagues stands."""
    return SWAPS[state][0]


@register.filter
def swap_tone(state: str) -> str:
    """How that is drawn."""
    return SWAPS[state][1]


@register.inclusion_tag("cadre/parts/section.html", takes_context=True)
def section(context: Any, name: str, title: str, button: str) -> dict[str, Any]:
    """One form of the page behind its title; open when something has to be put right."""
    return {
        "form": context["forms"][name],
        "name": name,
        "title": title,
        "button": button,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
