"""Where the programme happens: the district, its hosts, regions, sites and calendars, all by date.

Days are plain dates and periods half-open: `ends_on` is the first day on which it no longer holds; null is open.
A correction closes `superseded_at` and inserts, so that any past day can be told as it was known then.
"""

from upstander.district.places.models.calendar import DAY_NAME_LENGTH, ClosedDay, SchoolYear
from upstander.district.places.models.dated import Dated, Days, ends_after_start, one_at_a_time
from upstander.district.places.models.places import (
    DirectoryLoad,
    District,
    Host,
    LawStation,
    Region,
    SecondaryRule,
    Site,
    SiteRegion,
    SiteStatus,
)

__all__ = [
    "ClosedDay",
    "DAY_NAME_LENGTH",
    "Dated",
    "Days",
    "DirectoryLoad",
    "District",
    "Host",
    "LawStation",
    "Region",
    "SchoolYear",
    "SecondaryRule",
    "Site",
    "SiteRegion",
    "SiteStatus",
    "ends_after_start",
    "one_at_a_time",
]
