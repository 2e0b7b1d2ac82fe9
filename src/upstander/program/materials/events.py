"""What the audit keeps about materials: refs and counts."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

SHIPPED_TAKEN = declare("materials.shipped_taken", _("Materials that ship came into the catalogue"), "edition_count")
ADDED = declare("materials.added", _("A material was added"), "answers")
RETIRED = declare("materials.retired", _("A material was retired"))
LIMIT_SET = declare("materials.limit_set", _("How much a site may have was changed"), "most")
EDITION_ADDED = declare("materials.edition_added", _("An edition was added"), "material")
WITHDRAWN = declare("materials.withdrawn", _("An edition was withdrawn"), "reason", "site_count")
MOVED = declare("materials.moved", _("Copies were booked"), "kind", "count")
SENT = declare("materials.sent", _("A parcel was sent"), "request", "count", "is_last")
RECALL_DONE = declare("materials.recall_done", _("Copies were taken away at a site"), "edition", "count", "how")
