"""What the audit keeps about materials: refs and counts."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

SHIPPED_TAKEN = declare("materials.shipped_taken", _("Materials that ship came into the catalog"), "edition_count")
ADDED = declare("materials.added", _("A material was added"), "answers")
RETIRED = declare("materials.retired", _("A material was retired"))
OFFERED_AGAIN = declare("materials.offered_again", _("A retired material was offered again"))
LIMIT_SET = declare("materials.limit_set", _("How much a site may have was changed"), "most")
EDITION_ADDED = declare("materials.edition_added", _("An edition was added"), "material")
WITHDRAWN = declare("materials.withdrawn", _("An edition was withdrawn"), "reason", "site_count")
MOVED = declare("materials.moved", _("Copies were booked"), "kind", "count")
SENT = declare("materials.sent", _("A parcel was sent"), "request", "count", "is_last")
RECALL_DONE = declare("materials.recall_done", _("Copies were taken away at a site"), "edition", "count", "how")
PLACE_NAMED = declare("materials.place_named", _("A place for gifts was named"))
PLACE_CORRECTED = declare("materials.place_corrected", _("It was said anew where gifts can be brought"), "told")
WISH_WRITTEN = declare("materials.wish_written", _("A wish was written"), "purpose", "wanted")
WISH_ENDED = declare("materials.wish_ended", _("A wish was taken off the list"))
PLEDGE_ASKED = declare("materials.pledge_asked", _("A visitor was sent a link to prove an address"), "wish")
PLEDGED = declare("materials.pledged", _("Something was promised"), "wish", "count")
PLEDGE_WITHDRAWN = declare("materials.pledge_withdrawn", _("A promise was taken back"))
PLEDGE_RECEIVED = declare("materials.pledge_received", _("A gift was received"), "count")
GIFT_RECEIVED = declare("materials.gift_received", _("A gift came without a promise"), "wish", "count")
PLEDGES_TENDED = declare("materials.pledges_tended", _("Promises were reminded of, or ended"), "reminded", "expired")
FORGOTTEN = declare("materials.forgotten", _("Addresses of donors were deleted"), "unproven", "pledges")
