"""Whoever answers for many sites finds the steps of each without a code, and nobody finds those of others."""

import html

import pytest

from tests.factories import make_actor, make_site
from tests.factories.guide import GuideWorld as World
from tests.factories.visits import client_of
from tests.moments import AT
from upstander.district.places.models import District
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.law.content import Line
from upstander.program.law.services.local import Thing, propose_entry, sign_entry

LIST, BRANCH = "/en/guide/door/sites/", "/en/guide/door/when/campus/"


@pytest.fixture
def named(world: World) -> World:
    """The world, with somebody named at its first site."""
    district = District.objects.get(key="alder")
    lines = [Line(Text("Counselor on duty", "Consejería de turno"), "(650) 555-0191", "", None)]
    first, second = make_actor(district), make_actor(district)
    with in_district(district.pk):
        entry = propose_entry(actor=first, thing=Thing("steps", site_ref=world.site.ref), lines=lines, at=AT)
        sign_entry(actor=second, ref=entry.ref, over="", at=AT)
    return world


def test_a_coordinator_goes_from_the_branch_to_the_list_to_a_sites_people_and_the_call_stays_in_reach(
    named: World,
) -> None:
    reader = client_of(make_actor(District.objects.get(key="alder")))
    steps = f"{LIST}{named.site.ref}/"
    pages = [html.unescape(reader.get(path).content.decode()) for path in (BRANCH, LIST, steps)]
    assert (f'href="{LIST}"' in pages[0], f'href="{steps}"' in pages[1]) == (True, True)
    assert pages[1].count("(nobody named yet)") == 1
    assert "Counselor on duty" in pages[2]
    assert all('href="/en/guide/call/"' in page for page in pages)
    assert f'href="/en/guide/call/at/{named.site.ref}/"' in pages[2]


def test_a_sites_administrator_finds_their_own_site_and_no_other(named: World) -> None:
    district = District.objects.get(key="alder")
    reader = client_of(make_actor(district, "site_administrator", site=make_site(district, "Cedar High")))
    listed = reader.get(LIST).content.decode()
    assert ("Cedar High" in listed, "Alder High" in listed) == (True, False)
    assert reader.get(f"{LIST}{named.site.ref}/").status_code == 404


def test_behind_a_sites_code_no_list_is_offered(named: World) -> None:
    reader = client_of(make_actor(District.objects.get(key="alder"), "teacher"))
    assert LIST not in reader.get(f"/en/guide/door/{named.code}/when/campus/").content.decode()
    assert "belongs to no one site" in reader.get(LIST).content.decode()
