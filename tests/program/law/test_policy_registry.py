"""The registry of the district's own policy: which version was in force on which day, and nothing is erased."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError
from tests.factories import make_actor, make_district, make_region, make_site
from tests.moments import AT, TODAY

from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.law.models import PolicySignature, PolicyVersion
from upstander.program.law.selectors.registry import policy_history, policy_on
from upstander.program.law.services.registry import add_policy_version, sign_policy_version

pytestmark = pytest.mark.django_db
LAST_YEAR = TODAY - dt.timedelta(days=365)


@pytest.fixture
def coordinator() -> Actor:
    return make_actor(make_district())


def enter(
    actor: Actor, number: str, starts_on: dt.date = TODAY, address: str = "https://policy.example.org/1347"
) -> PolicyVersion:
    with in_district(actor.district_id):
        return add_policy_version(
            actor=actor, number=number, name="Reporting", starts_on=starts_on, address=address, reviewed_on=None, at=AT
        )


def sign(actor: Actor, version: PolicyVersion) -> None:
    with in_district(actor.district_id):
        sign_policy_version(actor=actor, ref=version.ref, at=AT)


def add(actor: Actor, number: str, starts_on: dt.date) -> None:
    """Entered, and signed by another coordinator."""
    version = enter(actor, number, starts_on)
    sign(make_actor(District.objects.get(pk=actor.district_id)), version)


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


@pytest.mark.parametrize(
    "address",
    ["http://policy.example.org", "javascript:alert(1)", "https://", "bulletin 1347", "https://a.example@b.example/"],
)
def test_an_address_is_https_or_none(coordinator: Actor, address: str) -> None:
    with pytest.raises(Invalid, match="https://"):
        enter(coordinator, "BUL-1", TODAY, address)


@pytest.mark.parametrize("number", ["Hotline now 900-555-0666", "BUL: call me", ""])
def test_a_number_is_what_the_policy_is_filed_under(coordinator: Actor, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(coordinator, number)
    assert refused.value.field == "number"


def test_nobody_else_sees_a_version_until_a_second_person_has_signed_it(coordinator: Actor) -> None:
    version = enter(coordinator, "BUL-1347.5")
    assert number_on(coordinator, TODAY) is None
    with pytest.raises(WrongState, match="second person"):
        sign(coordinator, version)
    district = District.objects.get(pk=coordinator.district_id)
    with pytest.raises(NotFound):
        sign(make_actor(district, "site_administrator", site=make_site(district)), version)
    with pytest.raises(NotFound):
        sign(make_actor(make_district("fork", "north.localhost")), version)
    lead = make_actor(district, "region_lead", region=make_region(district))
    sign(lead, version)
    assert number_on(coordinator, TODAY) == "BUL-1347.5"
    with pytest.raises(WrongState, match="signed this version already"):
        sign(lead, version)


def test_the_database_refuses_a_signature_under_ones_own_version(coordinator: Actor) -> None:
    version = enter(coordinator, "BUL-1347.5")
    own = {"entered_by_id": coordinator.account_id, "signed_by_id": coordinator.account_id}
    with in_district(coordinator.district_id), pytest.raises(IntegrityError, match="policy_second_person"):
        PolicySignature.objects.create(district_id=coordinator.district_id, version=version, signed_at=AT, **own)


def test_a_version_cannot_be_changed_or_erased(coordinator: Actor) -> None:
    enter(coordinator, "BUL-1347.5")
    for change in (lambda: PolicyVersion.objects.update(number="x"), lambda: PolicyVersion.objects.all().delete()):
        with in_district(coordinator.district_id), pytest.raises(ProgrammingError, match="permission denied"):
            change()


def test_who_answers_for_one_site_enters_no_policy_of_the_district() -> None:
    district = make_district()
    with pytest.raises(NotAllowed):
        enter(make_actor(district, "site_administrator", site=make_site(district)), "BUL-1")


def test_all_that_cannot_be_a_policy_is_told_at_once(coordinator: Actor) -> None:
    with in_district(coordinator.district_id), pytest.raises(Invalid) as refused:
        add_policy_version(
            actor=coordinator,
            number="650-555-0100",
            name="Ask 650-555-0100",
            name_es="Llame al 650-555-0100",
            starts_on=TODAY,
            address="http://policy.example.org",
            reviewed_on=TODAY + dt.timedelta(days=1),
            at=AT,
        )
    told = [each.field for each in (refused.value, *refused.value.also)]
    assert told == ["number", "name", "name_es", "address", "reviewed_on"]
