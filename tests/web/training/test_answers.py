"""The page on which a request is completed or corrected, and the pages that tell of it."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_actor
from tests.factories.gatherings import make_evening
from tests.factories.training import World, ask, consult
from tests.factories.visits import HERE, client_of, read_page, seal_in
from tests.moments import AT, TODAY
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Request
from upstander.program.training.policies import page_key
from upstander.program.training.services.taking_over import Former, take_over_requests
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db
STAFF: dict[str, Any] = {
    "audience": "teachers",
    "head_count": "400",
    "languages": ["en", "es"],
    "minutes": "90",
    "mode": "in_person",
    "room": "Gym",
    "seat_count": "",
}


def former(world: World) -> Request:
    with in_district(world.district.pk):
        told = Former(world.site.pk, "training", TODAY)
        (made,) = take_over_requests(actor=world.coordinator, formers=[told], tell=False, at=AT)
        return made


def test_a_coordinator_completes_what_a_former_system_did_not_tell(world: World) -> None:
    made, client = former(world), client_of(world.coordinator)
    queued, page = f"/en/training/queue/{made.ref}/", f"/en/training/requests/{made.ref}/answers/"
    text = read_page(client, queued)
    assert "Not answered yet: About how many people? · Which room?" in text and f'href="{page}"' in text
    form = read_page(client, page)
    assert "<h1>Complete this request</h1>" in form
    assert "unfinished" in read_page(client, "/en/training/queue/")
    done = client.post(page, {**STAFF, **seal_in(form)}, follow=True)
    assert done.redirect_chain == [(queued, 302)]
    text = done.content.decode()
    assert "Your answers are noted." in text and "Not answered yet" not in text
    told = read_page(client_of(world.administrator), f"/en/training/requests/{made.ref}/")
    assert "by the district:" in told and "<ins>400</ins>" in told
    assert "unfinished" not in read_page(client, "/en/training/queue/")


def test_a_school_corrects_its_number_and_what_was_typed_stays_when_it_cannot_be(world: World) -> None:
    made, client = ask(world, head_count=40), client_of(world.administrator)
    page = f"/en/training/requests/{made.ref}/answers/"
    form = read_page(client, page)
    assert "<h1>Correct what was asked for</h1>" in form and 'value="40"' in form
    refused = client.post(page, {**STAFF, "head_count": "4000", **seal_in(form)})
    assert refused.status_code == 422
    assert 'value="4000"' in refused.content.decode() and "from 1 to 1500" in refused.content.decode()
    done = client.post(page, {**STAFF, **seal_in(form)}, follow=True)
    assert done.redirect_chain == [(f"/en/training/requests/{made.ref}/", 302)]
    assert "<del>40</del> <ins>400</ins>" in done.content.decode()


def test_of_two_forms_the_later_sees_what_stands_and_can_be_sent_again(world: World) -> None:
    made = ask(world, head_count=40)
    page = f"/en/training/requests/{made.ref}/answers/"
    school, district = client_of(world.administrator), client_of(world.coordinator)
    seal = seal_in(read_page(school, page))
    assert district.post(page, {**STAFF, "head_count": "60", **seal}).status_code == 302
    late = school.post(page, {**STAFF, **seal})
    text = late.content.decode()
    assert late.status_code == 422 and "in the meantime" in text and "<dd>60</dd>" in text and 'value="400"' in text
    assert school.post(page, {**STAFF, **seal_in(text)}).status_code == 302
    with in_district(world.district.pk):
        assert Request.objects.get(pk=made.pk).head_count == 400


def test_where_a_session_is_agreed_the_page_says_what_belongs_to_it_and_where_that_is_changed(world: World) -> None:
    made, client = make_evening(world), client_of(world.coordinator)
    page = f"/en/training/requests/{made.ref}/answers/"
    text = read_page(client, page)
    assert "What belongs to the agreed session" in text and f'href="/en/training/queue/{made.ref}/#session"' in text
    assert 'name="head_count"' in text and 'name="minutes"' not in text
    typed = {"head_count": "400", "care": "on", "invitation": "both", "seat_count": "500"}
    assert client.post(page, {**typed, **seal_in(text)}).status_code == 302
    closed = read_page(client_of(world.administrator), page)
    assert "Nothing can be corrected here any more" in closed and "<form" not in closed[closed.index("<main") :]


def test_the_page_asks_once_more_before_the_same_is_asked_for_twice(world: World) -> None:
    ask(world, audience="teachers")
    made, client = ask(world), client_of(world.administrator)
    page = f"/en/training/requests/{made.ref}/answers/"
    form = read_page(client, page)
    assert "twice_is_meant" not in form
    doubted = client.post(page, {**STAFF, **seal_in(form)})
    assert doubted.status_code == 422 and 'name="twice_is_meant"' in doubted.content.decode()
    assert client.post(page, {**STAFF, **seal_in(form), "twice_is_meant": "on"}).status_code == 302


def test_who_corrected_is_told_apart_from_who_asked(world: World) -> None:
    made = ask(world, head_count=40)
    page, follow = f"/en/training/requests/{made.ref}/answers/", f"/en/training/requests/{made.ref}/"
    own, colleague = (
        client_of(actor)
        for actor in (world.administrator, make_actor(world.district, "site_administrator", site=world.site))
    )
    assert colleague.post(page, {**STAFF, **seal_in(read_page(colleague, page))}).status_code == 302
    told = read_page(own, follow)
    assert "by somebody else of the site:" in told and "by whoever asked:" not in told
    assert own.post(page, {**STAFF, "head_count": "60", **seal_in(read_page(own, page))}).status_code == 302
    told = read_page(own, follow)
    assert "by somebody else of the site:" in told and "by whoever asked:" in told


def test_a_visitor_corrects_by_the_link_of_the_mail(world: World) -> None:
    made = consult(world, contact_phone="(555) 555-0142")
    with in_district(world.district.pk):
        Request.objects.filter(pk=made.pk).update(requested_by=None, contact_email="a@example.org")
    client = Client(SERVER_NAME="localhost")
    follow = f"/en/ask/follow/{made.ref}/{page_key(made.ref)}/"
    assert f'href="{follow}answers/"' in read_page(client, follow)
    form = read_page(client, f"{follow}answers/")
    assert "(555) 555-0142" in form
    typed = {
        "audience": "caregivers",
        "topics": ["families"],
        "call_times": ["late"],
        "contact_phone": "(555) 555-0199",
        "languages": ["es"],
        "form_token": form_token("ask-by-mail"),
        **seal_in(form),
    }
    done = client.post(f"{follow}answers/", typed, headers=HERE)
    assert (done.status_code, done.headers["Location"]) == (302, follow)
    told = read_page(client, follow)
    assert "by whoever asked:" in told and "(changed)" in told and "(555) 555-0199" in told
    assert client.post(f"{follow}answers/", {**typed, "form_token": "x"}, headers=HERE).status_code == 403
