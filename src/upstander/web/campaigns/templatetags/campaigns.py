"""Words for the aims of a campaign, and for what can be decided about it."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upstander.program.library.states import AIMS, REVIEWS, WORDS, Aim, Step

register = template.Library()
OUT = {
    Step.REFUSED: gettext_lazy("Refuse"),
    Step.WITHDRAWN: gettext_lazy("Take it back"),
    Step.ENDED: gettext_lazy("Take it out of the calendar"),
}


@register.filter
def aim_words(aim: Aim) -> str | Promise:
    """An aim in words."""
    return AIMS[aim]


@register.filter
def is_review(step: Step) -> bool:
    """Whether the step says that the words are right."""
    return step in REVIEWS


@register.filter
def move_words(step: Step) -> str | Promise:
    """What the button of a step says."""
    return OUT.get(step) or _("This is right: %(step)s") % {"step": WORDS[step]}
