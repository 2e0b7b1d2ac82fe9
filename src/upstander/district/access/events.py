"""What the audit keeps about rights given by hand: refs and days, never a name."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

ROLE_GIVEN = declare(
    "access.role_given", _("A role was given by hand until %(ends_on)s"), "role", "starts_on", "ends_on"
)
ROLE_ENDED = declare("access.role_ended", _("A role given by hand was ended"), "role", "ends_on")
