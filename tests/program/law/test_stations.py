"""Who takes a site's reports: a name that is new waits for a second person, and nobody speaks for others' sites."""

import pytest
from tests.factories import make_actor, make_site, make_station
from tests.moments import AT, TODAY

from upstander.district.places.models import District, LawStation, Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState
from upstander.program.law.models import LocalEntry
from upstander.program.law.selectors import entries as selectors
from upstander.program.law.services import corrections
from upstander.program.law.services import local as services
from upstander.program.law.services.stations import enter_station

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "(650) 555-0110", "(650) 555-0111"


@pytest.fixture
def site(district: District) -> Site:
    return make_site(district, "Alder High")


@pytest.fixture
def principal(district: District, site: Site) -> Actor:
    return make_actor(district, "site_administrator", site=site)


@pytest.fixture
def coordinator(district: District) -> Actor:
    return make_actor(district)


def enter(actor: Actor, site: Site, name: str = "Alder Police", phone: str = NUMBER) -> LocalEntry | None:
    with in_district(actor.district_id):
        return enter_station(
            actor=actor, site_ref=site.ref, name=name, kind="city_police", phone=phone, verified_on=TODAY, at=AT
        )


def sign(actor: Actor, entry: LocalEntry) -> None:
    with in_district(actor.district_id):
        found = LocalEntry.objects.get(pk=entry.pk)
        over, _lines = selectors.seen_before(actor=actor, entry=found)
        services.sign_entry(actor=actor, ref=entry.ref, over=over, at=AT)


def station_of(site: Site) -> tuple[str, str] | None:
    with in_district(site.district_id):
        found = Site.objects.select_related("law_station").get(pk=site.pk).law_station
    return (found.name, found.phone) if found else None


def has(site: Site, station: LawStation) -> None:
    with in_district(site.district_id):
        Site.objects.filter(pk=site.pk).update(law_station=station)


@pytest.mark.parametrize("who", ["principal", "coordinator"])
def test_a_new_station_and_a_changed_name_wait_for_a_second_person(
    request: pytest.FixtureRequest, who: str, site: Site, district: District
) -> None:
    actor: Actor = request.getfixturevalue(who)
    entry = enter(actor, site)
    assert entry and station_of(site) is None
    with pytest.raises(WrongState):
        sign(actor, entry)
    second = make_actor(district)
    sign(second, entry)
    assert station_of(site) == ("Alder Police", NUMBER)
    renamed = enter(actor, site, "Birch Police", OTHER)
    assert renamed and station_of(site) == ("Alder Police", NUMBER)
    sign(second, renamed)
    assert station_of(site) == ("Birch Police", OTHER)


def test_a_sites_administrator_sets_no_number_for_another_site(
    principal: Actor, coordinator: Actor, site: Site, district: District
) -> None:
    shared, other = make_station(district, phone=""), make_site(district, "Birch Middle")
    for each in (site, other):
        has(each, shared)
    entry = enter(principal, site)
    assert entry and station_of(other) == ("Alder Police", "")
    sign(coordinator, entry)
    assert station_of(other) == ("Alder Police", NUMBER)


def test_the_blank_number_of_a_sites_own_station_is_filled_in_at_once_and_changed_by_who_manages_places(
    principal: Actor, coordinator: Actor, site: Site, district: District
) -> None:
    has(site, make_station(district, phone=""))
    assert enter(principal, site) is None
    assert station_of(site) == ("Alder Police", NUMBER)
    with pytest.raises(NotAllowed):
        enter(principal, site, phone=OTHER)
    assert enter(coordinator, site, phone=OTHER)
    assert station_of(site) == ("Alder Police", OTHER)


def test_a_number_changed_at_once_is_looked_at_by_a_second_person(
    coordinator: Actor, site: Site, district: District
) -> None:
    has(site, make_station(district, phone=NUMBER))
    entry = enter(coordinator, site, phone=OTHER)
    assert entry and entry.state == "corrected"
    with in_district(district.pk):
        assert [line.phone for line in selectors.seen_before(actor=coordinator, entry=entry)[1]] == [NUMBER]
        with pytest.raises(WrongState, match="own change"):
            corrections.confirm_correction(actor=coordinator, ref=entry.ref, at=AT)
    second = make_actor(district)
    with in_district(district.pk):
        corrections.confirm_correction(actor=second, ref=entry.ref, at=AT)
        assert selectors.waiting(actor=second, on=TODAY) == []
    assert station_of(site) == ("Alder Police", OTHER)


@pytest.mark.parametrize("is_signed", [False, True])
def test_taken_back_the_number_is_the_one_that_stood_before_both_corrections(
    principal: Actor, coordinator: Actor, site: Site, district: District, is_signed: bool
) -> None:
    if is_signed:
        first = enter(principal, site)
        assert first
        sign(coordinator, first)
    else:
        has(site, make_station(district, phone=NUMBER))
    assert enter(coordinator, site, phone="(650) 555-0112")
    entry = enter(make_actor(district), site, phone=OTHER)
    assert entry
    second = make_actor(district)
    with in_district(district.pk):
        corrections.take_correction_back(actor=second, ref=entry.ref, at=AT)
        held = selectors.holding(actor=second, kind="station", site=site)
        assert selectors.waiting(actor=second, on=TODAY) == []
    assert station_of(site) == ("Alder Police", NUMBER)
    assert (held is not None) is is_signed


def test_a_signature_holds_for_the_station_that_the_signer_saw(
    principal: Actor, coordinator: Actor, site: Site, district: District
) -> None:
    entry = enter(principal, site)
    assert entry
    has(site, make_station(district, name="Cedar Police"))
    with in_district(district.pk), pytest.raises(WrongState, match="look at both once more"):
        services.sign_entry(actor=coordinator, ref=entry.ref, over="", at=AT)
    make_station(district, phone=OTHER)
    with pytest.raises(WrongState, match="another number by now"):
        sign(coordinator, entry)


def test_a_signed_station_is_not_corrected_past_the_place_where_it_stands(
    principal: Actor, coordinator: Actor, site: Site
) -> None:
    entry = enter(principal, site)
    assert entry
    sign(coordinator, entry)
    with in_district(site.district_id), pytest.raises(WrongState):
        corrections.correct_phone(actor=principal, ref=entry.ref, position=0, phone=OTHER, at=AT)


@pytest.mark.parametrize("name", ["Houston ISD Police Department", "Campus Police", "LASPD", "Policía del distrito"])
def test_school_police_is_no_station_under_any_name(principal: Actor, site: Site, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(principal, site, name)
    assert refused.value.field == "name"
