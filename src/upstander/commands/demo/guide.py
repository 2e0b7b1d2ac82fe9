"""The demo's guide: each district adopts its county's rule where there is one, and a few sites open a staff door."""

import datetime as dt

from upstander.district.places.selectors import all_districts, sites_for
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.services.doors import open_door
from upstander.program.law.selectors import county_pack
from upstander.program.law.services import adopt_rule_set

ABILITIES = frozenset({"law.adopt", "guide.open_door", "places.read"})
DOORS = 3


def seed(*, at: dt.datetime, size: str, number: int) -> dict[str, int]:
    """Adopt and open through the services, as a coordinator would; gives counts."""
    rules = doors = 0
    for district in all_districts():
        actor = job("demo", district.pk, ABILITIES)
        on = district.day(at)
        with in_district(district.pk):
            county = county_pack(actor=actor, on=on)
            if county and county.rule_sets:
                adopt_rule_set(actor=actor, pack=county.key, rule=county.rule_sets[0].key, starts_on=on, at=at)
                rules += 1
            for site in sites_for(actor=actor, on=on)[:DOORS]:
                open_door(actor=actor, site_ref=site.ref, at=at)
                doors += 1
    return {"rules": rules, "doors": doors}
