"""A district may adopt its own county's rule and no other, by date; the past stays told."""

import datetime as dt

import pytest
from tests.factories import make_actor, make_district
from tests.moments import AT, TODAY

from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState
from upstander.program.law.models import RuleAdoption
from upstander.program.law.selectors import adopted_rule, jurisdiction_of
from upstander.program.law.services import adopt_rule_set, end_rule_set

pytestmark = pytest.mark.django_db

SAN_MATEO, LOS_ANGELES = "us-ca-san-mateo", "us-ca-los-angeles"
LATER = TODAY + dt.timedelta(days=30)


@pytest.fixture
def coordinator(district: District) -> Actor:
    return make_actor(district)


def adopt(actor: Actor, pack: str = SAN_MATEO, starts_on: dt.date = TODAY) -> RuleAdoption:
    with in_district(actor.district_id):
        return adopt_rule_set(actor=actor, pack=pack, rule="at_risk", starts_on=starts_on, at=AT)


def rule_on(actor: Actor, on: dt.date) -> str | None:
    with in_district(actor.district_id):
        held = adopted_rule(actor=actor, on=on)
    return held[1].key if held else None


def test_no_rule_is_walked_before_the_district_adopts_one(coordinator: Actor) -> None:
    assert rule_on(coordinator, TODAY) is None


def test_an_adopted_rule_holds_from_its_day(coordinator: Actor) -> None:
    adoption = adopt(coordinator)
    assert rule_on(coordinator, TODAY) == "at_risk"
    assert rule_on(coordinator, TODAY - dt.timedelta(days=1)) is None
    with in_district(coordinator.district_id):
        event = AuditEvent.objects.get(event="law.rule_adopted")
    assert event.subject_ref == adoption.ref
    assert event.data == {"pack": SAN_MATEO, "rule": "at_risk", "edition": 1, "starts_on": str(TODAY)}


def test_a_rule_is_adoptable_only_in_its_own_county() -> None:
    elsewhere = make_actor(make_district("fork", "north.localhost", county_key=LOS_ANGELES))
    for pack in (SAN_MATEO, LOS_ANGELES):
        with pytest.raises(Invalid):
            adopt(elsewhere, pack)


def test_a_district_without_county_can_adopt_nothing_and_stands_on_its_state() -> None:
    actor = make_actor(make_district())
    with pytest.raises(Invalid):
        adopt(actor)
    with in_district(actor.district_id):
        assert jurisdiction_of(actor=actor, on=TODAY).name.en == "California"


def test_a_second_adoption_waits_for_the_end_of_the_first(coordinator: Actor) -> None:
    adopt(coordinator)
    with pytest.raises(WrongState):
        adopt(coordinator, starts_on=LATER)


def test_an_ended_rule_stays_true_for_its_days(coordinator: Actor) -> None:
    adopt(coordinator)
    with in_district(coordinator.district_id):
        end_rule_set(actor=coordinator, ends_on=LATER, at=AT)
    assert rule_on(coordinator, TODAY) == "at_risk"
    assert rule_on(coordinator, LATER) is None
    adopt(coordinator, starts_on=LATER)
    assert rule_on(coordinator, LATER) == "at_risk"


def test_what_never_began_cannot_end(coordinator: Actor) -> None:
    with in_district(coordinator.district_id), pytest.raises(WrongState):
        end_rule_set(actor=coordinator, ends_on=LATER, at=AT)
    adopt(coordinator)
    with in_district(coordinator.district_id), pytest.raises(Invalid):
        end_rule_set(actor=coordinator, ends_on=TODAY, at=AT)


def test_only_who_may_adopt_law_adopts_it(district: District) -> None:
    with pytest.raises(NotAllowed):
        adopt(make_actor(district, "site_administrator"))
