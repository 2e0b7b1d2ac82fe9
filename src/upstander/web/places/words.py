"""How kinds and statuses of sites read on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "school": _("School"),
    "office": _("Office"),
    "bus_yard": _("Bus yard"),
    "kitchen": _("Kitchen"),
    "early_education": _("Early education"),
}
# The word, and the tone in which the status is drawn.
STATUSES: dict[str, tuple[str | Promise, str]] = {
    "active": (_("Open"), "good"),
    "pending": (_("Opens later"), "waits"),
    "closed": (_("Closed"), "quiet"),
    "merged": (_("Merged into another"), "quiet"),
    "withdrawn": (_("Never opened"), "quiet"),
}
STATIONS: dict[str, str | Promise] = {
    "city_police": _("City police"),
    "county_sheriff": _("County sheriff"),
}
