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
REMINDER_SET = declare("guidance.reminder_set", _("The owner of a record set or dropped a reminder"))

# A joint report: the audit knows that one exists and how it goes, and neither who nor which.
JOINT_STARTED = declare("guidance.joint_started", _("Somebody started a joint report"))
JOINT_INVITED = declare("guidance.joint_invited", _("Somebody made a one-time code for a joint report"))
JOINT_ACCEPTED = declare("guidance.joint_accepted", _("Somebody joined a joint report"))
JOINT_TAKEN_OVER = declare("guidance.joint_taken_over", _("A member of a joint report is now the one who calls"))
JOINT_DONE = declare("guidance.joint_done", _("The one who calls said that a joint report was made"))
JOINT_KNOWN = declare("guidance.joint_known", _("A member of a joint report said that they know it was made"))
JOINT_REOPENED = declare(
    "guidance.joint_reopened", _("A member of a joint report said that they do not know it was made")
)
JOINT_LEFT = declare("guidance.joint_left", _("Somebody left a joint report"), "rows")
