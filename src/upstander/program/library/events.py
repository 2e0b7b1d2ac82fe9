"""What the audit keeps about the pages."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare
from upstander.foundation.kernel.changes import Change

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
SEATED = declare(
    "library.seated", _("Somebody’s seats at the explorer were brought in line with their grants"), "roles"
)
SHELF_OPENED = declare("library.shelf_opened", _("The shelf for the district’s own pages was opened"))
PAGE_STEP = declare("library.page_step", _("Something happened to a page of the district’s own"), "step")
PAGE_SIGNED = declare("library.page_signed", _("A page of the edition was reviewed"), "role", "edition")
PAGE_UNSIGNED = declare(
    "library.page_unsigned", _("A review of a page of the edition was taken back"), "role", "edition", "reason"
)
EDITION_CAME = declare("library.edition_came", _("Pages of a new edition came to be reviewed"), "count")
PAGE_SENT_IN = declare("library.page_sent_in", _("A page of the district’s own was sent to its reviewers"))
PAGE_REVIEWED = declare("library.page_reviewed", _("A page of the district’s own was reviewed"), "role", "action")
PAGE_TAKEN_OUT = declare("library.page_taken_out", _("A page of the district’s own was taken out"))
EDITIONS_ENDED = declare("library.editions_ended", _("Papers were made anew; the former ones are kept"), "count")
EDITIONS_FORGOTTEN = declare("library.editions_forgotten", _("Files of former papers were erased"), "count")
REVIEWERS_ASKED = declare("library.reviewers_asked", _("Reviewers were told that something waits for them"), "count")

# Told when readers see something else of the district's own pages. Whoever keeps a page listens.
CHANGED = Change()
