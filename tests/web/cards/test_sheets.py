"""The sheet of a site: all its numbers and people, and what is missing shown as missing."""

import html
import io
from typing import NamedTuple

import pikepdf
import pytest
from django.test import Client

from tests.factories import make_actor, make_station
from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.visits import holder
from tests.moments import AT, TODAY
from upstander.district.places.models import District, LawStation, Site
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.law.content import Line
from upstander.program.law.services.local import Thing, propose_entry, sign_entry
from upstander.program.law.services.registry import add_policy_version, sign_policy_version


class World(NamedTuple):
    guide: GuideWorld
    principal: Client
    coordinator: Client


@pytest.fixture
def world(db: None) -> World:
    guide = make_guide_world()
    home = District.objects.get(pk=guide.site.district_id)
    return World(
        guide,
        holder(home, "site_administrator", name="Robin Site_Administrator", site=guide.bare_site),
        holder(home, "coordinator", name="Robin Coordinator"),
    )


def page(client: Client, site: Site, language: str = "en", status: int = 200) -> str:
    response = client.get(f"/{language}/cards/site/{site.ref}/")
    assert response.status_code == status
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_names_every_number_and_everyone_who_helps(world: World, language: str) -> None:
    found = page(world.coordinator, world.guide.site, language)
    for words in ("911", "1-800-632-4615", "Alder City Police", "650-555-0110", "Robin Coordinator"):
        assert words in found, words
    assert {"en": "school security cannot take this report", "es": "no pueden recibir este reporte"}[language] in found


def test_a_missing_number_is_a_blank_a_line_at_the_top_and_a_task(world: World) -> None:
    found = page(world.principal, world.guide.bare_site)
    missing = found.split('id="missing"')[1].split("</section>")[0]
    assert "Police or sheriff" in missing and "Region lead" in missing
    assert "Missing. Ask your coordinator." in found
    home = html.unescape(world.principal.get("/en/staff/").content.decode())
    task = "Enter the number of your police or sheriff’s station"
    assert task in home
    station = make_station(District.objects.get(pk=world.guide.site.district_id))
    with in_district(world.guide.site.district_id):
        Site.objects.filter(pk=world.guide.bare_site.pk).update(law_station=station)
    assert task not in html.unescape(world.principal.get("/en/staff/").content.decode())


def test_a_site_out_of_reach_is_not_there(world: World) -> None:
    page(world.principal, world.guide.site, status=404)
    assert world.principal.get(f"/en/cards/site/{world.guide.site.ref}/pdf/").status_code == 404


def test_it_holds_the_sites_own_steps_and_the_districts_policy_once_they_are_entered(world: World) -> None:
    site, at = world.guide.site, District.objects.get(pk=world.guide.site.district_id)
    first, second = make_actor(at), make_actor(at)
    with in_district(at.pk):
        for thing, name, phone in (
            (Thing("steps", site_ref=site.ref), "Sam Doe, counselor", "650-555-0120"),
            (Thing("coordinator"), "Program office", "650-555-0121"),
        ):
            line = Line(Text(name, name), phone, "", TODAY)
            entry = propose_entry(actor=first, thing=thing, lines=[line], at=AT)
            sign_entry(actor=second, ref=entry.ref, over="", at=AT)
        version = {"number": "BUL-7", "name": "Reporting", "address": "https://policy.example.org/7"}
        entered = add_policy_version(actor=first, starts_on=TODAY, reviewed_on=None, at=AT, **version)
        sign_policy_version(actor=second, ref=entered.ref, at=AT)
    found = page(world.coordinator, site)
    for words in ("Sam Doe, counselor", "650-555-0120", "650-555-0121", "BUL-7", "Reporting"):
        assert words in found, words


def test_school_police_cannot_be_entered_at_all(world: World) -> None:
    assert {kind.value for kind in LawStation.Kind} == {"city_police", "county_sheriff"}


@pytest.mark.parametrize(("language", "order"), [("en", ["en", "es"]), ("es", ["es", "en"])])
def test_on_paper_it_has_one_side_for_each_language(world: World, language: str, order: list[str]) -> None:
    response = world.coordinator.get(f"/{language}/cards/site/{world.guide.site.ref}/pdf/")
    assert response["Content-Disposition"] == 'inline; filename="sheet.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        links = [str(side.Annots[0].A.URI) for side in pdf.pages]
        site = f"guide/call/at/{world.guide.site.ref}/"
        assert links == [f"http://localhost/{each}/{site}" for each in order]
        assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang) == language
        assert str(pdf.docinfo["/Title"]) == "Upstander"


def named(site: Site, lines: list[Line]) -> None:
    district = District.objects.get(pk=site.district_id)
    first, second = make_actor(district), make_actor(district)
    with in_district(district.pk):
        entry = propose_entry(actor=first, thing=Thing("steps", site_ref=site.ref), lines=lines, at=AT)
        sign_entry(actor=second, ref=entry.ref, over="", at=AT)


@pytest.mark.parametrize(
    ("language", "link"), [("en", "Name who acts at this school"), ("es", "Indicar quién actúa en esta escuela")]
)
def test_whoever_stands_in_is_one_line_that_leads_to_the_schools_own_form(
    world: World, language: str, link: str
) -> None:
    site = world.guide.bare_site
    before = page(world.principal, site, language)
    missing = before.split('id="missing"')[1].split("</section>")[0]
    assert f'<a href="/{language}/local/change/steps/{site.ref}/">{link}</a>' in missing
    assert "Robin Site_Administrator" not in missing and "Robin Site_Administrator" in before
    named(
        site,
        [Line(Text("Sam Doe", "Sam Doe"), "650-555-0120", "", None), Line(Text("Kim Roe", "Kim Roe"), "", "", None)],
    )
    after = page(world.principal, site, language)
    missing = after.split('id="missing"')[1].split("</section>")[0]
    assert link not in after and "Kim Roe" not in missing
    assert "Sam Doe" in after and "Kim Roe" in after and "Robin Site_Administrator" not in after


def test_on_paper_it_stays_one_page_a_language_with_the_most_people_and_the_longest_names(world: World) -> None:
    long = "Assistant principal of the upper school and the annex " + "here"
    lines = [Line(Text(long, long), f"(650) 555-01{n:02} ext. 123456", long, None) for n in range(6)]
    named(world.guide.site, lines)
    response = world.coordinator.get(f"/en/cards/site/{world.guide.site.ref}/pdf/")
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert len(pdf.pages) == 2
