"""What the audit keeps about the vault."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

RESEALED = declare("vault.resealed", _("Sealed values were sealed anew with the key in use"), "count")
