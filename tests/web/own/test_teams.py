"""Whom the families of a school can call: posts of its region's team, headquarters behind, and never a name."""

import re

import pytest
from django.test import Client

from tests.factories import make_account, make_district, make_granted, make_person, make_post, make_site
from tests.factories.training import World
from tests.factories.visits import holder, read_page
from tests.moments import TODAY
from upstander.district.people.models import Post
from upstander.district.places.models import SiteStatus
from upstander.foundation.kernel.db import in_district

pytestmark = pytest.mark.django_db
LEAD, DEPUTY, OFFICE = "(650) 555-0111", "(650) 555-0122", "(650) 555-0133"


def numbers(**posts: str) -> dict[str, str]:
    """A form with a line for each post."""
    told: dict[str, str] = {}
    for position, (post, phone) in enumerate(posts.items()):
        told |= {
            f"post_{position}": post,
            f"phone_{position}": phone,
            f"verified_on_{position}": TODAY.isoformat(),
        }
    return told


def page(path: str, status: int = 200) -> str:
    answer = Client(SERVER_NAME="localhost").get(path)
    assert (answer.status_code, dict(answer.cookies)) == (status, {}), path
    return re.sub(r"\s+", " ", answer.content.decode()).partition("<footer")[0]


def agree(world: World, first: Client, path: str, told: dict[str, str]) -> None:
    """One person enters it, a second one signs."""
    second = holder(world.district)
    waits = first.post(path, told)["Location"]
    second.post(waits, {"move": "sign", "over": ""})


def stand(world: World, role: str, name: str) -> Post:
    person = make_person(world.district, given_name=name, family_name="Quill")
    return make_post(person, role, region=world.region)


def test_the_lead_answers_then_the_deputy_then_headquarters_and_nobody_is_named(world: World) -> None:
    families, first = f"/en/own/teams/{world.site.ref}/", holder(world.district)
    agree(world, first, f"/en/local/change/families/{world.region.ref}/", numbers(lead=LEAD, deputy=DEPUTY))
    agree(world, first, "/en/local/change/families/", numbers(office=OFFICE))
    assert "Nobody stands in this team right now" in page(families)
    assert [number in page(families) for number in (LEAD, DEPUTY, OFFICE)] == [False, False, True]
    stand(world, "region_deputy", "Dee")
    assert "Nobody leads this team right now. The deputy answers" in page(families)
    assert [number in page(families) for number in (LEAD, DEPUTY, OFFICE)] == [False, True, True]
    stand(world, "region_lead", "Lee")
    shown = page(families)
    places = [shown.index(said) for said in ("Will they tell the police?", LEAD, DEPUTY, "Headquarters", OFFICE)]
    assert places == sorted(places)
    assert "Nobody" not in shown
    assert "Quill" not in shown
    assert f'<a href="/es/own/teams/{world.site.ref}/">{world.site.name}</a>' in page("/es/own/teams/")


def test_a_number_for_staff_is_no_number_for_families(world: World) -> None:
    stand(world, "region_lead", "Lee")
    told = {"name_0": "Program office", "phone_0": LEAD, "verified_on_0": TODAY.isoformat()}
    agree(world, holder(world.district), f"/en/local/change/region_lead/{world.region.ref}/", told)
    shown = page(f"/es/own/teams/{world.site.ref}/")
    assert LEAD not in shown
    assert "Este equipo todavía no tiene un número aquí" in shown
    assert shown.count("Aquí todavía no hay un número") == 1
    assert "<title>A quién llamar</title>" in shown


def test_the_address_of_a_post_stands_beside_its_number_and_nobodys_own_does(world: World) -> None:
    first, mail = holder(world.district, address="lee@example.org", name="Lee Quill"), "team@example.org"
    person = make_person(world.district, given_name="Dee", family_name="Quill", email="Dee@example.org")
    granted = make_granted(world.district, "legal_reviewer")
    told = {**numbers(office=OFFICE), "email_0": "office"}
    for typed, said in (
        ("office", "Write an e-mail address"),
        (granted.email, "somebody’s own address"),
        ("LEE@example.org", "somebody’s own address"),
        (person.email.lower(), "somebody’s own address"),
    ):
        answer = first.post("/en/local/change/families/", {**told, "email_0": typed})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), typed
        assert f'value="{typed}"' in answer.content.decode()
    agree(world, first, "/en/local/change/families/", {**told, "email_0": mail})
    shown = page(f"/en/own/teams/{world.site.ref}/")
    assert f'<a href="mailto:{mail}">{mail}</a>' in shown and "stays in your mail" in shown
    assert f'value="{mail}"' in read_page(first, "/en/local/change/families/")


def test_nobody_learns_from_an_address_of_a_post_who_signs_in_in_another_district(world: World) -> None:
    other, first = make_district("north", "North"), holder(world.district)
    stranger, elsewhere = make_account(), make_granted(other, "legal_reviewer")
    holder(other, address="far@example.org")
    mails = ("far@example.org", elsewhere.email, stranger.email)
    typed = {f"email_{position}": mail for position, mail in enumerate(mails)}
    told = {**numbers(lead=LEAD, deputy=DEPUTY, office=OFFICE), **typed}
    assert first.post("/en/local/change/families/", told).status_code == 302


def test_only_schools_in_use_stand_there(world: World) -> None:
    yard = make_site(world.district, "Bus Yard", kind="bus_yard")
    page(f"/en/own/teams/{yard.ref}/", 404)
    assert "Bus Yard" not in page("/en/own/teams/")
    with in_district(world.district.pk):
        SiteStatus.objects.filter(site=world.site).update(status="closed")
    page(f"/en/own/teams/{world.site.ref}/", 404)


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        (numbers(lead="call Lee"), "phone_0", "Write a phone number"),
        ({**numbers(lead=LEAD), "post_0": ""}, "post_0", "choose one of the posts"),
        ({**numbers(lead=LEAD, office=OFFICE), "post_1": "lead"}, "post_1", "has a number above already"),
    ],
)
def test_a_line_is_a_post_of_the_list_once_with_a_number(
    world: World, told: dict[str, str], field: str, said: str
) -> None:
    answer = holder(world.district, "coordinator").post("/en/local/change/families/", told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'href="#id_{field}"' in answer.content.decode()
