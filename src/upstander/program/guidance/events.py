"""What the audit keeps about guidance: never who opened a page or what was answered."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

DOOR_OPENED = declare("guidance.door_opened", _("A site’s staff door got a new code"), "site")
DOOR_CLOSED = declare("guidance.door_closed", _("A site’s staff door was closed"), "site")

# About a kept clock the audit knows neither whose it is nor which: both are keyed pseudonyms.
CLOCK_KEPT = declare("guidance.clock_kept", _("Somebody asked for a copy of a report clock"))
CLOCK_LINE_ADDED = declare("guidance.clock_line_added", _("A line was added to a kept clock"))
CLOCK_CLOSED = declare("guidance.clock_closed", _("A kept clock was closed"), "by_time")
CLOCK_EXTENDED = declare("guidance.clock_extended", _("A kept clock is to be kept for longer"))
CLOCK_ERASED = declare("guidance.clock_erased", _("A kept clock was erased by its owner"), "rows")
CLOCK_REDUCED = declare("guidance.clock_reduced", _("A kept clock was reduced to a stub"), "rows")
PROOF_MADE = declare("guidance.proof_made", _("The owner of a kept clock made a signed proof"))
PROOF_KEY_ROTATED = declare("guidance.proof_key_rotated", _("The key that signs proofs was changed"), "key_id")
