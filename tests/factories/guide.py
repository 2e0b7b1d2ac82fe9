"""Two districts with a guide: one in San Mateo County with its rule adopted, one in Los Angeles County without."""

from dataclasses import dataclass

from tests.factories import LONG_AGO, make_actor, make_district, make_site, make_station
from tests.moments import AT
from upstander.district.places.models import Site
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.services.doors import open_door
from upstander.program.law.services import adopt_rule_set


@dataclass(frozen=True)
class GuideWorld:
    """A site with a station, a site without, and the code of the first one's staff door."""

    site: Site
    bare_site: Site
    code: str


def make_guide_world() -> GuideWorld:
    """Both districts, their sites, the adopted rule and one open staff door."""
    home = make_district("alder", "localhost", county_key="us-ca-san-mateo")
    make_district("fork", "north.localhost", county_key="us-ca-los-angeles")
    site = make_site(home, "Alder High", law_station=make_station(home, name="Alder City Police", phone="650-555-0110"))
    bare = make_site(home, "Birch Bus Yard", kind=Site.Kind.BUS_YARD)
    coordinator = make_actor(home)
    with in_district(home.pk):
        adopt_rule_set(actor=coordinator, pack="us-ca-san-mateo", rule="at_risk", starts_on=LONG_AGO, at=AT)
        door = open_door(actor=coordinator, site_ref=site.ref, at=AT)
    return GuideWorld(site, bare, door.code)
