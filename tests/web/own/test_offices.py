"""Where students find help: filled in at the school, signed outside it, read by anyone; never a person's name."""

import pytest
from django.test import Client

from tests.factories import make_actor, make_region, make_site
from tests.factories.visits import holder, read_page
from tests.moments import AT
from upstander.district.places.models import District, Site, SiteStatus
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.law.services.local import Thing, propose_entry

pytestmark = pytest.mark.django_db
TOLD = {"office_0": "counseling", "room_0": "B12", "open_at_0": "before_lunch", "office_1": "nurse", "open_at_1": "ask"}


@pytest.fixture
def site(district: District) -> Site:
    return make_site(district, "Alder High", region=make_region(district, "West"))


def test_the_school_fills_it_in_somebody_outside_signs_and_anyone_reads_it(district: District, site: Site) -> None:
    principal = holder(district, "site_administrator", address="ngozi@example.org", name="Ngozi Q", site=site)
    designee = holder(district, "site_administrator", address="sam@example.org", name="Sam Q", site=site)
    coordinator = holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")
    anyone = Client(SERVER_NAME="localhost")
    assert "Alder High" not in read_page(anyone, "/en/own/schools/")
    assert f"/en/local/change/offices/{site.ref}/" in read_page(principal, "/en/local/sites/")
    waits = principal.post(f"/en/local/change/offices/{site.ref}/", TOLD)["Location"]
    assert "Alder High" not in read_page(anyone, "/en/own/schools/")
    read_page(designee, waits, 404)  # the same school is no second pair of eyes
    assert "Room: B12" in read_page(coordinator, waits)
    coordinator.post(waits, {"move": "sign", "over": ""})
    assert f"/en/own/schools/{site.ref}/" in read_page(anyone, "/en/own/schools/")
    shown = read_page(anyone, f"/es/own/schools/{site.ref}/")
    for said in ("Oficina de consejería", "Salón B12", "Enfermería", "Pide una hora", "Lo llenó la escuela"):
        assert said in shown
    assert shown.index("tienen que llamar") < shown.index("Oficina de consejería")
    assert "Ngozi" not in shown
    assert "Marisol" not in shown
    assert "<title>Oficinas de la escuela</title>" in shown
    with in_district(district.pk):
        SiteStatus.objects.filter(site=site).update(status="closed")
    read_page(anyone, f"/es/own/schools/{site.ref}/", 404)


def test_a_coordinator_does_not_fill_it_in_for_a_school(district: District, site: Site) -> None:
    actor = make_actor(district)
    with in_district(district.pk), pytest.raises(NotAllowed):
        propose_entry(actor=actor, thing=Thing("offices", site_ref=site.ref), lines=[], at=AT)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("office_0", "", "Please choose one of the offices."),
        ("room_0", "Ms. Lee", "number only"),
        ("open_at_0", "", "When can students come?"),
    ],
)
def test_only_offices_rooms_and_hours_fit(district: District, site: Site, field: str, value: str, said: str) -> None:
    principal = holder(district, "site_administrator", address="ngozi@example.org", name="Ngozi Q", site=site)
    answer = principal.post(f"/en/local/change/offices/{site.ref}/", TOLD | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_school_that_told_nothing_is_not_found(district: District, site: Site) -> None:
    read_page(Client(SERVER_NAME="localhost"), f"/en/own/schools/{site.ref}/", 404)
