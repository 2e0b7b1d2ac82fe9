"""What the audit keeps about imports: refs and counts; never a name, a cell or the name of a file."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

FILE_TAKEN = declare("imports.file_taken", _("A spreadsheet was uploaded"), "kind", "rows", "digest")
COLUMNS_CHOSEN = declare("imports.columns_chosen", _("The columns of a spreadsheet were explained"), "kind", "columns")
MATCHES_DECIDED = declare("imports.matches_decided", _("Names of a spreadsheet were matched"), "count", "open")
VOUCHED = declare("imports.vouched", _("Posts of a list that give access were confirmed"), "count", "roles")
APPLIED = declare("imports.applied", _("A spreadsheet was applied"), "kind", "new", "changed", "there", "left_out")
UNDONE = declare("imports.undone", _("An applied spreadsheet was undone"), "kind", "count")
DISCARDED = declare("imports.discarded", _("A spreadsheet was discarded"), "kind", "by_time")
ROWS_FORGOTTEN = declare("imports.rows_forgotten", _("The rows of old spreadsheets were erased"), "count")
