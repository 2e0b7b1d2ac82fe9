"""The one door through which places change."""

from upstander.district.places.services.calendars import (
    KINDS_OF_DAY,
    DayOut,
    add_days_out,
    add_school_year,
    correct_school_year,
    take_back_days_out,
)
from upstander.district.places.services.directory import Loaded, counts_of, load_directory
from upstander.district.places.services.districts import (
    NOWHERE,
    add_host,
    close_region,
    create_district,
    open_region,
    set_secondary_rule,
)
from upstander.district.places.services.sites import (
    add_site,
    assign_stations,
    place_sites,
    save_station,
    set_site_status,
)

__all__ = [
    "KINDS_OF_DAY",
    "NOWHERE",
    "DayOut",
    "Loaded",
    "add_days_out",
    "add_host",
    "add_school_year",
    "add_site",
    "assign_stations",
    "close_region",
    "correct_school_year",
    "counts_of",
    "create_district",
    "load_directory",
    "open_region",
    "place_sites",
    "save_station",
    "set_secondary_rule",
    "set_site_status",
    "take_back_days_out",
]
