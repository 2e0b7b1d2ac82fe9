"""The page on which an opening is taken back."""

import pytest

from tests.factories.training import World
from tests.factories.visits import client_of
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.foundation.kernel.db import in_district
from upstander.program.training.services.attendance import tick

pytestmark = pytest.mark.django_db


def test_the_page_asks_once_more_or_says_what_to_do_with_who_is_noted(world: World, set_clock: object) -> None:
    set_clock(BEGINS)  # type: ignore[operator]
    _, session = confirmed(world)
    client, here = client_of(world.consultant), f"/en/training/mine/{session.ref}/"
    assert client.get(f"{here}put-back/")["Location"] == here
    assert client.post(f"{here}open/", {"at_door": ""})["Location"] == f"{here}door/"
    assert f"{here}put-back/" in client.get(here).content.decode()

    def noted(present: bool) -> None:
        with in_district(world.district.pk):
            person = world.staff[0].ref
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person, present=present, at=BEGINS)

    noted(True)
    page = client.get(f"{here}put-back/").content.decode()
    assert "1 person is noted as there" in page
    assert "Yes, put it back" not in page
    assert "Take these marks back first" in client.post(f"{here}put-back/", follow=True).content.decode()
    noted(False)
    assert "Yes, put it back" in client.get(f"{here}put-back/").content.decode()
    answer = client.post(f"{here}put-back/", follow=True).content.decode()
    assert "The session is confirmed as before" in answer
    assert "Open the session" in answer
