"""The registry of the district's own policy: which version was in force on which day, and nothing is erased."""

import datetime as dt

import pytest
from django.db import ProgrammingError
from tests.factories import make_actor, make_district, make_site
from tests.moments import AT, TODAY

from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed
from upstander.program.law.models import PolicyVersion
from upstander.program.law.selectors.registry import policy_history, policy_on
from upstander.program.law.services.registry import add_policy_version

pytestmark = pytest.mark.django_db
LAST_YEAR = TODAY - dt.timedelta(days=365)


@pytest.fixture
def coordinator() -> Actor:
    return make_actor(make_district())


def add(actor: Actor, number: str, starts_on: dt.date, address: str = "https://policy.example.org/1347") -> None:
    with in_district(actor.district_id):
        add_policy_version(
            actor=actor, number=number, name="Reporting", starts_on=starts_on, address=address, reviewed_on=None, at=AT
        )


def number_on(actor: Actor, on: dt.date) -> str | None:
    with in_district(actor.district_id):
        found = policy_on(actor=visitor(actor.district_id), on=on)
    return found.number if found else None


def test_the_version_of_a_day_is_the_last_one_begun(coordinator: Actor) -> None:
    add(coordinator, "BUL-1347.5", TODAY)
    add(coordinator, "BUL-1347.4", LAST_YEAR)
    days = (LAST_YEAR - dt.timedelta(days=1), LAST_YEAR, TODAY - dt.timedelta(days=1), TODAY)
    assert [number_on(coordinator, on) for on in days] == [None, "BUL-1347.4", "BUL-1347.4", "BUL-1347.5"]
    with in_district(coordinator.district_id):
        history = policy_history(actor=coordinator, on=TODAY)
    told = [(v.version.number, v.superseded_by.number if v.superseded_by else None, v.holds) for v in history]
    assert told == [("BUL-1347.5", None, True), ("BUL-1347.4", "BUL-1347.5", False)]


def test_a_mistake_is_put_right_by_a_later_row_for_the_same_day(coordinator: Actor) -> None:
    add(coordinator, "BUL-1374.5", TODAY)
    add(coordinator, "BUL-1347.5", TODAY)
    assert number_on(coordinator, TODAY) == "BUL-1347.5"


@pytest.mark.parametrize("address", ["http://policy.example.org", "javascript:alert(1)", "https://", "bulletin 1347"])
def test_an_address_is_https_or_none(coordinator: Actor, address: str) -> None:
    with pytest.raises(Invalid, match="https://"):
        add(coordinator, "BUL-1", TODAY, address)


def test_a_version_cannot_be_changed_or_erased(coordinator: Actor) -> None:
    add(coordinator, "BUL-1347.5", TODAY)
    for change in (lambda: PolicyVersion.objects.update(number="x"), lambda: PolicyVersion.objects.all().delete()):
        with in_district(coordinator.district_id), pytest.raises(ProgrammingError, match="permission denied"):
            change()


def test_who_answers_for_one_site_enters_no_policy_of_the_district() -> None:
    district = make_district()
    with pytest.raises(NotAllowed):
        add(make_actor(district, "site_administrator", site=make_site(district)), "BUL-1", TODAY)
