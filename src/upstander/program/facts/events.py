"""What the audit keeps about facts."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

LOADED = declare("facts.loaded", _("Facts were loaded"), "added", "changed", "removed", "unchanged")
