"""Sites that train several audiences apart, as the pages of a plan show them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.factories.plans import FIRST, FOUR, TWO, add_parted_school, add_school, draft_plan, make_year_world
from tests.factories.training import World, ask
from tests.factories.visits import client_of
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import PlanEntry
from upstander.program.training.services.requests import Window
from upstander.web.plans.sides import PER_PAGE

pytestmark = pytest.mark.django_db
STAFF = {"teacher": 4, "classified": 3}


@pytest.fixture
def world(set_clock: Any) -> World:
    set_clock(AT)
    return make_year_world(0)


@pytest.fixture
def coordinator(world: World) -> Client:
    return client_of(world.coordinator)


def test_what_a_site_asked_for_without_hours_is_named_with_its_request_as_the_next_step(
    world: World, coordinator: Client
) -> None:
    site = add_parted_school(world, STAFF)
    asked = ask(world, site, audience="leaders", windows=(Window(FIRST, TWO, FOUR),))
    with in_district(world.district.pk):
        plan = draft_plan(world, first_on=FIRST + dt.timedelta(days=1))
        entry = PlanEntry.objects.get(plan=plan, part="leaders")
    for path in (f"/en/training/plans/{plan.ref}/", f"/en/training/planned/{entry.ref}/"):
        page = coordinator.get(path).content.decode()
        assert f"{site.name}: Site leaders and designees" in page
        assert "No hours of this group are left in this year." in page
        assert "The site asked for this itself on" in page
        assert f'href="/en/training/queue/{asked.ref}/"' in page


def test_a_wish_for_everyone_where_hours_are_for_groups_is_named_as_the_reason(
    world: World, coordinator: Client
) -> None:
    site = add_parted_school(world, STAFF)
    asked = ask(world, site, audience="all_staff", windows=(Window(FIRST, TWO, FOUR),))
    with in_district(world.district.pk):
        plan = draft_plan(world, first_on=FIRST + dt.timedelta(days=1))
    page = coordinator.get(f"/en/training/plans/{plan.ref}/").content.decode()
    assert "everyone is free whom its request names. Put days or a group into the request" in page
    assert "No window of the site is left in this year." not in page
    assert f'href="/en/training/queue/{asked.ref}/"' in page


def test_an_audience_without_hours_leads_to_the_page_that_takes_them(world: World, coordinator: Client) -> None:
    add_parted_school(world, {**STAFF, "support": 3})
    with in_district(world.district.pk):
        plan = draft_plan(world)
    page = coordinator.get(f"/en/training/plans/{plan.ref}/").content.decode()
    assert "No hours of this group are left in this year." in page
    assert 'href="/en/training/plans/windows/#add"' in page
    assert "The site asked for this itself" not in page


def test_a_large_plan_is_read_by_pages_and_counts_all_its_sites(world: World, coordinator: Client) -> None:
    for number in range(PER_PAGE + 1):
        add_school(world, f"Oak {number:02}")
    with in_district(world.district.pk):
        plan = draft_plan(world)
    path = f"/en/training/plans/{plan.ref}/schools/"
    pages = [coordinator.get(path, {"page": number}).content.decode() for number in (1, 2)]
    assert [page.count("/en/training/planned/") for page in pages] == [PER_PAGE, 2]
    assert all(f"{PER_PAGE + 2} sites" in page for page in pages)
