"""The demo's year of training: the Cadre, a queue of all ages, a session today, and any day to begin on."""

import datetime as dt
from collections import Counter

import pytest
from tests.moments import AT, TODAY

from upstander.commands.demo import completions, districts, sites, staff, training
from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import CadreMember, Request, Session

SEEDED_BY = AT + dt.timedelta(hours=1)
STEPS = (districts, sites, staff, completions, training)


def seed(at: dt.datetime) -> District:
    for step in STEPS:
        step.seed(at=at, size="demo", number=20)
    return District.objects.get(key="alder-valley")


def test_some_wait_some_are_planned_some_were_held_and_one_is_today(demo_database: None) -> None:
    district = District.objects.get(key="alder-valley")
    with in_district(district.pk):
        states = Counter(Request.objects.values_list("state", flat=True))
        assert set(states) == {"waiting", "planned", "confirmed", "underway", "delivered", "declined", "withdrawn"}
        assert 35 <= states.total() <= 70  # the year plan, the shelf and the evenings bring some of their own
        held = Request.objects.filter(state="delivered", kind__in=("training", "evening"))
        assert Counter(held.values_list("kind", flat=True)) == {"training": 10, "evening": 4}
        ages = {
            (SEEDED_BY - since).days
            for since in Request.objects.filter(state="waiting").values_list("requested_at", flat=True)
        }
        assert {0, 16} <= ages
        assert CadreMember.objects.count() == 9
        today = Session.objects.get(on=TODAY)
        assert today.state == "confirmed"
        assert today.assignments.get().member.person.staff_number == "200004"


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["2026-08-12T06:30", "2027-01-02T07:45"])
def test_it_can_be_seeded_on_any_day_at_any_hour(moment: str) -> None:
    district = seed(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))
    with in_district(district.pk):
        assert Session.objects.filter(state="confirmed").exists()
        assert Request.objects.filter(state="waiting").exists()
