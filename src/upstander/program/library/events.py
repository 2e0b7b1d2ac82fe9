"""What the audit keeps about the pages."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

PASSAGE_ENTERED = declare(
    "library.passage_entered", _("Words of the district’s own were written for a page"), "page", "kind"
)
PASSAGE_STEP = declare("library.passage_step", _("Words of the district’s own were decided about"), "page", "step")
CAMPAIGN_ENTERED = declare(
    "library.campaign_entered", _("A campaign of the district’s own was written"), "campaign", "first_on"
)
CAMPAIGN_STEP = declare(
    "library.campaign_step", _("A campaign of the district’s own was decided about"), "campaign", "step"
)
CAMPAIGN_COUNTED = declare(
    "library.campaign_counted", _("A site said how many it reached with a campaign"), "campaign", "year"
)
