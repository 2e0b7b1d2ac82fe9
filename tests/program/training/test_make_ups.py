"""Making up: only what was missed, once, and in the cycle it belongs to."""

import datetime as dt
from typing import Any

import pytest

from tests.factories.training import DAY, KNOWN, World, make_world
from tests.factories.visits import client_of
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.district.places.models import SchoolYear
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.compliance.models import Certificate, Completion
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.services import Terms, recompute_obligations, set_requirement
from upstander.program.training.models import Session
from upstander.program.training.selectors.make_ups import partials_of
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.make_ups import offer_make_up, record_made_up
from upstander.program.training.services.paper import Paper, enter_paper
from upstander.program.training.services.sessions import close_session

pytestmark = pytest.mark.django_db
ENDS = BEGINS + dt.timedelta(hours=1)
A_WEEK, TEN = dt.timedelta(days=7), dt.time(10)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def session(world: World) -> Session:
    """Held: one came in time, one twelve minutes late (enough), one twenty (not enough)."""
    session = confirmed(world)[1]
    late = dict(zip((person.ref for person in world.staff), (0, 12, 20), strict=True))
    with in_district(world.district.pk):
        enter_paper(actor=world.consultant, session_ref=session.ref, paper=Paper(late), at=ENDS)
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=ENDS)
    return session


def offer(world: World, session: Session, person: Any, on: dt.date = DAY + A_WEEK) -> None:
    with in_district(world.district.pk):
        offer_make_up(
            actor=world.consultant, session_ref=session.ref, person_ref=person.ref, on=on, starts=TEN, at=ENDS
        )


def made(world: World, session: Session, person: Any, at: dt.datetime) -> None:
    with in_district(world.district.pk):
        record_made_up(actor=world.coordinator, session_ref=session.ref, person_ref=person.ref, at=at)


def test_a_session_asks_for_four_fifths_of_its_minutes_and_the_rest_is_made_up(world: World, session: Session) -> None:
    short = world.staff[2]
    with in_district(world.district.pk):
        assert session.minimum_minutes == 48
        assert Completion.objects.count() == 2
        found = partials_of(actor=world.coordinator, ref=session.ref, at=ENDS)[1]
    assert [(each.person, each.minutes, each.missed, each.is_made) for each in found] == [(short, 40, 20, False)]
    offer(world, session, short)
    with pytest.raises(WrongState):
        made(world, session, short, ENDS)
    made(world, session, short, ENDS + A_WEEK)
    with pytest.raises(WrongState):
        made(world, session, short, ENDS + A_WEEK)
    with in_district(world.district.pk):
        completion = Completion.objects.get(person=short)
        assert (completion.completed_on, completion.evidence_ref) == (DAY + A_WEEK, session.ref)
        assert Certificate.objects.filter(completion=completion).count() == 1


def test_only_who_missed_a_part_and_only_in_time(world: World, session: Session) -> None:
    whole, _enough, short = world.staff
    with pytest.raises(NotFound):
        offer(world, session, whole)
    for on in (DAY - A_WEEK, DAY + 30 * A_WEEK):
        with pytest.raises(Invalid):
            offer(world, session, short, on)
    with in_district(world.district.pk), pytest.raises(NotFound):
        partials_of(actor=world.administrator, ref=session.ref, at=ENDS)


def test_a_new_cycle_asks_for_a_whole_session(world: World, session: Session) -> None:
    terms = Terms(
        subject=AWARENESS,
        audience="all_staff",
        cadence="school_year",
        threshold_percent=80,
        validity_months=12,
        title_en="Awareness",
        title_es="Concientización",
        source_en="Made up",
        source_es="Inventado",
        owner_en="Office",
        owner_es="Oficina",
    )
    with in_district(world.district.pk):
        for name, first, until in (("one", (2026, 8, 1), (2026, 12, 1)), ("two", (2026, 12, 1), (2027, 6, 1))):
            dates = {"starts_on": dt.date(*first), "ends_on": dt.date(*until)}
            SchoolYear.objects.create(district_id=world.district.pk, name=name, **dates)
        set_requirement(actor=world.coordinator, terms=terms, starts_on=dt.date(2026, 8, 1), at=ENDS)
        recompute_obligations(actor=world.coordinator, at=ENDS)
    offer(world, session, world.staff[2], dt.date(2026, 11, 30))
    with pytest.raises(Invalid, match="next cycle"):
        offer(world, session, world.staff[2], dt.date(2026, 12, 1))


def test_the_page_sets_a_time_and_notes_that_it_was_made_up(world: World, session: Session, set_clock: Any) -> None:
    set_clock(ENDS + A_WEEK)
    client, short = client_of(world.consultant), world.staff[2]
    page = f"/es/training/mine/{session.ref}/make-ups/"
    day = {"person": short.ref, "on": (DAY + A_WEEK).isoformat()}
    assert client.post(page, {**day, "starts": ""}).status_code == 422
    assert client.post(page, {**day, "starts": "10:00"}).status_code == 302
    assert short.full_name in client.get(page).content.decode()
    client.post(f"/es/training/mine/{session.ref}/made-up/", {"person": short.ref})
    assert "recuperado" in client.get(page).content.decode()


def test_who_was_ticked_off_at_the_start_has_all_of_it(world: World) -> None:
    session = confirmed(world)[1]
    with in_district(world.district.pk):
        from_start: dict[str, Any] = {
            "session_ref": session.ref,
            "person_ref": world.staff[0].ref,
            "present": True,
            "at": BEGINS,
        }
        enter_paper(actor=world.consultant, session_ref=session.ref, paper=Paper({}), at=BEGINS)
        tick(actor=world.consultant, **from_start)
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=ENDS)
        assert partials_of(actor=world.consultant, ref=session.ref, at=ENDS)[1] == []
