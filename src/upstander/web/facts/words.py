"""How kinds, standings and owners of facts read on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from upstander.program.facts.selectors.editing import Standing

KINDS: dict[str, str | Promise] = {
    "emergency": _("Emergency number"),
    "reporting": _("Line that takes reports"),
    "counseling": _("Line for counsel"),
    "duty": _("Duty"),
    "statute": _("Law"),
    "practice": _("Practice"),
    "rule": _("Local rule"),
    "claim": _("Figure"),
}
# The word, and the tone in which it is drawn.
STANDINGS: dict[Standing, tuple[str | Promise, str]] = {
    Standing.ASKED: (_("Decide about the new edition"), "stops"),
    Standing.WAITS: (_("A second person looks at it"), "waits"),
    Standing.EXPIRED: (_("Read it again now"), "stops"),
    Standing.SOON: (_("Read it again soon"), "waits"),
    Standing.GOOD: (_("In order"), "good"),
}
OWNERS: dict[str, str | Promise] = {
    "coordinator": _("the coordinator"),
    "counsel": pgettext_lazy("role", "the district’s counsel"),
}
