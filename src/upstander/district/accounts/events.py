"""What the audit keeps about sign-in."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

SIGNED_IN = declare("accounts.signed_in", _("Someone signed in"))
SIGN_IN_REFUSED = declare("accounts.sign_in_refused", _("A sign-in was refused"))
CREATED = declare("accounts.created", _("An account was made"))
