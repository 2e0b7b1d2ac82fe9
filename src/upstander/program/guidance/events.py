"""What the audit keeps about guidance: never who opened a page or what was answered."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

DOOR_OPENED = declare("guidance.door_opened", _("A site’s staff door got a new code"), "site")
DOOR_CLOSED = declare("guidance.door_closed", _("A site’s staff door was closed"), "site")
