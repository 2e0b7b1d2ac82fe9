"""The pages of what a district says itself: proposing, signing, putting a number right, and what staff then see."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.factories import (
    make_region,
    make_site,
    make_station,
)
from tests.factories.visits import holder, read_page
from tests.moments import AT, TODAY
from upstander.district.places.models import District, Region, Site
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.services.doors import open_door

pytestmark = pytest.mark.django_db


@pytest.fixture
def west(district: District) -> Region:
    return make_region(district, "West")


@pytest.fixture
def site(district: District, west: Region) -> Site:
    return make_site(district, "Alder High", region=west)


@pytest.fixture
def coordinator(district: District) -> Client:
    return holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")


@pytest.fixture
def principal(district: District, site: Site) -> Client:
    return holder(district, "site_administrator", address="ngozi@example.org", name="Ngozi Q", site=site)


def steps(**more: str) -> dict[str, str]:
    return {"name_0": "Front office", "phone_0": "(650) 555-0126", "deputy_0": "Counselor"} | more


def decide(client: Client, address: str, move: str) -> None:
    over = re.search(r'name="over" value="(\w*)"', read_page(client, address))
    client.post(address, {"move": move, "over": over[1] if over else ""})


def test_a_schools_people_are_named_signed_and_then_stand_behind_its_staff_door(
    principal: Client, coordinator: Client, district: District, site: Site
) -> None:
    make_station(district)
    assert "Name who acts at your school" in read_page(principal, "/en/staff/")
    assert "Tell students where they find help" in read_page(principal, "/en/staff/")
    assert "Tell students" not in read_page(coordinator, "/en/staff/"), "only the school itself can say it"
    walk, branch = "/en/guide/door/rule/", "/en/guide/door/when/campus/"
    assert "This site has no steps of its own yet" in read_page(principal, walk)
    assert "Marisol Q" in read_page(principal, branch)

    assert 'value="Ngozi Q"' in read_page(principal, f"/en/local/change/steps/{site.ref}/")
    sent = principal.post(f"/en/local/change/steps/{site.ref}/", steps())
    assert sent.status_code == 302
    assert "Sign: this is right" not in read_page(principal, sent["Location"])
    for path in ("/en/staff/", "/en/local/sites/"):
        assert "Waits for a second person" in read_page(principal, path)
    assert "Espera a una segunda persona" in read_page(principal, "/es/staff/")
    assert "Name who acts" not in read_page(principal, "/en/staff/")
    assert "Front office" not in read_page(principal, walk)
    assert "1 change waits for your signature" in read_page(coordinator, "/en/staff/")
    decide(coordinator, sent["Location"], "sign")

    for path in (walk, branch):
        assert "Front office" in read_page(principal, path)
        assert "Marisol Q" not in read_page(principal, path)
    assert "Name who acts at your school" not in read_page(principal, "/en/staff/")
    assert "Front office" not in read_page(Client(SERVER_NAME="localhost"), "/en/guide/when/campus/")


def test_the_code_in_the_staff_room_opens_the_schools_own_people(
    principal: Client, district: District, site: Site
) -> None:
    from tests.factories import make_actor

    actor = make_actor(district)
    with in_district(district.pk):
        door = open_door(actor=actor, site_ref=site.ref, at=AT)
    shown = read_page(Client(SERVER_NAME="localhost"), f"/en/guide/door/{door.code}/rule/")
    assert "This site has no steps of its own yet" in shown


@pytest.mark.parametrize(("language", "person", "phone"), [("en", "Person", "Phone"), ("es", "Persona", "Teléfono")])
def test_everything_that_is_wrong_is_said_at_once_with_the_person_it_is_about(
    principal: Client, site: Site, language: str, person: str, phone: str
) -> None:
    typed = steps(phone_0="") | {"name_1": "Counselor", "phone_1": "ask them"}
    shown = principal.post(f"/{language}/local/change/steps/{site.ref}/", typed).content.decode()
    summary = shown.split("data-problems")[1].split("</ul>")[0]
    assert f"{person} 1, {phone}: " in summary and f"{person} 2, {phone}: " in summary


def test_all_that_is_wrong_with_a_station_is_said_at_once(principal: Client, site: Site) -> None:
    wrong = {"name": "School police", "kind": "city_police", "phone": "ask", "verified_on": "2099-01-01"}
    shown = principal.post(f"/en/local/sites/{site.ref}/station/", wrong).content.decode()
    summary = shown.split("data-problems")[1].split("</ul>")[0]
    assert re.findall(r'href="#id_(\w+)"', summary) == ["name", "phone", "verified_on"]


def test_what_was_typed_stays_and_the_summary_leads_to_the_field(principal: Client, site: Site) -> None:
    answer = principal.post(f"/en/local/change/steps/{site.ref}/", {"name_1": "Counselor", "phone_1": "ask them"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_phone_1"' in shown
    assert 'value="ask them"' in shown


def test_a_form_of_the_district_is_not_a_principals(principal: Client, west: Region) -> None:
    for path in ("/en/local/change/child_welfare/", f"/en/local/change/region_lead/{west.ref}/"):
        assert principal.get(path).status_code == 403
    assert "Enter a version" not in read_page(principal, "/en/local/policy/")


def test_a_number_is_put_right_at_once_and_waits_for_another_pair_of_eyes(
    coordinator: Client, district: District
) -> None:
    other = holder(district, "coordinator", address="devon@example.org", name="Devon Q")
    told = {"name_0": "County desk", "phone_0": "(650) 555-0190", "verified_on_0": TODAY.isoformat()}
    address = coordinator.post("/en/local/change/child_welfare/", told)["Location"]
    decide(other, address, "sign")
    call = "/en/guide/call/"
    assert "(650) 555-0190" in read_page(Client(SERVER_NAME="localhost"), call)
    number = re.search(r'href="(/en/local/number/\w+/0/)"', read_page(coordinator, "/en/local/"))
    assert number
    shown = read_page(coordinator, number[1])
    assert 'href="tel:6505550190"' in shown
    assert "I called: it is right" in shown and "Save the corrected number" in shown
    assert "Llamé: es correcto" in read_page(coordinator, number[1].replace("/en/", "/es/"))
    assert coordinator.post(number[1], {"phone": "(650) 555-0191", "move": "correct"}).status_code == 302
    assert "(650) 555-0191" in read_page(Client(SERVER_NAME="localhost"), call)
    waiting = re.search(r'href="(/en/local/waiting/\w+/)"', read_page(other, "/en/staff/"))
    assert waiting
    both = read_page(other, waiting[1])
    assert "(650) 555-0190" in both
    assert "(650) 555-0191" in both
    decide(other, waiting[1], "take_back")
    assert "(650) 555-0190" in read_page(Client(SERVER_NAME="localhost"), call)


def test_the_call_screen_links_the_signed_policy_in_force_and_nothing_without_one(
    coordinator: Client, district: District
) -> None:
    anyone = Client(SERVER_NAME="localhost")
    assert "Your district’s policy" not in read_page(anyone, "/en/guide/call/")
    told = {"number": "R-12.2", "name": "Reporting", "starts_on": TODAY.isoformat()}
    refused = coordinator.post("/en/local/policy/", told | {"address": "http://policy.example.org"})
    assert (refused.status_code, "https://" in refused.content.decode()) == (422, True)
    assert coordinator.post("/en/local/policy/", told | {"address": "https://policy.example.org"}).status_code == 302
    assert "Your district’s policy" not in read_page(anyone, "/en/guide/call/")
    assert 'name="sign"' not in read_page(coordinator, "/en/local/policy/")
    second = holder(district, "coordinator", address="devon@example.org", name="Devon Q")
    assert "A version waits for your signature" in read_page(second, "/en/local/")
    assert "Sign a version of the district’s policy" in read_page(second, "/en/staff/")
    sign = re.search(r'name="sign" value="(\w+)"', read_page(second, "/en/local/policy/"))
    assert sign
    second.post("/en/local/policy/", {"sign": sign[1]})
    shown = read_page(anyone, "/en/guide/call/")
    assert 'href="/en/away/' in shown, "the call screen is open to anyone: it leads out by the leaving page"
    assert "policy R-12.2" in shown


def test_a_station_is_entered_by_the_school_signed_and_its_number_changed_by_the_coordinator(
    principal: Client, coordinator: Client, site: Site
) -> None:
    path = f"/en/local/sites/{site.ref}/station/"
    assert "Enter the number of your police" in read_page(principal, "/en/staff/")
    told = {"name": "Alder Police", "kind": "city_police", "phone": "(650) 555-0110", "verified_on": TODAY.isoformat()}
    assert principal.post(path, told | {"name": "Alder School Police"}).status_code == 422
    sent = principal.post(path, told)
    assert sent.status_code == 302
    assert "Sign: this is right" not in read_page(principal, sent["Location"])
    assert "Alder Police" not in read_page(Client(SERVER_NAME="localhost"), f"/en/guide/call/at/{site.ref}/")
    assert principal.post(path, told).status_code == 422
    assert "Waits for a second person" in read_page(principal, "/en/local/sites/")
    assert "Enter the number of your police" not in read_page(principal, "/en/staff/")
    decide(coordinator, sent["Location"], "sign")
    assert "Enter the number of your police" not in read_page(principal, "/en/staff/")
    other = told | {"phone": "(650) 555-0111"}
    assert principal.post(path, other).status_code == 403
    assert coordinator.post(path, other).status_code == 302
    assert "(650) 555-0111" in read_page(Client(SERVER_NAME="localhost"), f"/en/guide/call/at/{site.ref}/")


def test_a_number_nobody_called_for_a_year_is_a_task_until_somebody_calls_it(
    coordinator: Client, district: District
) -> None:
    long_ago = (TODAY - dt.timedelta(days=365)).isoformat()
    told = {"name_0": "Safety office", "phone_0": "(650) 555-0112", "verified_on_0": long_ago}
    address = coordinator.post("/en/local/change/coordinator/", told)["Location"]
    decide(holder(district, "coordinator", address="devon@example.org", name="Devon Q"), address, "sign")
    assert "Call a number again" in read_page(coordinator, "/en/staff/")
    assert "Call it again" in read_page(coordinator, "/en/local/")
    number = re.search(r'href="(/en/local/number/\w+/0/)"', read_page(coordinator, "/en/local/change/coordinator/"))
    assert number
    coordinator.post(number[1], {"phone": "(650) 555-0199", "move": "right"})  # typed, but said to be right as it was
    assert "(650) 555-0112" in read_page(coordinator, "/en/local/")
    assert "Call a number again" not in read_page(coordinator, "/en/staff/")


def test_sites_that_miss_both_stand_before_those_that_miss_one(coordinator: Client, district: District) -> None:
    make_site(district, "Aspen Middle", law_station=make_station(district))
    make_site(district, "Cedar Middle")
    shown = read_page(coordinator, "/en/local/sites/")
    assert shown.index("Cedar Middle") < shown.index("Aspen Middle")


def test_the_overview_tells_how_far_the_schools_are(coordinator: Client, district: District, site: Site) -> None:
    make_site(district, "Birch Middle", law_station=make_station(district))
    shown = read_page(coordinator, "/en/local/")
    assert "0 of 2 have named who acts" in shown
    assert "1 of 2 have the number" in shown
    assert "0 de 2 han nombrado quién actúa" in read_page(coordinator, "/es/local/")


@pytest.mark.parametrize(("spanish", "drawn"), [("", '<span lang="en">Reporting</span>'), ("Reportes", "Reportes")])
def test_a_policy_stands_under_its_spanish_name_or_under_the_english_one_marked_as_such(
    coordinator: Client, spanish: str, drawn: str
) -> None:
    told = {"number": "R-12.2", "starts_on": TODAY.isoformat(), "address": "https://policy.example.org"}
    named = told | {"name": "Reporting", "name_es": spanish}
    assert coordinator.post("/en/local/policy/", named).status_code == 302
    assert drawn in read_page(coordinator, "/es/local/policy/")
    assert '<td data-label="Name">Reporting' in read_page(coordinator, "/en/local/policy/")
