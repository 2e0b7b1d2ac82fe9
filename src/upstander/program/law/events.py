"""What the audit keeps about law."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare
from upstander.foundation.kernel.changes import Change

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
POLICY_ADDED = declare("law.policy_added", _("A version of the district’s policy was entered"), "number", "starts_on")
POLICY_SIGNED = declare("law.policy_signed", _("A second person signed a version of the district’s policy"), "number")
LOCAL_PROPOSED = declare("law.local_proposed", _("A change of the district’s own layer was proposed"), "kind", "lines")
LOCAL_SIGNED = declare("law.local_signed", _("A second person signed a change of the district’s own layer"), "kind")
LOCAL_REFUSED = declare("law.local_refused", _("A second person refused a change of the district’s own layer"), "kind")
LOCAL_WITHDRAWN = declare("law.local_withdrawn", _("A proposal for the district’s own layer was taken back"), "kind")
NUMBER_CORRECTED = declare("law.number_corrected", _("One person corrected a phone number at once"), "kind")
NUMBER_CHECKED = declare("law.number_checked", _("Somebody called a phone number and it was right"), "kind")
CORRECTION_CONFIRMED = declare("law.correction_confirmed", _("A second person confirmed a corrected number"), "kind")
CORRECTION_TAKEN_BACK = declare("law.correction_taken_back", _("A second person took a correction back"), "kind")
STATION_ENTERED = declare("law.station_entered", _("A site’s police or sheriff’s station was entered"), "station")

# Told when a number, a station or a fact is shown otherwise in the actor's district: after a change of the district's
# own layer, and after one of the shared facts beneath it.
CHANGED = Change()
