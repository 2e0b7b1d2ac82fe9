"""What the audit keeps about the pages."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

PASSAGE_ENTERED = declare(
    "library.passage_entered", _("Words of the district’s own were written for a page"), "page", "kind"
)
PASSAGE_STEP = declare("library.passage_step", _("Words of the district’s own were decided about"), "page", "step")
