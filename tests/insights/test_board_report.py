"""The board report: a second count agrees, few people are never told of, and a school with nothing is in the list."""

import datetime as dt
from collections import Counter
from dataclasses import astuple
from functools import partial

import pytest

from tests.factories import make_site
from tests.factories.training import DAY, make_world
from tests.moments import AT
from tests.program.compliance.obligations_again import Books
from tests.program.compliance.second_route import coverage_again
from tests.program.compliance.test_obligations import LAW, hand
from tests.program.compliance.test_packs import KNOWN, asking
from tests.program.compliance.world import SUBJECT, World, moment, terms
from tests.program.training.test_phases import held
from upstander.district.places.services import add_school_year
from upstander.engines.suppression import FEWEST
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed
from upstander.insights.board_report import board_report, share
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.services import set_requirement
from upstander.program.library.services.campaigns import count_campaign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (50, 100, (100, 50, 50)),
        (FEWEST, 2 * FEWEST, (2 * FEWEST, FEWEST, FEWEST)),
        (FEWEST - 1, 100, (100, None, None)),
        (100 - FEWEST + 1, 100, (100, None, None)),  # the few who are left would follow from it
        (100, 100, (100, None, None)),
        (0, 100, (100, None, None)),
        (5, 10, (None, None, None)),
    ],
)
def test_neither_few_nor_all_but_few_are_told(part: int, whole: int, told: tuple[int | None, ...]) -> None:
    assert astuple(share(part, whole)) == told


def test_a_second_count_agrees_with_the_report() -> None:
    world, on = World(9), dt.date(2025, 10, 20)
    with in_district(world.district.pk):
        actor = lend(asking(world), "proof.board")
        report = board_report(actor=actor, on=on, known_at=KNOWN, language="en")
        sites = coverage_again(SUBJECT, on, KNOWN)
        books, (law,) = Books(KNOWN), Requirement.objects.filter(subject=LAW)
        states = Counter(state[0] for person in world.people if (state := books.state(law, person.pk, on)))
        with pytest.raises(NotAllowed):
            board_report(actor=hand(world.district), on=on, known_at=KNOWN, language="en")
    assert sites
    assert report.trained_count == sum(trained for _staff, _done, trained in sites.values())
    assert {each.line.ref for each in report.zero} == {ref for ref, (_staff, done, _is) in sites.items() if not done}
    assert {each.line.ref for each in report.schools} == set(sites)
    (part,) = report.due
    staff = states.total() - states["excused"]
    assert part.done == share(states["done"], staff)
    assert part.overdue in (None, states["overdue"])


def test_evenings_are_told_by_school_and_a_school_with_nothing_is_listed() -> None:
    world = make_world()
    held(world, "evening")
    with in_district(world.district.pk):
        actor, first = hand(world.district), dt.date(2026, 8, 10)
        set_requirement(actor=actor, terms=terms(), starts_on=first, at=moment(first))
        add_school_year(actor=actor, name="2026-27", starts_on=first, ends_on=dt.date(2027, 6, 5), at=AT)
    make_site(world.district, "Held nothing")
    with in_district(world.district.pk):
        later = AT + dt.timedelta(days=60)
        report = board_report(actor=world.coordinator, on=DAY, known_at=later, language="en")
    told = {school.line.name: (school.evening_count, school.presentation_count) for school in report.schools}
    assert told[world.site.name] == (1, 0) and told["Held nothing"] == (0, 0)
    assert (report.evening_schools, report.presentation_schools, report.year) == (1, 0, "2026-27")


def test_a_school_counts_for_campaigns_while_it_is_signed_up_as_known_then() -> None:
    world, first, day = make_world(), dt.date(2026, 8, 10), dt.date(2027, 1, 12)
    signed_up, undone = (AT + dt.timedelta(days=days) for days in (60, 61))
    actor = lend(world.coordinator, "campaigns.join")
    count = partial(count_campaign, actor=actor, campaign="wear_blue", year=2027, site_ref=world.site.ref, on=day)
    with in_district(world.district.pk):
        add_school_year(actor=hand(world.district), name="2026-27", starts_on=first, ends_on=dt.date(2027, 6, 5), at=AT)
        count(people=240, at=signed_up)
        count(people=None, at=undone)
        told = [
            board_report(actor=world.coordinator, on=on, known_at=known_at, language="en").campaigns
            for on, known_at in ((day, signed_up), (day - dt.timedelta(days=10), signed_up), (day, undone))
        ]
    assert [each and astuple(each) for each in told] == [(1, 1, 0), (0, 1, 0), (0, 1, 0)]
