"""What the audit keeps about law."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

RULE_ADOPTED = declare(
    "law.rule_adopted",
    _("A local rule was adopted"),
    "pack",
    "rule",
    "edition",
    "starts_on",
)
RULE_ENDED = declare(
    "law.rule_ended",
    _("The use of a local rule was ended"),
    "pack",
    "rule",
    "edition",
    "ends_on",
)
