"""What the audit keeps about mail: that somebody had it tried again, or gave it up."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

RESENT = declare("notices.resent", _("A mail that could not be delivered is tried again"))
GIVEN_UP = declare("notices.given_up", _("A mail that could not be delivered was given up"))
FORGOTTEN = declare("notices.forgotten", _("Addresses and texts of %(count)s old mails were erased"), "count")
