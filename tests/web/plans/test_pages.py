"""The coordinator's year in pages: draft, look from every side, change, release; a principal answers from a mail."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.plans import add_parted_school, add_school, draft_plan, make_year_world
from tests.factories.training import World, ask
from tests.factories.visits import HERE, client_of, seal_in
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.seen import seal_of
from upstander.program.training.models import Assignment, Plan, PlanEntry
from upstander.program.training.selectors.proposals import answer_token
from upstander.program.training.services.plan_answers import answer_for_site
from upstander.program.training.services.plan_release import release_plan
from upstander.program.training.services.plan_undo import Standing
from upstander.program.training.services.plans import Change, change_entry
from upstander.program.training.services.requests import Window
from upstander.program.training.services.windows import Stretch, add_window

pytestmark = pytest.mark.django_db
SIDES = ("schools", "calendar", "members", "regions")


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(AT)
    return make_year_world()


@pytest.fixture
def coordinator(world: World) -> Client:
    return client_of(world.coordinator)


def drafted(world: World) -> Plan:
    with in_district(world.district.pk):
        return draft_plan(world)


def first_entry(world: World) -> PlanEntry:
    with in_district(world.district.pk):
        return PlanEntry.objects.select_related("session", "plan").order_by("-plan_id", "id")[0]


def second_entry(world: World) -> PlanEntry:
    with in_district(world.district.pk):
        return PlanEntry.objects.order_by("-plan_id", "id")[1]


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_from_an_empty_list_to_a_released_plan(world: World, coordinator: Client) -> None:
    page = text_of(coordinator, "/en/training/plans/")
    assert "There is no plan yet" in page
    year = re.search(r'<option value="(\w{12})"[^>]*>2026-27', page)
    first = re.search(r'name="first_on" value="([\d-]+)"', page)
    assert year
    assert first
    filled = {"year": year[1], "first_on": first[1], "minutes": "60"}
    made = coordinator.post("/en/training/plans/", filled, follow=True)
    assert "4 of 4 sites have a day" in made.content.decode()
    plan = made.redirect_chain[0][0]
    for side in SIDES:
        assert "Plan 1 of 2026-27" in text_of(coordinator, f"{plan}{side}/"), side
    assert coordinator.get(f"{plan}nowhere/").status_code == 404
    assert "Cedar High" in text_of(coordinator, f"{plan}schools/")
    assert "4 sites get a day" in text_of(coordinator, f"{plan}release/")
    released = coordinator.post(f"{plan}release/", follow=True).content.decode()
    assert "Released. 4 sites are asked by mail" in released
    assert "0 of 4 days are accepted" in released


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_year_is_a_picture_without_styles_and_a_table(world: World, coordinator: Client, language: str) -> None:
    plan = drafted(world)
    text = text_of(coordinator, f"/{language}/training/plans/{plan.ref}/")
    assert 'class="day n1"' in text
    assert " style=" not in text
    assert text.count("<caption>") == 1


@pytest.mark.parametrize("change", [{"first_on": "2020-01-01"}, {"first_on": "soon"}, {"year": "x"}, {"minutes": "61"}])
def test_a_refused_draft_keeps_what_was_typed(world: World, coordinator: Client, change: dict[str, str]) -> None:
    page = text_of(coordinator, "/en/training/plans/")
    year = re.search(r'<option value="(\w{12})"', page)
    assert year
    answer = coordinator.post(
        "/en/training/plans/", {"year": year[1], "first_on": "2026-12-01", "minutes": "60"} | change
    )
    assert answer.status_code == 422
    assert "data-problems" in answer.content.decode()


def test_one_site_is_changed_pinned_and_left_out(world: World, coordinator: Client) -> None:
    drafted(world)
    entry = first_entry(world)
    page = f"/en/training/planned/{entry.ref}/"
    text = text_of(coordinator, page)
    times = re.findall(r'<option value="(\d{4}-[^"]+)"', text)
    typed = {"time": times[-1], "member": world.far.ref}
    with in_district(world.district.pk):
        others = Change(members=(world.far.ref,))
        change_entry(actor=world.coordinator, ref=entry.ref, change=others, at=AT)
    late = coordinator.post(page, typed | seal_in(text))
    assert late.status_code == 422 and "in the meantime" in late.text
    stands = late.text[late.text.index("What stands there now") :]
    assert "<dt>Day and start</dt>" in stands and "<dt>Consultant who leads</dt>" not in stands
    changed = coordinator.post(page, typed | seal_in(late.text), follow=True).content.decode()
    assert "Changed and pinned" in changed
    assert "Give it free for the planner" in changed
    stale = coordinator.post(f"{page}mark/", {"step": "left_out", **seal_of_form(text, f"{page}mark/")}, follow=True)
    assert "in the meantime" in stale.text and "Left out of this plan" not in stale.text
    typed = {"step": "left_out", **seal_of_form(stale.text, f"{page}mark/")}
    assert "Left out" in coordinator.post(f"{page}mark/", typed, follow=True).content.decode()
    assert "Take the site in again" in text_of(coordinator, page)


def seal_of_form(text: str, action: str) -> dict[str, str]:
    """The seal of one form among several on a page."""
    return seal_in(text[text.index(f'action="{action}"') :])


def test_a_room_named_on_an_old_page_is_told_and_holds_when_it_is_sent_again(world: World, coordinator: Client) -> None:
    drafted(world)
    entry = first_entry(world)
    page = f"/en/training/planned/{entry.ref}/"
    old = seal_of_form(text_of(coordinator, page), f"{page}room/")
    assert coordinator.post(f"{page}room/", {"room": "Gym 1", **old}).status_code == 302
    late = coordinator.post(f"{page}room/", {"room": "Gym 2", **old})
    assert late.status_code == 422 and "<dd>Gym 1</dd>" in late.text and 'value="Gym 2"' in late.text
    typed = {"room": "Gym 2", **seal_of_form(late.text, f"{page}room/")}
    assert coordinator.post(f"{page}room/", typed).status_code == 302
    with in_district(world.district.pk):
        entry.refresh_from_db()
        assert entry.room == "Gym 2"


def test_a_card_of_a_board_carries_the_seal_of_what_it_shows(world: World, coordinator: Client) -> None:
    plan = drafted(world)
    entry = first_entry(world)
    for side in ("calendar", "members"):
        board = text_of(coordinator, f"/en/training/plans/{plan.ref}/{side}/")
        card = re.search(rf'data-card="{entry.ref}"[^>]* data-seen="(\w+)"', board)
        with in_district(world.district.pk):
            assert card and card[1] == seal_of(Standing.of(entry))


def test_what_is_possible_stands_before_what_is_not_with_its_reason(world: World, coordinator: Client) -> None:
    plan = drafted(world)
    first, second = first_entry(world), second_entry(world)
    with in_district(world.district.pk):
        taken = Change(on=first.on, starts=first.starts, members=(world.far.ref,))
        change_entry(actor=world.coordinator, ref=second.ref, change=taken, at=AT)
    page = text_of(coordinator, f"/en/training/planned/{first.ref}/")
    times = page[page.index('id="id_time"') : page.index("</select>")]
    assert re.findall(r'<optgroup label="([^"]+)"', times)[0] == "Possible"
    assert 'data-possible="Possible"' in page
    people = page[page.index('id="id_member"') :]
    assert re.search(r'<optgroup label="Not possible"><option value="\w+">[^<]+: [^<]+another session then', people)
    for side in ("calendar", "members"):
        text = text_of(coordinator, f"/en/training/plans/{plan.ref}/{side}/")
        assert (text.count("data-card="), text.count("data-pinned")) == (4, 1), side


def test_a_change_is_taken_back_by_the_button_that_follows_it(world: World, coordinator: Client) -> None:
    drafted(world)
    entry = first_entry(world)
    page = f"/en/training/planned/{entry.ref}/"
    text = text_of(coordinator, page)
    typed = {"time": re.findall(r'<option value="(\d{4}-[^"]+)"', text)[-1], "member": world.far.ref, **seal_in(text)}
    changed = coordinator.post(page, typed, follow=True).content.decode()
    token = re.search(r'name="undo" value="([^"]+)"', changed)
    assert token
    assert first_entry(world).on != entry.on
    assert "Taken back" in coordinator.post(f"{page}undo/", {"undo": token[1]}, follow=True).content.decode()
    assert (first_entry(world).on, first_entry(world).is_pinned) == (entry.on, False)
    again = coordinator.post(f"{page}undo/", {"undo": token[1]}, follow=True).content.decode()
    assert "changed again since" in again
    assert coordinator.post(f"{page}undo/", {"undo": "invented"}).status_code == 404
    assert 'name="undo"' not in text_of(coordinator, f"{page}?undo={token[1]}")


def test_a_released_plan_is_not_dragged(world: World, coordinator: Client) -> None:
    plan = drafted(world)
    with in_district(world.district.pk):
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
    for side in ("calendar", "members"):
        text = text_of(coordinator, f"/en/training/plans/{plan.ref}/{side}/")
        assert "drag.js" not in text and "data-card" not in text, side


def test_a_principal_answers_with_the_link_and_one_button(world: World) -> None:
    plan = drafted(world)
    with in_district(world.district.pk):
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
    entry = first_entry(world)
    assert entry.session
    visitor, page = Client(SERVER_NAME="localhost"), f"/en/training/answer/{answer_token(entry.session.ref)}/"
    text = text_of(visitor, page)
    assert first_entry(world).answer == ""  # looking changes nothing: mail programs look too
    token = re.search(r'name="form_token" value="([^"]+)"', text)
    assert token
    typed = {"answer": "accepted", "form_token": token[1]}
    assert "Accepted. Thank you." in visitor.post(page, typed, headers=HERE).content.decode()
    assert first_entry(world).answer == "accepted"
    assert "Decline this day" not in visitor.post(page, typed | {"answer": "decline"}, headers=HERE).content.decode()
    again = visitor.post(page, typed | {"answer": "declined"}, headers=HERE)
    assert again.status_code == 409
    assert first_entry(world).answer == "accepted"
    assert visitor.cookies == {}
    assert "no longer holds" in visitor.get("/en/training/answer/wrong/").content.decode()


def test_a_decline_is_asked_once_more_and_can_be_taken_back(world: World, coordinator: Client) -> None:
    plan = drafted(world)
    with in_district(world.district.pk):
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        asked = PlanEntry.objects.get(plan=plan, site=world.site).request
    assert asked
    principal, page = client_of(world.administrator), f"/en/training/requests/{asked.ref}/answer/"
    assert f'href="{page}"' in text_of(principal, f"/en/training/requests/{asked.ref}/")
    sure = principal.post(page, {"answer": "decline"}).content.decode()
    assert "Decline this day for Cedar High?" in sure
    assert first_entry(world).answer == ""
    assert "Take the decline back" in principal.post(page, {"answer": "declined"}).content.decode()
    assert "take the decline back" in text_of(principal, f"/en/training/requests/{asked.ref}/")
    again = principal.post(page, {"answer": "reopened"}, follow=True).content.decode()
    assert "Accept this day" in again
    listed = text_of(coordinator, f"/en/training/plans/{plan.ref}/unanswered/")
    assert 'Ask again<span class="only-read-aloud">: Oak 0</span>' in listed
    assert "4 sites have not answered" in text_of(coordinator, f"/en/training/plans/{plan.ref}/")
    told = coordinator.post(f"/en/training/plans/{plan.ref}/ask-again/", follow=True).content.decode()
    assert "There is nobody to ask" in told


def test_what_sites_said_by_phone_is_noted_on_one_page(world: World, coordinator: Client) -> None:
    plan = drafted(world)
    page = f"/en/training/plans/{plan.ref}/unanswered/"
    with in_district(world.district.pk):
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        refs = dict(PlanEntry.objects.filter(plan=plan).values_list("site__name", "ref"))
    assert "at least one site" in coordinator.post(page, {}).content.decode()
    with in_district(world.district.pk):
        answer_for_site(actor=world.coordinator, ref=refs["Oak 0"], is_accepted=True, at=AT)
    sent = {refs["Oak 0"]: "accepted", refs["Oak 1"]: "declined", refs["Oak 2"]: ""}
    refused = coordinator.post(page, {**sent, "declines_are_meant": "on"})
    told = refused.content.decode()
    assert refused.status_code == 422
    assert "What Oak 0 said: This day was answered already" in told
    assert f'name="{refs["Oak 1"]}"' in told and '<option value="declined" selected>' in told
    sent = {**sent, refs["Oak 0"]: ""}
    asked = coordinator.post(page, sent)
    assert asked.status_code == 422 and "This session is off then" in asked.text and "site: Oak 1." in asked.text
    noted = coordinator.post(page, {**sent, "declines_are_meant": "on"}, follow=True).content.decode()
    assert "Noted what 1 site said" in noted and "Oak 1" not in noted and "Oak 2" in noted


def test_that_one_site_declines_by_phone_is_asked_once_more(world: World, coordinator: Client) -> None:
    plan = drafted(world)
    with in_district(world.district.pk):
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
    entry = first_entry(world)
    page = f"/en/training/planned/{entry.ref}/"
    asked = coordinator.post(f"{page}answer/", {"answer": "declined"})
    assert asked.status_code == 200 and "Does the site decline this day?" in asked.text
    with in_district(world.district.pk):
        entry.refresh_from_db()
        assert entry.answer == ""
    done = coordinator.post(f"{page}answer/", {"answer": "declined", "is_meant": "yes"}, follow=True)
    assert "The day is out for this site." in done.text


def test_hours_are_entered_refused_and_ended(world: World, coordinator: Client) -> None:
    page = "/en/training/plans/windows/"
    typed = {
        "level": "kitchen",
        "audience": "classified",
        "weekday": "2",
        "starts": "13:30",
        "ends": "14:30",
        "starts_on": "2026-11-16",
    }
    refused = coordinator.post(page, typed)
    assert refused.status_code == 422
    assert "between shifts and on paid time only" in refused.content.decode()
    entered = coordinator.post(page, typed | {"is_paid_time": "on"}, follow=True).content.decode()
    assert "Kitchens" in entered
    ends = re.findall(r'action="([^"]+/end/)"', entered)
    assert "Ended." in coordinator.post(ends[-1], follow=True).content.decode()


def test_of_a_site_that_is_trained_in_parts_every_page_says_which_one(world: World, coordinator: Client) -> None:
    site = add_parted_school(world, {"teacher": 4, "classified": 3})
    plan = drafted(world)
    page = f"/en/training/plans/{plan.ref}/"
    assert "5 of 5 sites have a day" in text_of(coordinator, page)
    told = text_of(coordinator, page + "schools/")
    assert ">5 sites<" in told
    assert told.count("Elm Middle") == 2
    assert "Elm Middle: Teachers" in told
    assert "Elm Middle: Office, aides, bus, kitchen, custodians" in told
    assert "Elm Middle: Docentes" in text_of(coordinator, page.replace("/en/", "/es/") + "calendar/")
    with in_district(world.district.pk):
        aides = PlanEntry.objects.get(plan=plan, site=site, part="classified")
        on, starts = aides.on, aides.starts
        PlanEntry.objects.filter(pk=aides.pk).update(on=None, starts=None, ends=None)
    told = text_of(coordinator, page)
    assert "4 of 5 sites have a day" in told, "a site is planned when each of its sessions is"
    assert "1 site without a day" in told
    assert "not yet: 1 site is missing" in told
    told = text_of(coordinator, f"/en/training/planned/{aides.ref}/")
    assert "trained apart" in told
    assert "Leave this session out of this plan" in told
    second = drafted(world)
    told = text_of(coordinator, f"/en/training/plans/compare/?first={plan.ref}&second={second.ref}")
    assert "1 site has another session" in told
    assert "Elm Middle: Office" in told
    assert on
    assert starts


def test_two_plans_beside_one_another(world: World, coordinator: Client) -> None:
    first, second = drafted(world), drafted(world)
    address = f"/en/training/plans/compare/?first={first.ref}&second={second.ref}"
    assert "0 sites have another session" in text_of(coordinator, address)


@pytest.mark.parametrize("side", ["", *(f"{side}/" for side in SIDES)])
def test_pages_ask_the_database_as_often_for_many_sites_as_for_one(
    world: World, coordinator: Client, side: str
) -> None:
    few = drafted(world)
    one = queries(coordinator, f"/en/training/plans/{few.ref}/{side}")
    for number in range(4):
        add_school(world, f"Elm {number}")
    many = drafted(world)
    assert queries(coordinator, f"/en/training/plans/{many.ref}/{side}") == one


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_an_exception_is_allowed_on_the_page_of_a_site_without_a_day(world: World) -> None:
    with in_district(world.district.pk):
        own = Stretch("all_staff", 5, dt.time(6), dt.time(6, 30), site_ref=world.site.ref)
        add_window(actor=world.coordinator, stretch=own, at=AT)
        plan = draft_plan(world)
        entry = PlanEntry.objects.get(plan=plan, site=world.site)
    client, page = client_of(world.coordinator), f"/en/training/planned/{entry.ref}/"
    assert "Allow it" in client.get(f"/en/training/plans/{plan.ref}/").content.decode()
    assert "Allow this exception" in client.get(page).content.decode()
    wrong = client.post(f"{page}allow/", {"reason": "site", "until": "2020-01-01"})
    assert wrong.status_code == 422 and 'value="2020-01-01"' in wrong.content.decode()
    shown = client.post(f"{page}allow/", {"reason": "site", "until": ""}, follow=True).content.decode()
    assert "Held by an exception" in shown and "The site agreed to it" in shown and "Search again" in shown


def test_who_wished_for_an_online_session_gets_one_and_nobody_drives(world: World, coordinator: Client) -> None:
    tuesday = Window(AT.date() + dt.timedelta(days=8), dt.time(14), dt.time(16))
    ask(world, mode="online", room="", windows=(tuesday,))
    plan = drafted(world)
    with in_district(world.district.pk):
        entry = PlanEntry.objects.get(plan=plan, site=world.site)
        assert (entry.on, entry.mode, entry.travel_km) == (tuesday.on, "online", 0)
        release_plan(actor=world.coordinator, ref=plan.ref, at=AT)
        entry.refresh_from_db()
        held = Assignment.objects.get(session=entry.session)
        assert (held.session.mode, held.travel_minutes) == ("online", 0)
    assert "<dd>Online</dd>" in text_of(coordinator, f"/en/training/planned/{entry.ref}/")


def test_one_plan_alone_is_compared_with_nothing_and_two_without_being_chosen(
    world: World, coordinator: Client
) -> None:
    drafted(world)
    page = "/en/training/plans/compare/"
    assert "There is only one plan so far" in text_of(coordinator, page)
    assert page not in text_of(coordinator, "/en/training/plans/")
    drafted(world)
    assert "What is counted" in text_of(coordinator, page)


def test_a_coordinator_says_how_a_site_is_trained_that_never_asked(world: World, coordinator: Client) -> None:
    page = "/en/training/plans/usual/"
    assert "Nothing is noted yet" in text_of(coordinator, page)
    told = {"site": world.site.ref, "mode": "online", "languages": ["es", "vi"]}
    refused = coordinator.post(page, {**told, "languages": []})
    assert refused.status_code == 422 and "Cedar High" in refused.content.decode()
    assert coordinator.post(page, told).status_code == 302
    assert "Español, Vietnamita" in text_of(coordinator, "/es/training/plans/usual/")
    question = text_of(coordinator, f"{page}{world.site.ref}/forget/")
    assert "Delete what is usual at Cedar High?" in question and "Spanish, Vietnamese" in question
    assert "Sí, borrarlo" in text_of(coordinator, f"/es/training/plans/usual/{world.site.ref}/forget/")
    assert "Cedar High" in text_of(coordinator, page)
    assert coordinator.post(f"{page}{world.site.ref}/forget/").status_code == 302
    assert "Nothing is noted yet" in text_of(coordinator, page)
    assert coordinator.get(f"{page}{world.site.ref}/forget/").status_code == 404


def test_a_plan_is_set_aside_after_one_more_question_and_taken_up_again(world: World, coordinator: Client) -> None:
    page = f"/en/training/plans/{drafted(world).ref}/"
    assert "and you can take it up again" in text_of(coordinator, f"{page}set-aside/")
    coordinator.post(f"{page}set-aside/")
    assert "This plan was set aside" in text_of(coordinator, page)
    assert "It is a draft again" in coordinator.post(f"{page}take-up/", follow=True).content.decode()
