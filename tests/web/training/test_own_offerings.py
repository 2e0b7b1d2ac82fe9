"""The pages of a district's own offerings and of its days by which to act."""

from typing import Any

import pytest

from tests.factories.training import World
from tests.factories.visits import client_of, read_page, seal_in
from tests.moments import TODAY
from upstander.foundation.kernel.db import in_district
from upstander.program.training.content.offerings import STAFF_TOPICS
from upstander.program.training.models import OwnOffering, Request

pytestmark = pytest.mark.django_db
PAGE, NEW = "/en/training/offerings/", "/en/training/offerings/new/"
TYPED: dict[str, Any] = {
    "title_en": "Between two shifts",
    "title_es": "Entre dos turnos",
    "audiences": ["all_staff"],
    **dict.fromkeys(STAFF_TOPICS, "5"),
    "handouts": ["call_card"],
    "starts_on": TODAY.isoformat(),
}


def made(world: World) -> str:
    with in_district(world.district.pk):
        return OwnOffering.objects.get().ref


def test_an_offering_is_put_in_shown_beside_what_ships_asked_for_and_given_anew(world: World) -> None:
    client, school = client_of(world.coordinator), client_of(world.administrator)
    assert f'href="{NEW}"' in read_page(client, PAGE) and NEW not in read_page(school, PAGE)
    form = read_page(client, NEW)
    wrong = client.post(NEW, {**TYPED, "signs": "6", **seal_in(form)})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "These are 31 minutes." in text and 'value="6"' in text and "Between two shifts" in text
    done = client.post(NEW, {**TYPED, **seal_in(form)}, follow=True)
    assert done.redirect_chain == [(PAGE, 302)]
    shown = read_page(school, PAGE)
    assert "Between two shifts" in shown and "your own" in shown and "Session for the staff of a site" in shown
    assert "Entre dos turnos" in read_page(school, PAGE.replace("/en/", "/es/"))
    assert "30 minutes (All staff of the site)" in read_page(school, "/en/training/ask/training/")
    page = f"{PAGE}own/{made(world)}/edition/"
    again = read_page(client, page)
    assert "Between two shifts, edition of" in again
    later = client.post(page, {**TYPED, "signs": "10", "starts_on": "2026-12-01", **seal_in(again)}, follow=True)
    assert "Put in." in later.content.decode() and "from that day on" in later.content.decode()
    assert "has not begun" not in again
    again = read_page(client, page)
    assert "One that begins earlier takes its place at once" in again
    put_right = client.post(page, {**TYPED, "signs": "10", "starts_on": "2026-11-30", **seal_in(again)}, follow=True)
    text = put_right.content.decode()
    assert "Edition of Nov. 30, 2026" in text and "Edition of Dec. 1, 2026" not in text


def test_it_is_retired_after_one_more_question_and_offered_again(world: World) -> None:
    client = client_of(world.coordinator)
    client.post(NEW, {**TYPED, **seal_in(read_page(client, NEW))})
    page = f"{PAGE}own/{made(world)}/"
    assert "Offer it no more?" in read_page(client, f"{page}retire/")
    assert "offered no more" not in read_page(client, PAGE)
    assert "offered no more" in client.post(f"{page}retire/", follow=True).content.decode()
    assert "30 minutes" not in read_page(client_of(world.administrator), "/en/training/ask/training/")
    assert client.get(f"{page}again/").status_code == 405
    assert "It is offered again." in client.post(f"{page}again/", follow=True).content.decode()


def test_the_request_keeps_the_length_and_says_it_in_words(world: World) -> None:
    client, school = client_of(world.coordinator), client_of(world.administrator)
    client.post(NEW, {**TYPED, **seal_in(read_page(client, NEW))})
    typed = {"site": world.site.ref, "audience": "all_staff", "head_count": "40", "languages": ["en"], "minutes": "30"}
    typed |= {"mode": "in_person", "room": "Gym", "on_1": "2026-11-18", "starts_1": "14:00", "ends_1": "15:00"}
    done = school.post("/en/training/ask/training/", typed, follow=True)
    assert "<dd>30 minutes</dd>" in done.content.decode()
    with in_district(world.district.pk):
        ref = Request.objects.get().ref
    assert 'value="30"' in read_page(school, f"/en/training/requests/{ref}/answers/")
    retire = f"{PAGE}own/{made(world)}/retire/"
    assert "1 request that waits asks for it." in read_page(client, retire)
    client.post(retire)
    assert "request that waits" not in read_page(client, retire)
    form = read_page(school, f"/en/training/requests/{ref}/answers/")
    assert "30 minutes, as it stands" in form and 'value="30"' in form
    corrected = {name: value for name, value in typed.items() if not name.endswith("_1") and name != "site"}
    corrected |= {"head_count": "44", "seat_count": "", **seal_in(form)}
    assert school.post(f"/en/training/requests/{ref}/answers/", corrected).status_code == 302
    assert "<dd>30 minutos</dd>" in school.get(f"/es/training/requests/{ref}/").content.decode()


def test_the_days_by_which_somebody_acts_are_shown_and_changed_with_their_day(world: World) -> None:
    client, page = client_of(world.coordinator), "/en/training/due-days/"
    assert "as it ships" in read_page(client, page)
    step = f"{page}training/waiting/"
    form = read_page(client, step)
    assert "5 school days ship." in form
    assert client.post(step, {"days": "99", "starts_on": TODAY.isoformat(), **seal_in(form)}).status_code == 422
    done = client.post(step, {"days": "8", "starts_on": TODAY.isoformat(), **seal_in(form)}, follow=True)
    assert done.redirect_chain == [(page, 302)] and "your own since" in done.content.decode()
    stale = client.post(step, {"days": "3", "starts_on": TODAY.isoformat(), **seal_in(form)})
    assert stale.status_code == 422 and "in the meantime" in stale.content.decode()
    late = {"days": "3", "starts_on": "2026-12-01", **seal_in(stale.content.decode())}
    assert "3 from Dec. 1, 2026 on" in client.post(step, late, follow=True).content.decode()
    assert client.get(f"{page}training/delivered/").status_code == 404
