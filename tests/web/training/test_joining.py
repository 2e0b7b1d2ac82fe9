"""The page on which it is said where a session is joined, and the pages that tell it: none of them public."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.training import World
from tests.factories.visits import client_of, read_page
from tests.moments import AT
from tests.program.training.test_meetings import ADDRESS, agreed
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Request, Session
from upstander.program.training.policies import page_key
from upstander.program.training.services.calendars import make_site_feed

pytestmark = pytest.mark.django_db


def test_the_consultant_says_it_and_site_calendar_and_own_list_tell_it(world: World, set_clock: Any) -> None:
    session = agreed(world)
    consultant, coordinator = client_of(world.consultant), client_of(world.coordinator)
    task = "1 online session has no address to join"
    assert task in read_page(consultant, "/en/staff/") and task in read_page(coordinator, "/en/staff/")
    room = f"/en/training/mine/{session.ref}/"
    assert "Say where people join online" in read_page(consultant, room)
    refused = consultant.post(f"{room}joining/", {"address": "meet.example.org/typed"})
    assert refused.status_code == 422 and "meet.example.org/typed" in refused.content.decode()
    done = consultant.post(f"{room}joining/", {"address": ADDRESS}, follow=True).content.decode()
    assert "get a mail with it" in done and ADDRESS in done
    for page in ("/en/training/mine/", room):
        assert f'href="{ADDRESS}"' in read_page(consultant, page)
    asked = f"/en/training/requests/{session.request.ref}/"
    assert f'href="{ADDRESS}"' in read_page(client_of(world.administrator), asked)
    assert f'href="{ADDRESS}"' in read_page(coordinator, f"/en/training/queue/{session.request.ref}/")
    assert task not in read_page(coordinator, "/en/staff/")
    with in_district(world.district.pk):
        code = make_site_feed(actor=world.administrator, site_ref=world.site.ref, at=AT)
    feed = consultant.get(f"/en/calendars/{code}.ics").content.decode().replace("\r\n ", "")
    assert f"\r\nURL:{ADDRESS}\r\n" in feed


def test_a_page_that_opens_without_a_sign_in_never_tells_it(world: World) -> None:
    session = agreed(world)
    with in_district(world.district.pk):
        Session.objects.filter(pk=session.pk).update(meeting=ADDRESS)
        ref = session.request.ref
        outside = {"requested_by": None, "contact_email": "visitor@example.org", "contact_language": "en"}
        Request.objects.filter(ref=ref).update(**outside)
    client = Client(SERVER_NAME="localhost")
    page = read_page(client, f"/en/ask/follow/{ref}/{page_key(ref)}/")
    assert "The session" in page and ADDRESS not in page
