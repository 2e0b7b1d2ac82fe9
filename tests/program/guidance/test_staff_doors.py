"""A site's staff door: one code at a time, renewed by whoever answers for the site, in no audit row."""

import pytest
from tests.factories import make_actor, make_district, make_site, make_station
from tests.moments import AT, TODAY

from upstander.district.places.models import District, Site
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed, NotFound
from upstander.program.guidance.models import StaffDoor
from upstander.program.guidance.selectors.guide import door_for, doors_for
from upstander.program.guidance.services.doors import close_door, open_door

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    district = make_district()
    return make_site(district, law_station=make_station(district))


@pytest.fixture
def administrator(site: Site) -> Actor:
    return make_actor(District.objects.get(pk=site.district_id), "site_administrator", site=site)


def opened(actor: Actor, site: Site) -> StaffDoor:
    with in_district(site.district_id):
        return open_door(actor=actor, site_ref=site.ref, at=AT)


def test_a_code_opens_its_site(administrator: Actor, site: Site) -> None:
    door = opened(administrator, site)
    assert len(door.code) * 5 >= 80
    with in_district(site.district_id):
        found = door_for(actor=visitor(site.district_id), code=door.code)
    assert (found.name, found.station and found.station.phone) == (site.name, "555-0100")


def test_a_new_code_ends_the_old_one(administrator: Actor, site: Site) -> None:
    old, new = opened(administrator, site), opened(administrator, site)
    with in_district(site.district_id):
        assert door_for(actor=visitor(site.district_id), code=new.code).ref == site.ref
        with pytest.raises(NotFound):
            door_for(actor=visitor(site.district_id), code=old.code)


def test_a_closed_door_opens_nothing(administrator: Actor, site: Site) -> None:
    door = opened(administrator, site)
    with in_district(site.district_id):
        close_door(actor=administrator, site_ref=site.ref, at=AT)
        with pytest.raises(NotFound):
            door_for(actor=visitor(site.district_id), code=door.code)
        assert [row.code for row in doors_for(actor=administrator, on=TODAY)] == [""]


def test_a_code_of_another_district_opens_nothing(administrator: Actor, site: Site) -> None:
    door = opened(administrator, site)
    other = make_district("fork", "north.localhost")
    with in_district(other.pk), pytest.raises(NotFound):
        door_for(actor=visitor(other.pk), code=door.code)


def test_another_sites_administrator_may_not_open_it(site: Site) -> None:
    district = District.objects.get(pk=site.district_id)
    stranger = make_actor(district, "site_administrator", site=make_site(district))
    with pytest.raises(NotAllowed):
        opened(stranger, site)
    with in_district(district.pk):
        assert [row.site_ref for row in doors_for(actor=stranger, on=TODAY)] != [site.ref]


def test_the_audit_tells_of_the_door_and_not_of_the_code(administrator: Actor, site: Site) -> None:
    codes = [opened(administrator, site).code, opened(administrator, site).code]
    with in_district(site.district_id):
        rows = list(AuditEvent.objects.filter(event__startswith="guidance.").order_by("id"))
    assert [row.event for row in rows] == ["guidance.door_opened", "guidance.door_closed", "guidance.door_opened"]
    text = "".join(f"{row.data}{row.subject_ref}" for row in rows)
    assert not any(code in text for code in codes)
