"""What the audit keeps about places."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare
from upstander.foundation.kernel.changes import Change

DISTRICT_CREATED = declare("places.district_created", _("A district was set up"))
HOST_ADDED = declare("places.host_added", _("A host name was given to the district"))
DIRECTORY_LOADED = declare(
    "places.directory_loaded",
    _("A directory of schools was loaded: %(opened)s opened, %(closed)s closed, %(changed)s changed"),
    "source",
    "format",
    "as_of",
    "digest",
    "rows",
    "opened",
    "activated",
    "reopened",
    "closed",
    "withdrawn",
    "changed",
    "refused",
)
SITE_ADDED = declare("places.site_added", _("A site was added"), "kind")
SITE_STATUS_SET = declare("places.site_status_set", _("A site is %(status)s from %(starts_on)s"), "status", "starts_on")
REGION_OPENED = declare("places.region_opened", _("A region begins on %(starts_on)s"), "starts_on")
REGION_CLOSED = declare("places.region_closed", _("A region ends on %(ends_on)s"), "ends_on")
SITE_PLACED = declare("places.site_placed", _("A site belongs to a region from %(starts_on)s"), "region", "starts_on")
STATION_SAVED = declare("places.station_saved", _("A law-enforcement station was entered or corrected"))
STATION_ASSIGNED = declare("places.station_assigned", _("A site was given its law-enforcement station"), "station")
SECONDARY_RULE_SET = declare(
    "places.secondary_rule_set", _("Which schools count as secondary was set, from %(starts_on)s"), "starts_on"
)
SCHOOL_YEAR_ADDED = declare("places.school_year_added", _("A school year was entered"), "starts_on", "ends_on")
SCHOOL_YEAR_CORRECTED = declare(
    "places.school_year_corrected",
    _("The days of a school year were corrected"),
    "starts_on",
    "ends_on",
    "started_on",
    "ended_on",
)
DAYS_OUT_ADDED = declare(
    "places.days_out_added", _("%(count)s days without school or with tests were entered"), "count"
)
DAYS_OUT_TAKEN_BACK = declare(
    "places.days_out_taken_back", _("%(count)s days without school or with tests were taken back"), "count"
)

# Told when it changed which sites there are, which count as secondary, or when a school year begins.
CHANGED = Change()
