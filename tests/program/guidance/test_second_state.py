"""A second state is data only: a district in Texas has its call screen and its clock without a line of code."""

import pytest
from tests.factories import make_actor, make_district
from tests.moments import TODAY

from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.selectors.guide import call_screen_for
from upstander.program.guidance.selectors.report import report_clock

pytestmark = pytest.mark.django_db


def staff_of(**where: str) -> Actor:
    district: District = make_district(**where)
    return make_actor(district)


def test_texas_has_its_call_screen() -> None:
    actor = staff_of(state_key="us-tx")
    with in_district(actor.district_id):
        screen = call_screen_for(actor=actor, language="en", on=TODAY)
    assert [line.dial for line in screen.emergency] == ["911"]
    assert screen.reporting == ()  # nobody has verified the state's number, so the page says that it is missing
    assert [fact.text for fact in screen.excluded] == ["In Texas, school district police cannot take this report."]
    assert screen.phone_duty and screen.phone_duty.text == "In Texas, report within 24 hours."
    shown = (*screen.assurances, *screen.after, *screen.excluded)
    assert not [fact.key for fact in shown if fact.key.startswith("ca.")]


def test_texas_has_its_clock() -> None:
    actor = staff_of(state_key="us-tx")
    with in_district(actor.district_id):
        clock = report_clock(actor=actor, language="en", on=TODAY)
    assert clock.duty and (clock.duty.key, clock.duty.hours) == ("report", 24)
    assert [fact.key for fact in clock.facts] == ["tx.report.hours"]


def test_a_county_that_is_not_published_stands_on_its_state() -> None:
    actor = staff_of(county_key="us-ca-san-diego")
    with in_district(actor.district_id):
        screen = call_screen_for(actor=actor, language="en", on=TODAY)
        clock = report_clock(actor=actor, language="en", on=TODAY)
    assert ([line.dial for line in screen.emergency], screen.reporting) == (["911"], ())
    assert [fact.key for fact in screen.excluded] == ["ca.report.school_police"]
    assert clock.duty and clock.duty.hours == 36
