"""The Cadre's pages as a coordinator and a consultant use them."""

from typing import Any

import pytest

from tests.factories.training import DAY, World, make_world
from tests.moments import AT, TODAY
from tests.web.training.test_pages import client_of
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import AvailabilityException, CadreMember, Skill, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(AT)
    return make_world()


def test_a_coordinator_keeps_a_member_and_what_was_typed_stays_when_refused(world: World) -> None:
    client, page = client_of(world.coordinator), f"/en/cadre/member/{world.near.ref}/"
    told = {"what": "skill", "skill-offering": "caregivers", "skill-part": "lead", "skill-starts_on": TODAY.isoformat()}
    assert client.post(page, told).status_code == 302
    with in_district(world.district.pk):
        assert Skill.objects.filter(member=world.near, offering="caregivers", part="lead").count() == 1
    refused = client.post(page, {**told, "skill-last_on": "2020-01-01"})
    assert refused.status_code == 422
    assert 'value="2020-01-01"' in refused.content.decode()
    assert "The last day lies before the first one" in refused.content.decode()
    limits = {"what": "limits", "limits-most_per_day": "3", "limits-most_per_week": "9", "limits-languages": ["es"]}
    assert client.post(page, {**limits, "limits-travel_miles": "20"}).status_code == 302
    with in_district(world.district.pk):
        member = CadreMember.objects.get(pk=world.near.pk)
        assert (member.most_per_day, member.travel_limit_km, member.languages) == (3, 32, ["es"])
    assert "Spanish" in client.get("/en/cadre/").content.decode()


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
    assert client.post(page, week).status_code == 302
    refused = client.post(page, {"what": "week", "week-starts_0_0": "12:00", "week-ends_0_0": "09:00"})
    assert "The end lies before the start" in refused.content.decode()
    away = {"what": "away", "away-starts_on": DAY.isoformat(), "away-last_on": DAY.isoformat()}
    assert client.post(page, away).status_code == 302
    with in_district(world.district.pk):
        ref = AvailabilityException.objects.get().ref
    assert client.post(f"/en/cadre/back/{world.near.ref}/", {"away": ref, "own": "yes"}).status_code == 302
    assert client.post(f"/en/cadre/back/{world.far.ref}/", {"away": ref}).status_code == 404
