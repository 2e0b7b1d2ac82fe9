"""What the audit keeps about evaluation: that something was answered, never what and never who."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

ANSWERED = declare("evaluation.answered", _("Somebody answered the questions about a session"), "phase")
DEBRIEFED = declare("evaluation.debriefed", _("A session was looked back at"), "edition")
LINKS_FORGOTTEN = declare("evaluation.links_forgotten", _("Codes people had made up were forgotten"), "count")
