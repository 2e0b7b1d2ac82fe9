"""Making up: only what was missed, once, and in the cycle it belongs to."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_person
from tests.factories.training import DAY, KNOWN, World, ask, make_consultant
from tests.factories.visits import client_of
from tests.moments import AT
from tests.program.training.test_sessions import BEGINS, assign, confirmed
from upstander.district.people.models import Person
from upstander.district.places.models import SchoolYear
from upstander.engines.presence import Stay
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.foundation.notices.services import drawn
from upstander.program.compliance.models import Certificate, Completion
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.services import Terms, recompute_obligations, set_requirement
from upstander.program.training.models import Session
from upstander.program.training.selectors.make_ups import Fit, open_partials, partials_of
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.make_ups import call_off_make_up, offer_make_up, record_made_up
from upstander.program.training.services.paper import Paper, enter_paper
from upstander.program.training.services.requests import Window
from upstander.program.training.services.sessions import close_session, confirm_session

pytestmark = pytest.mark.django_db
ENDS = BEGINS + dt.timedelta(hours=1)
QUERIES = 12
A_WEEK, TEN = dt.timedelta(days=7), dt.time(10)


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


def test_what_is_open_stands_in_one_list_with_the_next_time_that_fits(world: World, session: Session) -> None:
    short, other = world.staff[2], make_person(world.district)
    with in_district(world.district.pk):
        sheet = Paper({other.ref: 0}, left_early={other.ref: 20})
        enter_paper(actor=world.consultant, session_ref=session.ref, paper=sheet, at=ENDS)

    def lines(actor: Actor, at: dt.datetime = ENDS) -> dict[str, tuple[Any, ...]]:
        with in_district(world.district.pk):
            found = open_partials(actor=actor, at=at)
        return {line.partial.person.ref: (line.partial.parts, line.partial.topics, line.fit) for line in found}

    stranger = make_consultant(world.district, world.coordinator, "Far", (37.9, -122.5))[1]
    assert (
        lines(world.coordinator)
        == lines(world.consultant)
        == {
            short.ref: (Stay(20, 0), ["prevalence", "signs"], None),
            other.ref: (Stay(0, 20), ["myths", "resources"], None),
        }
    )
    assert lines(stranger) == lines(world.administrator) == {}
    request = ask(world, windows=(Window(DAY + A_WEEK, dt.time(14), dt.time(16)),))
    with in_district(world.district.pk):
        assign(world, request)
        whole = confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT)
    assert {fit for _parts, _topics, fit in lines(world.coordinator).values()} == {
        Fit(DAY + A_WEEK, whole.starts, world.site, is_session=True)
    }
    offer(world, session, short, DAY + dt.timedelta(days=1))
    assert {ref: fit.is_own for ref, (*_missing, fit) in lines(world.coordinator).items()} == {
        short.ref: True,
        other.ref: False,
    }
    made(world, session, short, ENDS + A_WEEK)
    assert list(lines(world.coordinator)) == [other.ref]
    assert lines(world.coordinator, ENDS + 30 * A_WEEK) == {}


def test_what_is_open_takes_as_many_queries_for_one_as_for_thirty(
    world: World, session: Session, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 31):
        with django_assert_num_queries(QUERIES), in_district(world.district.pk):
            assert len(open_partials(actor=world.coordinator, at=ENDS)) == count
        many = {make_person(world.district).ref: 20 for _ in range(30)}
        with in_district(world.district.pk):
            enter_paper(actor=world.consultant, session_ref=session.ref, paper=Paper(many), at=ENDS)


def test_whom_a_time_concerns_is_told_once_each_time_it_changes_and_never_for_what(
    world: World, session: Session
) -> None:
    short = world.staff[2]
    with in_district(world.district.pk):
        Person.objects.filter(pk=short.pk).update(email="short@example.org", language="es")
    offer(world, session, short)
    offer(world, session, short)
    offer(world, session, short, DAY + 2 * A_WEEK)
    off: dict[str, Any] = {"session_ref": session.ref, "person_ref": short.ref, "at": ENDS}
    with in_district(world.district.pk):
        call_off_make_up(actor=world.consultant, **off)
        with pytest.raises(WrongState):
            call_off_make_up(actor=world.consultant, **off)
        told = list(Notice.objects.filter(recipient="short@example.org").order_by("id"))
    assert [each.kind for each in told] == ["training_make_up", "training_make_up", "training_make_up_off"]
    assert [each.facts.get("is_moved") for each in told] == [False, True, None]
    assert [each.calendar.partition("SEQUENCE:")[2][0] for each in told] == ["1", "2", "3"]
    assert "METHOD:CANCEL" in told[2].calendar
    assert len({each.calendar.partition("UID:")[2].split()[0] for each in told}) == 1
    mails = [" ".join(drawn(each.kind, each.facts, each.language, "https://example.org")) for each in told]
    assert all("cita" in mail and "sesión" not in mail and "minutos tarde" not in mail for mail in mails)


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
    listed = client.get("/es/training/make-ups/").content.decode()
    assert short.full_name in listed
    assert "los primeros 20 minutos (" in listed
    table = client.get("/es/training/make-ups/parts.csv").content.decode()
    assert f'"{short.full_name}"' in table
    client.post(f"/es/training/mine/{session.ref}/make-ups/off/", {"person": short.ref})
    assert "Fijar una hora" in client.get(page).content.decode()
    client.post(page, {**day, "starts": "10:00"})
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
