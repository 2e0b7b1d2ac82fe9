"""The keeper's way through the pages: take in, book, pack a part, print the list, follow it, take copies back."""

import re
from dataclasses import asdict

import pytest
from django.test import Client

from tests.factories.materials import ask_materials, stock_up
from tests.factories.training import World
from tests.factories.visits import HERE, client_of, holder, read_page, seal_in
from tests.program.materials.test_wishes import OFFICE, make_wish
from upstander.foundation.kernel.db import in_district
from upstander.program.materials.models import DonorWish, DropOff, Edition, Material, Parcel, Pledge, Recall
from upstander.program.training.policies import page_key
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World) -> Client:
    return holder(world.district)


def said(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))  # type: ignore[attr-defined]


def send(client: Client, path: str, **typed: object) -> object:
    return client.post(f"/en/materials/{path}", typed, headers=HERE, follow=True)


def test_what_ships_is_taken_in_and_booked(world: World, client: Client) -> None:
    assert "10 editions that ship" in said(client.get("/en/materials/"))
    assert "10 editions are new." in said(send(client, "take/"))
    with in_district(world.district.pk):
        edition = Edition.objects.get(material__key="help_poster", language="en")
        material = edition.material.ref
    where = f"editions/{edition.ref}/book/"
    assert "from 1 to" in said(send(client, where, what="received", count=0))
    assert "Please choose one." in said(send(client, where, what="counted", count=3))
    assert "+80" in said(send(client, where, what="received", count=80))
    assert "-10" in said(send(client, where, what="counted", count=70, reason="damaged"))
    assert "from 1 to" in said(send(client, f"{material}/limit/", most=0))
    send(client, f"{material}/limit/", most=60)
    assert "and you can offer it again" in said(client.get(f"/en/materials/{material}/retire/"))
    assert "Retired on" in said(send(client, f"{material}/retire/"))
    assert "It is offered again" in said(send(client, f"{material}/offer-again/"))
    assert "It is offered already" in said(send(client, f"{material}/offer-again/"))
    in_spanish = said(client.get("/es/materials/"))
    assert "Cartel: dónde encontrar ayuda Pasillos y salas de espera Página tabloide" in in_spanish
    assert "Corrección: Dañado" in said(client.get(f"/es/materials/{material}/"))


def test_a_material_of_ones_own_gets_an_edition(world: World, client: Client) -> None:
    told = {"title_en": "Bus card", "title_es": "Tarjeta del autobús", "kind": "card", "audience": "staff"}
    page = send(client, "new/", **told, size="pocket", answers="call_card", most_per_site=50)
    assert "New edition" in said(page)
    with in_district(world.district.pk):
        material = Material.objects.get()
    where, day = f"{material.ref}/edition/", {"language": "en", "edition_on": "2026-11-10"}
    assert "not one to come" in said(send(client, where, **{**day, "edition_on": "2027-01-01"}))
    assert "Bus card" in said(send(client, where, **day, prints=["emergency.number"]))
    assert "in the catalog already" in said(send(client, where, **day))


def test_a_part_is_packed_printed_and_followed(world: World, client: Client) -> None:
    edition = stock_up(world, copies=30)["help_poster", "en"]
    asked = ask_materials(world, 50)
    assert "Pack a parcel" in said(client.get(f"/en/training/queue/{asked.ref}/"))
    where = f"pack/{asked.ref}/"
    assert "Only 30 are in stock now" in said(send(client, where, **{edition.ref: 31}, how="mail"))
    page = said(send(client, where, **{edition.ref: 30}, how="mail"))
    assert "Sent. Whoever asked gets a mail." in page
    with in_district(world.district.pk):
        parcel = Parcel.objects.get()
    drawn = client.get(f"/es/materials/parcels/{parcel.ref}/list.pdf")
    assert (drawn["Content-Type"], drawn["Content-Disposition"]) == ("application/pdf", 'inline; filename="list.pdf"')
    followed = said(client.get(f"/en/ask/follow/{asked.ref}/{page_key(asked.ref)}/"))
    assert "Poster: where to find help English 50 30 20" in followed
    assert "Packing list" in said(client.get(f"/en/materials/parcels/{parcel.ref}/"))


def test_copies_are_taken_away_where_they_are_held(world: World, client: Client) -> None:
    edition = stock_up(world)["help_poster", "en"]
    asked = ask_materials(world, 10)
    send(client, f"pack/{asked.ref}/", **{edition.ref: 10}, how="mail")
    assert world.site.name in said(client.get("/en/materials/held/"))
    file = client.get("/en/materials/held.csv").content.decode()
    assert f'"{world.site.name}","Poster: where to find help","English","2026-11-16","10",""' in file
    assert "1 site is asked" in said(send(client, f"editions/{edition.ref}/withdraw/", reason="misprint"))
    principal = holder(world.district, "site_administrator", site=world.site)
    assert "It was printed wrong" in said(principal.get("/en/materials/recalls/"))
    with in_district(world.district.pk):
        task = Recall.objects.get()
    assert "Noted. Thank you." in said(send(principal, f"recalls/{task.ref}/done/", how="discarded"))
    assert "done already" in said(send(client, f"recalls/{task.ref}/done/", how="discarded"))
    assert world.site.name in said(client.get("/en/materials/recalls/?show=done"))


def test_a_wish_is_written_promised_from_outside_and_received(world: World, client: Client) -> None:
    assert "Please name a place first" in said(client.get("/en/materials/wishes/new/", follow=True))
    place = {"name": "Office", "street": "1 Main", "city": "Alder", "hours_en": "Tuesdays", "hours_es": "Martes"}
    assert "Write a wish" in said(send(client, "places/new/", **place, manner="desk"))
    with in_district(world.district.pk):
        where = DropOff.objects.get().ref
    told = {"title_en": "Snacks", "title_es": "Bocadillos", "purpose": "evening", "place": where, "wanted_count": 20}
    assert "from today on" in said(send(client, "wishes/new/", **told, last_on="2026-01-01"))
    assert "on the public list now" in said(send(client, "wishes/new/", **told, last_on="2026-12-20"))
    with in_district(world.district.pk):
        wish = DonorWish.objects.get().ref
    gift = {"title_en": "Puppets", "title_es": "Títeres", "purpose": "evening", "place": where, "language": "en"}
    assert "Please name the thing" in said(send(client, "gifts/new/", **{**gift, "title_en": "<3", "count": 2}))
    assert "thanks are on their way" in said(send(client, "gifts/new/", **gift, count=2))
    assert "thanks are on their way" in said(send(client, f"wishes/{wish}/gift/", language="es", count=3))
    donor = Client(SERVER_NAME="localhost")
    shown = donor.get("/es/wishes/")
    assert "Títeres" not in said(shown)
    assert ("Bocadillos" in said(shown), "17 de 20" in said(shown), shown.cookies) == (True, True, {})
    form = {"form_token": form_token("pledge-by-mail"), "email": "donor@example.org"}
    assert "from 1 to 17" in said(donor.post(f"/en/wishes/for/{wish}/", {**form, "count": 21}, headers=HERE))
    answer = donor.post(f"/en/wishes/for/{wish}/", {**form, "count": 5}, headers=HERE, follow=True)
    assert "look into your mailbox" in said(answer)
    with in_district(world.district.pk):
        pledge = Pledge.objects.get(email="donor@example.org").ref
    held = f"{pledge}/{page_key(pledge)}/"
    assert "Promise this?" in said(donor.get(f"/en/wishes/promise/{held}", follow=True))
    answer = donor.post(f"/en/wishes/prove/{held}", form, headers=HERE, follow=True)
    assert ("Please bring it by" in said(answer), answer["Cache-Control"], answer.cookies) == (True, "no-store", {})
    assert "donor@example.org" in said(client.get(f"/en/materials/wishes/{wish}/"))
    assert "say how many came" in said(send(client, f"promises/{pledge}/received/", count="", wish=wish))
    assert "received 8" in said(send(client, f"promises/{pledge}/received/", count=5, wish=wish))
    assert "no longer possible" in said(donor.post(f"/en/wishes/promise/{held}", form, headers=HERE))
    assert "Off the list" in said(send(client, f"wishes/{wish}/end/"))
    assert donor.get(f"/en/wishes/for/{wish}/").status_code == 404


def test_a_place_for_gifts_is_corrected_and_what_was_typed_stays(world: World) -> None:
    make_wish(world)
    client = client_of(world.coordinator)
    with in_district(world.district.pk):
        page = f"/en/materials/places/{DropOff.objects.get().ref}/"
    assert f'href="{page}"' in read_page(client, "/en/materials/wishes/")
    form = read_page(client, page)
    assert "Nobody has promised to bring something there now." in form and 'value="1 Main Street"' in form
    typed = {**asdict(OFFICE), "street": "9 Side Street"}
    refused = client.post(page, {**typed, "city": "", **seal_in(form)})
    assert refused.status_code == 422 and 'value="9 Side Street"' in refused.content.decode()
    done = client.post(page, {**typed, **seal_in(form)}, follow=True)
    assert "9 Side Street" in done.content.decode() and "Saved." in done.content.decode()
