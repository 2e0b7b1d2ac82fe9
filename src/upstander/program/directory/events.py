"""What the audit keeps about the directory: refs and counts, never a text."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

UNITS_TAKEN = declare("directory.units_taken", _("Drafts that ship came into the directory"), "count")
ORGANIZATION_WRITTEN = declare("directory.organization_written", _("An organization was written down"))
PLACE_WRITTEN = declare("directory.place_written", _("A place of an organization was written down"), "kind")
ORGANIZATION_CHANGED = declare("directory.organization_changed", _("An organization was changed"))
PLACE_CHANGED = declare(
    "directory.place_changed", _("A place was changed, closed, or opened by two people"), "step", "kind"
)
WRITTEN = declare("directory.written", _("An entry of the directory was written"), "state")
CHECKED = declare("directory.checked", _("An entry of the directory was checked"), "method", "outcome")
WITHDRAWN = declare("directory.withdrawn", _("An entry was taken off the public directory"))
CORRECTION_SENT = declare("directory.correction_sent", _("A reader said that something is wrong"), "what")
CORRECTION_SETTLED = declare("directory.correction_settled", _("A reader’s correction was settled"), "is_used")
FILE_READ = declare("directory.file_read", _("A file was read into the directory’s review"), "count", "fault_count")
CANDIDATE_TAKEN = declare("directory.candidate_taken", _("A record of a file became a draft"), "service")
CANDIDATE_DROPPED = declare("directory.candidate_dropped", _("A record of a file was dropped"))
REST_DROPPED = declare("directory.rest_dropped", _("Whatever of a file still waited was dropped"), "count")
BROUGHT_BACK = declare("directory.brought_back", _("What was dropped of a file waits again"), "count")
FILE_ASKED = declare("directory.file_asked", _("All clean records of a file were to become drafts"), "count")
FILE_TAKEN = declare("directory.file_taken", _("All clean records of a file became drafts"), "count")
FILE_STOPPED = declare("directory.file_stopped", _("A file could not be taken at once, and nothing of it was"), "count")
FILE_DROPPED = declare("directory.file_dropped", _("The drafts of a file were dropped"), "count")
