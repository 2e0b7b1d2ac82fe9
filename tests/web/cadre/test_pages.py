"""The Cadre's pages as a coordinator and a consultant use them."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.training import DAY, HOME, World, ask, make_consultant, make_world
from tests.factories.visits import client_of, seal_in
from tests.moments import AT, TODAY
from tests.program.training.test_calendars import LUNCH
from tests.program.training.test_sessions import confirmed
from upstander.district.places.models import ClosedDay
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import AvailabilityException, CadreMember, HomeBase, KeptApart, Skill, Swap, Unit
from upstander.program.training.selectors.matching import candidates_for, starts_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(AT)
    return make_world()


def test_a_coordinator_keeps_a_member_and_what_was_typed_stays_when_refused(world: World) -> None:
    client, page = client_of(world.coordinator), f"/en/cadre/member/{world.near.ref}/"
    told = {
        "what": "skill",
        "skill-offering": "consultation",
        "skill-part": "lead",
        "skill-starts_on": TODAY.isoformat(),
    }
    assert client.post(page, told).status_code == 302
    with in_district(world.district.pk):
        assert Skill.objects.filter(member=world.near, offering="consultation", part="lead").count() == 1
    refused = client.post(page, {**told, "skill-last_on": "2020-01-01"})
    assert refused.status_code == 422
    assert 'value="2020-01-01"' in refused.content.decode()
    assert "The last day lies before the first one" in refused.content.decode()
    limits = {"what": "limits", "limits-most_per_day": "3", "limits-most_per_week": "9", "limits-languages": ["es"]}
    seal = seal_in(client.get(page).text, "limits")
    assert client.post(page, {**limits, **seal, "limits-travel_miles": "20"}).status_code == 302
    with in_district(world.district.pk):
        member = CadreMember.objects.get(pk=world.near.pk)
        assert (member.most_per_day, member.travel_limit_km, member.languages) == (3, 32, ["es"])
    assert "Spanish" in client.get("/en/cadre/").content.decode()


def test_a_mistaken_skill_is_taken_back_on_the_page_and_hours_are_offered(world: World) -> None:
    client, page = client_of(world.coordinator), f"/en/cadre/member/{world.near.ref}/"
    with in_district(world.district.pk):
        skill = Skill.objects.get(member=world.near, offering="caregivers")
    told = {"what": "mistake", "mistake-fact": f"skill:{skill.ref}"}
    refused = client.post(page, told)
    assert refused.status_code == 422 and f'value="skill:{skill.ref}" selected' in refused.text
    assert client.post(page, {**told, "mistake-reason": "never"}).status_code == 302
    shown = client.get(page).text
    assert "What was taken back" in shown and ": It was never given" in shown and skill.ref not in shown
    assert "Lo que se retiró" in client.get(page.replace("/en/", "/es/")).text
    offer = {"what": "offer", "offer-on": DAY.isoformat(), "offer-starts": "18:00", "offer-ends": "19:00"}
    assert client.post(page, offer).status_code == 302
    part = {"what": "away", "away-starts_on": DAY.isoformat(), "away-last_on": DAY.isoformat(), "away-starts": "08:00"}
    assert client.post(page, part).status_code == 422
    assert client.post(page, {**part, "away-ends": "09:30"}).status_code == 302
    shown = client.get(page).text
    assert "At hand beside the week:" in shown and "6 p.m. – 7 p.m." in shown and "8 a.m. – 9:30 a.m." in shown


def test_a_coordinator_keeps_a_member_from_a_site_and_lets_them_come_again(world: World) -> None:
    client, page = client_of(world.coordinator), f"/en/cadre/member/{world.near.ref}/"
    assert "They come to every site." in client.get(page).content.decode()
    told = {"what": "apart", "apart-site": world.site.ref, "apart-reason": "tie", "apart-starts_on": TODAY.isoformat()}
    assert client.post(page, {**told, "apart-last_on": DAY.isoformat()}).status_code == 302
    shown = client.get(page.replace("/en/", "/es/")).content.decode()
    assert "Cedar High" in shown and "Un vínculo cercano en el plantel" in shown
    assert "not asked" not in client_of(world.consultant).get("/en/cadre/me/").content.decode()
    with in_district(world.district.pk):
        ref = KeptApart.objects.get().ref
    assert client.post(f"{page}again/", {"apart": ref}, follow=True).status_code == 200
    assert "They come to every site." in client.get(page).content.decode()
    assert "This has ended already." in client.post(f"{page}again/", {"apart": ref}, follow=True).content.decode()


def test_a_home_base_changes_from_a_day_on_and_the_way_with_it(world: World) -> None:
    client, page = client_of(world.coordinator), f"/en/cadre/member/{world.far.ref}/"
    told = {"what": "base", "base-base": world.site.ref, "base-starts_on": DAY.isoformat()}
    assert client.post(page, told).status_code == 302
    shown = client.get(page).content.decode()
    assert "a place that is no site" in shown and "<dd>Cedar High, " in shown
    request = ask(world)
    with in_district(world.district.pk):
        start = starts_for(actor=world.coordinator, request=request, at=AT)[0]
        found = dict(candidates_for(actor=world.coordinator, request=request, start=start))
        assert found[world.far].distance_km == 0
        rows = HomeBase.objects.filter(member=world.far, superseded_at__isnull=True).order_by("starts_on")
        assert list(rows.values_list("starts_on", "ends_on", "site")) == [
            (TODAY, DAY, None),
            (DAY, None, world.site.pk),
        ]


def test_a_coordinator_names_units_in_both_languages(world: World) -> None:
    client = client_of(world.coordinator)
    told = {"what": "unit", "name_en": "Attendance", "name_es": "Asistencia escolar"}
    assert client.post("/en/cadre/units/", told).status_code == 302
    assert client.post("/en/cadre/units/", told).status_code == 422
    assert "Asistencia escolar" in client.get("/es/cadre/units/").content.decode()
    with in_district(world.district.pk):
        unit = Unit.objects.get()
    page = f"/es/cadre/member/{world.near.ref}/"
    told = {"what": "unit", "unit-unit": unit.ref, "unit-starts_on": TODAY.isoformat()}
    assert client.post(page, told).status_code == 302
    assert "Asistencia escolar" in client.get("/es/cadre/").content.decode()


def test_a_consultant_keeps_their_own_time(world: World) -> None:
    client, page = client_of(world.consultant), "/en/cadre/me/"
    assert 'value="08:00"' in client.get(page).content.decode()
    week = {"what": "week", "week-starts_0_0": "09:00", "week-ends_0_0": "12:00"}
    parted = week | {"week-ends_0_0": "10:00", "week-starts_0_1": "13:00", "week-ends_0_1": "15:00"}
    first = seal_in(client.get(page).text, "week")
    assert client.post(page, parted | first).status_code == 302
    shown = client.get(page).content.decode()
    assert 'value="10:00"' in shown and 'value="13:00"' in shown
    late = client.post(page, week | first)
    assert late.status_code == 422 and "Somebody else changed this in the meantime." in late.text
    assert "Monday, And from</dt><dd>1 p.m." in late.text and 'value="12:00"' in late.text
    assert client.post(page, week | seal_in(late.text, "week")).status_code == 302
    seal = seal_in(client.get(page).text, "week")
    refused = client.post(page, {"what": "week", "week-starts_0_0": "12:00", "week-ends_0_0": "09:00"} | seal)
    assert "The end lies before the start" in refused.content.decode()
    away = {"what": "away", "away-starts_on": DAY.isoformat(), "away-last_on": DAY.isoformat()}
    assert client.post(page, away).status_code == 302
    with in_district(world.district.pk):
        ref = AvailabilityException.objects.get().ref
    assert client.post(f"/en/cadre/back/{world.near.ref}/", {"away": ref, "own": "yes"}).status_code == 302
    assert client.post(f"/en/cadre/back/{world.far.ref}/", {"away": ref}).status_code == 404


def test_a_calendar_file_is_read_in_the_page_and_a_broken_one_is_told_with_its_line(world: World) -> None:
    client, page = client_of(world.consultant), "/en/cadre/me/"
    good = SimpleUploadedFile("own.ics", LUNCH, "text/calendar")
    assert client.post(page, {"what": "busy", "busy-file": good}).status_code == 302
    text = client.get(page).content.decode()
    assert "1 busy time until" in text and "Secret" not in text
    broken = client.post(page, {"what": "busy", "busy-file": SimpleUploadedFile("own.ics", LUNCH[:60])})
    assert broken.status_code == 422
    assert "Line 4" in broken.content.decode()
    assert "1 busy time until" in client.get(page).content.decode()
    assert client.post(f"/en/cadre/busy/{world.near.ref}/", {"own": "yes"}).status_code == 302
    assert "No calendar file was read yet" in client.get(page).content.decode()


def test_a_consultant_asks_and_a_colleague_takes_the_session(world: World) -> None:
    _, session = confirmed(world)
    member, actor = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    mine, theirs = client_of(world.consultant), client_of(actor)
    page = f"/en/cadre/me/swap/{session.ref}/"
    assert f"Ask Alex {member.person.family_name}" in mine.get(page).content.decode()
    assert mine.post(page, {"colleague": member.ref}).status_code == 302
    with in_district(world.district.pk):
        ref = Swap.objects.get().ref
    assert "asks whether you can take it" in theirs.get("/en/cadre/me/").content.decode()
    assert theirs.post(f"/en/cadre/me/swaps/{ref}/", {"answer": "take"}).status_code == 302
    assert "Leave by" in theirs.get("/en/cadre/me/").content.decode()
    assert theirs.get(page).status_code == 200
    assert mine.get(page).status_code == 404
    assert "taken over" in client_of(world.coordinator).get("/en/cadre/").content.decode()
    assert theirs.get("/es/cadre/me/hours/").status_code == 200
    assert theirs.get("/es/cadre/me/hours.csv")["Content-Type"] == "text/csv; charset=utf-8"


def test_a_colleague_does_not_read_that_somebody_is_kept_from_a_site(world: World) -> None:
    _, session = confirmed(world)
    member, _actor = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    told = {"what": "apart", "apart-site": world.site.ref, "apart-reason": "tie", "apart-starts_on": TODAY.isoformat()}
    assert client_of(world.coordinator).post(f"/en/cadre/member/{member.ref}/", told).status_code == 302
    asked = client_of(world.consultant).get(f"/en/cadre/me/swap/{session.ref}/").content.decode()
    assert ("Is not available for this one." in asked, "not asked for" in asked) == (True, False)


def test_neither_who_asked_nor_who_was_asked_reads_that_they_are_kept_from_the_site(world: World) -> None:
    _, session = confirmed(world)
    member, actor = make_consultant(world.district, world.coordinator, "Colleague", HOME)
    mine, theirs, office = (client_of(each) for each in (world.consultant, actor, world.coordinator))
    mine.post(f"/en/cadre/me/swap/{session.ref}/", {"colleague": member.ref})
    told = {"what": "apart", "apart-site": world.site.ref, "apart-reason": "tie", "apart-starts_on": TODAY.isoformat()}
    for kept in (member.ref, world.near.ref):
        office.post(f"/en/cadre/member/{kept}/", told)
    for client in (mine, theirs):
        page = client.get("/en/cadre/me/").content.decode()
        assert ("Is not available for this one." in page, "not asked for" in page) == (True, False)
    assert "Is not asked for sessions" in office.get(f"/en/cadre/member/{world.near.ref}/").content.decode()


def test_a_calendar_program_reads_a_secret_address_without_signing_in(world: World) -> None:
    confirmed(world)
    client = client_of(world.consultant)
    client.post("/en/calendars/", {"whose": "me", "move": "make"})
    address = re.search(r'<code class="address">http://localhost(/en/calendars/(\w+)\.ics)<', _text(client))
    assert address and len(address[2]) == 26
    program = Client(SERVER_NAME="localhost")
    found = program.get(address[1])
    assert found["Content-Type"] == "text/calendar; charset=utf-8"
    assert found["Cache-Control"] == "private, no-cache"
    assert "noindex" in found["X-Robots-Tag"]
    assert not found.cookies
    text = found.content.decode()
    assert "SUMMARY:Staff session at Cedar High" in text
    assert not [name for name in ("ATTENDEE", "ORGANIZER", "Rivera", "Alex", "example.org") if name in text]
    again = program.get(address[1], headers={"if-none-match": found["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", found["ETag"])
    assert client.post("/en/calendars/", {"whose": "me"}).status_code == 404
    assert program.get(address[1]).status_code == 200, "no step that nobody asked for replaces the address"
    client.post("/en/calendars/", {"whose": "me", "move": "make"})
    assert program.get(address[1]).status_code == 404
    administrator = client_of(world.administrator)
    administrator.post("/en/calendars/", {"whose": world.site.ref, "move": "make"})
    site = re.search(r"http://localhost(/en/calendars/\w+\.ics)<", _text(administrator))
    assert site
    with in_district(world.district.pk):
        for kind, name in (("closed", "Rain"), ("testing", "Grade 11")):
            day = {"on": DAY, "site": world.site if kind == "testing" else None, "kind": kind, "name": name}
            ClosedDay.objects.create(district_id=world.district.pk, **day)
    read = program.get(site[1]).content.decode()
    assert "SUMMARY:Staff session\r\n" in read
    assert "SUMMARY:No school: Rain" in read and "SUMMARY:Tests: Grade 11" in read


def _text(client: Client) -> str:
    return client.get("/en/calendars/").content.decode()


def test_the_page_of_the_cadre_says_whose_sessions_are_still_to_give_over(world: World) -> None:
    request, _session = confirmed(world)
    client = client_of(world.coordinator)
    assert "has left" not in client.get("/en/cadre/").content.decode()
    with in_district(world.district.pk):
        world.near.person.posts.update(ends_on=TODAY)
    shown = client.get("/en/cadre/").content.decode()
    assert "has left: 1 session still to give over" in shown
    assert f'href="/en/training/queue/{request.ref}/"' in shown
    assert "queda 1 sesión por entregar" in client.get("/es/cadre/").content.decode()
    member = client.get(f"/en/cadre/member/{world.near.ref}/").content.decode()
    assert "Belongs to the Cadre until" in member
    assert f'href="/en/training/queue/{request.ref}/"' in member
