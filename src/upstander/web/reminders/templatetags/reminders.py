"""Words of the reminders' pages."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def step(days: int) -> str:
    """A step of the schedule as people say it."""
    if days == 0:
        return _("on the day")
    if days < 0:
        return ngettext("%(days)s day before", "%(days)s days before", -days) % {"days": -days}
    return ngettext("%(days)s day after", "%(days)s days after", days) % {"days": days}


@register.simple_tag
def outcome(word: str) -> str:
    """How a step ended."""
    return {
        "mailed": _("mailed"),
        "no_address": _("no mail address: to be told in person"),
        "on_leave": _("on leave: told when they are back"),
    }[word]
