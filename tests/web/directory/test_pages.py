"""Finding, leaving, telling what is wrong; and the editor's way from a draft to a published entry."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.directory import CLINIC, HIDDEN, make_organization, make_service
from tests.factories.training import World
from tests.factories.visits import HERE, holder
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.models import Batch, Candidate, Correction, Location, Service
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone() -> Client:
    return Client(SERVER_NAME="localhost")


def said(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))  # type: ignore[attr-defined]


def test_a_visitor_finds_without_a_cookie_and_the_emergency_lines_stand_first(world: World, anyone: Client) -> None:
    make_service(world, "Teen clinic", CLINIC, needs=("health",), languages=("en", "es"), name_es="Clínica juvenil")
    asked = {"w": "clinc", "n": "d", "l": "es", "p": f"s.{world.site.ref}"}
    page = anyone.post("/en/find/", asked)
    text = said(page)
    assert text.index("911") < text.index("988") < text.index("Teen clinic") < text.index("Being listed here")
    assert ("0.7 miles" in text, "spelled alike: clinic" in text, page.cookies) == (True, True, {})
    assert page["Cache-Control"] == "no-store"
    assert "Clínica juvenil" in said(anyone.get("/es/find/?p=c.Alder+City"))
    assert "Nothing fits" in said(anyone.get("/en/find/?n=c"))
    assert "Teen clinic" in said(anyone.get("/en/find/?n=gone&p=s.gone&o=x"))


def test_a_page_of_a_service_tells_all_but_a_private_address(world: World, anyone: Client) -> None:
    service = make_service(world, "A bed", HIDDEN, website="https://house.example.org/en", may_report="yes")
    text = said(anyone.get(f"/en/find/{service.ref}/"))
    assert "The address is kept private" in text
    assert ("Fog Hill" in text, "Secret" in text) == (True, False)
    assert "They may have to tell child welfare" in text
    assert "Mon–Fri: 9 a.m. – 5 p.m." in text
    assert "Lun–vie" in said(anyone.get(f"/es/find/{service.ref}/"))


def test_words_stand_in_no_address_and_what_is_chosen_stands_there_as_signs(world: World, anyone: Client) -> None:
    make_service(world, "Teen clinic", CLINIC, needs=("health",), cost="free")
    make_service(world, "Pantry", needs=("food",))
    by_words = anyone.post("/en/find/", {"w": "clinic", "n": "d"})
    assert (by_words.status_code, by_words.request["QUERY_STRING"], "Teen clinic" in said(by_words)) == (200, "", True)
    chosen = anyone.post("/en/find/", {"w": " ", "n": "d", "a": "step_free", "f": "on", "x": "y"})
    assert chosen["Location"] == "/en/find/?n=d&a=step_free&f=1"
    assert anyone.post("/en/find/", {"n": "zz"})["Location"] == "/en/find/"
    assert "Teen clinic" in said(anyone.get("/en/find/?n=d&f=1"))
    assert "Nothing fits" in said(anyone.get("/en/find/?n=d&a=step_free"))
    old = anyone.get("/en/find/?w=clinic")
    assert ("Pantry" in said(old), b'value="clinic"' in old.content) == (True, False), "words of an address are unread"


def test_searching_writes_nothing(world: World, anyone: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        anyone.post("/en/find/", {"w": "clinic"})
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_anyone_says_what_is_wrong_a_few_times_an_hour(world: World, anyone: Client) -> None:
    service = make_service(world)
    where, typed = f"/en/find/{service.ref}/wrong/", {"form_token": form_token("directory-wrong")}
    assert "This field is required" in said(anyone.post(where, typed, headers=HERE))
    assert "only the number" in said(anyone.post(where, {**typed, "what": "phone", "right": "{}"}, headers=HERE))
    answer = anyone.post(where, {**typed, "what": "phone", "right": "555-0199"}, headers=HERE)
    assert ("Thank you" in said(answer), answer.cookies) == (True, {})
    assert anyone.post(where, {"what": "phone"}, headers=HERE).status_code == 403
    answers = [anyone.post(where, {**typed, "what": "hours"}, headers=HERE).status_code for _ in range(8)]
    assert answers == [200] * 7 + [429]


def test_an_editor_writes_checks_changes_and_settles(world: World, anyone: Client) -> None:
    editor = holder(world.district)
    assert "who offers it" in said(editor.get("/en/directory/new/", follow=True))
    told = {"name": "Open Table", "about": "", "website": ""}
    assert "Write an entry" in said(editor.post("/en/directory/organizations/new/", told, headers=HERE, follow=True))
    with in_district(world.district.pk):
        organization = make_organization(world, "Open Table").ref
    place = {"kind": "open", "street": "7 Depot", "city": "Alder City"}
    editor.post(f"/en/directory/organizations/{organization}/places/new/", place, headers=HERE)
    entry = {"organization": organization, "name_en": "Food", "needs": ["food"], "cost": "free", "may_report": "no"}
    entry |= {"number_0": "555-0120 ext 7", "number_kind_0": "voice", "opens_1_0": "15:00"}
    entry |= {"number_1": "555-0121", "number_kind_1": "text"}
    assert "Please give both times" in said(editor.post("/en/directory/new/", entry, headers=HERE))
    page = editor.post("/en/directory/new/", {**entry, "closes_1_0": "19:00"}, headers=HERE, follow=True)
    assert "555-0120 x7" in said(page)
    with in_district(world.district.pk):
        ref = Service.objects.get().ref
    assert "Please answer all three" in said(editor.post(f"/en/directory/{ref}/check/", {}, headers=HERE, follow=True))
    stand = re.search(r'name="over" value="([^"]+)"', editor.get(f"/en/directory/{ref}/").content.decode())
    assert stand
    checked = {"method": "called", "role": "editor", "outcome": "right", "over": stand[1]}
    late = {**checked, "over": "7-7"}
    again = said(editor.post(f"/en/directory/{ref}/check/", late, headers=HERE, follow=True))
    assert ("Somebody else changed this" in again, anyone.get(f"/en/find/{ref}/").status_code) == (True, 404)
    assert "I called the number" in said(editor.post(f"/en/directory/{ref}/check/", checked, headers=HERE, follow=True))
    found = anyone.get(f"/en/find/{ref}/").content.decode()
    assert ('href="tel:5550120"' in found, 'href="sms:5550121"' in found) == (True, True)
    form = editor.get(f"/es/directory/{ref}/edit/").content.decode()
    assert ('value="555-0120 x7"' in form, 'value="15:00"' in form, "7 Depot" in form) == (True, True, True)
    wrong = {"form_token": form_token("directory-wrong"), "what": "closed"}
    anyone.post(f"/en/find/{ref}/wrong/", wrong, headers=HERE)
    assert "It does not exist anymore" in said(editor.get("/en/directory/"))
    with in_district(world.district.pk):
        correction = Correction.objects.get().ref
    settled = editor.post(f"/en/directory/corrections/{correction}/", {"is_used": "yes"}, headers=HERE, follow=True)
    assert "Settled" in said(settled)
    assert "Taken off" in said(editor.post(f"/en/directory/{ref}/off/", headers=HERE, follow=True))
    assert anyone.get(f"/en/find/{ref}/").status_code == 404


def test_an_editor_closes_an_address_and_two_open_it(world: World, anyone: Client) -> None:
    service, first = make_service(world, "A bed", CLINIC), holder(world.district)
    with in_district(world.district.pk):
        place = Location.objects.get().ref
    twice = make_service(world, "Advice", replace(CLINIC, street="40 mill road"), organization="Far & Near")
    where, page = f"/en/directory/places/{place}/edit/", f"/en/find/{service.ref}/"
    form = first.get(where).content.decode()
    back = f'class="back" href="/en/directory/places/{place}/"'
    assert ('value="40 Mill Road"' in form, 'name="over" value="0"' in form, back in form) == (True, True, True)
    told = {"kind": "area", "street": "40 Mill Road", "city": "Alder City", "over": "0"}
    closed = said(first.post(where, told, headers=HERE, follow=True))
    assert "gone from every page" in closed
    assert "these places, too: Far &amp; Near (Clinic, 40 mill road, Alder City)." in closed
    assert "mill" not in said(anyone.get(f"/en/find/{twice.ref}/"))
    assert ("The address is kept private" in said(anyone.get(page)), "Mill" in said(anyone.get(page))) == (True, False)
    late = first.post(where, {**told, "kind": "open"}, headers=HERE)
    assert (late.status_code, "Somebody else changed this" in said(late)) == (422, True)
    wished = said(first.post(where, {**told, "kind": "open", "over": "1"}, headers=HERE, follow=True))
    seen = ["until a second person agrees" in wished, "Yes: anyone" in wished, "Somebody wished" in wished]
    assert seen == [True, False, True]
    second, decide = holder(world.district), f"/en/directory/places/{place}/decide/"
    assert "Shall anyone know an address of Valley Center?" in said(second.get("/en/staff/"))
    assert "Sí: cualquiera puede conocerla" in said(second.get(f"/es/directory/places/{place}/"))
    assert "yourself" in said(first.post(decide, {"what": "agree", "over": "2"}, headers=HERE, follow=True))
    agreed = said(second.post(decide, {"what": "agree", "over": "2"}, headers=HERE, follow=True))
    assert "Agreed. Readers see the address once" in agreed


def test_an_editor_finds_and_renames_an_organization(world: World) -> None:
    make_service(world, "A bed", CLINIC)
    editor = holder(world.district)
    ref = make_organization(world).ref
    assert "Valley Center 1 1" in said(editor.get("/en/directory/organizations/"))
    where = f"/en/directory/organizations/{ref}/"
    assert "A bed" in said(editor.get(where))
    told = {"name": "Valley House", "about": "A house.", "website": "", "over": "0"}
    changed = said(editor.post(f"{where}edit/", told, headers=HERE, follow=True))
    assert ("Valley House" in changed, "changed, to be checked" in changed) == (True, True)
    assert editor.post(f"{where}edit/", told, headers=HERE).status_code == 422


def test_a_page_says_in_which_language_it_is_where_the_readers_own_is_missing(world: World, anyone: Client) -> None:
    service = make_service(world, "Pantry", about_en="Groceries.", takes_report="no")
    page = anyone.get(f"/es/find/{service.ref}/").content.decode()
    assert '<span lang="en">Groceries.</span>' in page
    assert "en un solo idioma: Inglés" in page
    assert "no es un reporte" in page
    english = anyone.get(f"/en/find/{service.ref}/").content.decode()
    assert ('lang="en">Groceries' in english, "one language" in english) == (False, False)
    assert "escrito por ahora en: Inglés" in said(anyone.get("/es/find/"))


def test_an_editor_reads_better_words_beside_an_entry_and_a_record(world: World) -> None:
    service, editor = make_service(world, "A bed", checked_at=None, about_en="We rescue her."), holder(world.district)
    page = said(editor.get(f"/en/directory/{service.ref}/"))
    assert ("Words to look at" in page, "“rescue”. Say instead: support" in page) == (True, True)
    rows = b"Name,Agency,Description\nPantry,Open Table,Ask for a child prostitute\n"
    editor.post("/en/directory/incoming/", {"file": SimpleUploadedFile("list.csv", rows)}, headers=HERE)
    assert "Readers never see this" in said(editor.get("/en/directory/incoming/"))


def test_staff_see_who_takes_reports_below_the_call_screen(world: World) -> None:
    make_service(world, "County line", takes_report="yes")
    page = said(holder(world.district).get("/en/directory/units/"))
    assert ("County line" in page, "this list takes nothing from it" in page) == (True, True)


def test_units_are_taken_in_and_shown_to_staff_once_checked(world: World) -> None:
    editor = holder(world.district)
    assert "14 drafts are new." in said(editor.post("/en/directory/drafts/take/", headers=HERE, follow=True))
    assert "No unit has been checked yet" in said(editor.get("/en/directory/units/"))


@pytest.mark.parametrize("path", ["/en/find/", "/en/directory/?show=published", "/en/directory/organizations/"])
def test_lists_ask_as_often_for_one_row_as_for_many(world: World, path: str) -> None:
    client = holder(world.district)
    counts = []
    for more in (1, 5):
        for number in range(more):
            make_service(world, f"Service {more}{number}", CLINIC, checked_at=AT)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_list_from_elsewhere_is_reviewed_record_by_record(world: World) -> None:
    editor = holder(world.district)
    assert "This field is required" in said(editor.post("/en/directory/incoming/", {}, headers=HERE))
    rows = "Name,Agency,Phone,Hours\nPantry,Open Table,555-010-0120,Mon-Fri 9am-5pm\nShelter,Orchard,call,later\n"
    file = SimpleUploadedFile("list.csv", rows.encode())
    page = said(editor.post("/en/directory/incoming/", {"file": file}, headers=HERE, follow=True))
    assert "Mon–Fri: 9 a.m. – 5 p.m." in page
    assert "hours : could not be read whole" in page
    with in_district(world.district.pk):
        first, second = Candidate.objects.order_by("number").values_list("ref", flat=True)
    assert editor.post(f"/en/directory/incoming/{first}/", {"what": "burn"}, headers=HERE).status_code == 404
    taken = editor.post(f"/en/directory/incoming/{first}/", {"what": "take"}, headers=HERE, follow=True)
    assert "It is a draft now" in said(taken)
    left = editor.post(f"/es/directory/incoming/{second}/", {"what": "drop"}, headers=HERE, follow=True)
    assert "Descartado." in said(left)
    with in_district(world.district.pk):
        where = f"/en/directory/incoming/files/{Batch.objects.get().ref}/"
    assert editor.post(where, {}, headers=HERE).status_code == 404
    assert "1 record waits again." in said(editor.post(where, {"what": "back"}, headers=HERE, follow=True))
    assert "1 record left out." in said(editor.post(where, {"what": "drop"}, headers=HERE, follow=True))


def test_a_whole_file_is_taken_and_dropped_on_its_page(world: World) -> None:
    editor = holder(world.district)
    file = SimpleUploadedFile("list.csv", b"Name,Agency,Phone\nPantry,Open Table,555-010-0120\nNight,Orchard,call\n")
    page = said(editor.post("/en/directory/incoming/", {"file": file}, headers=HERE, follow=True))
    assert "Take 1 clean record as a draft" in page
    with in_district(world.district.pk):
        where = f"/en/directory/incoming/files/{Batch.objects.get().ref}/"
    taken = said(editor.post(where, {"what": "take"}, headers=HERE, follow=True))
    assert ("1 record becomes a draft." in taken, "Taken so far: 1 of 2" in taken) == (True, True)
    assert editor.post(where, {"what": "everything"}, headers=HERE, follow=True).status_code == 404
    assert "1 draft dropped." in said(editor.post(where, {"what": "undo"}, headers=HERE, follow=True))
    with in_district(world.district.pk):
        Batch.objects.update(taking_since=AT)
    assert "Tomados hasta ahora: 0 de 2" in said(editor.get("/es/directory/incoming/"))
    assert ('http-equiv="refresh"' in editor.get("/es/directory/incoming/").content.decode()) is False
    assert 'http-equiv="refresh" content="2"' in editor.get(where).content.decode()
    assert editor.get("/en/directory/incoming/files/gone/").status_code == 404


def test_what_is_typed_to_do_harm_does_none(world: World, anyone: Client) -> None:
    service, editor = make_service(world, "<b>=1+1</b>", about_en="<script>x</script>"), holder(world.district)
    page = anyone.get(f"/en/find/{service.ref}/").content
    assert (b"<script>x" in page, b"&lt;b&gt;=1+1" in page) == (False, True)
    entry = {"organization": service.organization.ref, "cost": "free", "may_report": "no", "over": "0"}
    refused = {
        "Please write the number in digits": {"name_en": "X", "number_0": "1-800-RUNAWAY"},
        "signs in it that nobody sees": {"name_en": "Clinic \u202egnp"},
        "at most 600 characters": {"name_en": "X", "about_en": "x" * 100_000},
        "Please give the name": {"name_es": " "},
    }
    for sentence, told in refused.items():
        answer = editor.post(f"/en/directory/{service.ref}/edit/", {**entry, **told}, headers=HERE)
        assert (answer.status_code, sentence in said(answer)) == (422, True), sentence


def test_what_waits_for_an_editor_stands_on_their_first_page(world: World) -> None:
    make_service(world, "Old", checked_at=AT - dt.timedelta(days=180))
    make_service(world, "Fresh")
    editor = holder(world.district)
    assert "1 entry of the directory to check" in said(editor.get("/en/staff/"))
    file = SimpleUploadedFile("list.csv", b"Name\nPantry\nShelter\n")
    editor.post("/en/directory/incoming/", {"file": file}, headers=HERE)
    assert "2 registros de listas por mirar" in said(editor.get("/es/staff/"))


def test_what_came_in_a_file_stands_beside_its_entry_for_good(world: World) -> None:
    editor = holder(world.district)
    rows = "Name,Agency,Phone,Hours,Remarks\nPantry,Open Table,555-010-0120,by appointment,side door\n"
    editor.post("/en/directory/incoming/", {"file": SimpleUploadedFile("list.csv", rows.encode())}, headers=HERE)
    with in_district(world.district.pk):
        ref = Candidate.objects.get().ref
    editor.post(f"/en/directory/incoming/{ref}/", {"what": "take"}, headers=HERE)
    with in_district(world.district.pk):
        page = said(editor.get(f"/en/directory/{Service.objects.get().ref}/"))
    assert ("list.csv, record 1" in page, "by appointment" in page, "side door" in page) == (True, True, True)
