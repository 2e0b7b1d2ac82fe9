"""The demo's year of trainings: half done, every story met, and the demo's own people half way."""

import datetime as dt

import pytest
from tests.moments import AT, TODAY

from upstander.commands.demo import completions, districts, sites, staff
from upstander.commands.demo.content import seed_actor
from upstander.commands.demo.people import PEOPLE
from upstander.district.people.models import Person
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.insights.coverage import Board, board_for
from upstander.program.compliance.models import Certificate, Completion, Retraction
from upstander.program.compliance.selectors.coverage import Wanted


def board(actor: Actor, on: dt.date) -> Board:
    wanted = Wanted(size=None)
    return board_for(actor=actor, on=on, known_at=AT + dt.timedelta(hours=1), language="en", wanted=wanted)


def test_a_year_of_history_is_half_done(demo_database: None) -> None:
    district = District.objects.get(key="alder-valley")
    actor = seed_actor(district.pk, "coverage.read")
    with in_district(district.pk):
        today, spring = board(actor, TODAY), board(actor, dt.date(2026, 5, 15))
        assert today.coverage and today.asked and spring.coverage and spring.asked
        assert (today.asked.threshold_percent, spring.asked.threshold_percent) == (80, 70)
        whole = today.coverage.whole
        assert 0.3 < whole.trained_count / whole.school_count < 0.75
        assert spring.coverage.whole.trained_count > 0
        shares = [line.percent for line in today.coverage.schools]
        assert 0 in shares and any(0 < share < 80 for share in shares)
        awareness = Completion.objects.filter(subject="csec-awareness")
        assert Certificate.objects.count() == awareness.count()
        assert Retraction.objects.count() == completions.TAKEN_BACK
        teacher = Person.objects.get(staff_number=next(p.staff_number for p in PEOPLE if p.post == "teacher"))
        assert Completion.objects.filter(person=teacher, expires_on__gt=TODAY).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-07-05", "2026-08-20"])  # two more with the trainings that build on them
def test_it_can_be_seeded_on_any_day_of_the_year(day: str) -> None:
    at = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(18), dt.UTC)
    for step in (districts, sites, staff):
        step.seed(at=at, size="demo", number=3)
    assert completions.seed(at=at, size="demo", number=3)["completions"] > 300
