"""Online a code is asked at the start and another at the end: one of them is half a session; hybrid is both at once."""

import datetime as dt

import pytest

from tests.factories.training import KNOWN, World, ask
from tests.moments import AT
from tests.program.training.test_attendance import knock
from tests.program.training.test_sessions import BEGINS, assign
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.models import Completion
from upstander.program.training import policies
from upstander.program.training.models import Session
from upstander.program.training.selectors.rooms import END, ONLINE, START, code_now, parts_shown, room_of
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.paper import Paper, enter_paper
from upstander.program.training.services.sessions import close_session, confirm_session, open_session
from upstander.program.training.states import CheckIn

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
AT_END = BEGINS + 58 * MINUTE


@pytest.fixture
def session(world: World) -> Session:
    request = ask(world, mode="online", room="")
    with in_district(world.district.pk):
        assign(world, request)
        session = confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT)
        return open_session(actor=world.consultant, ref=session.ref, at=BEGINS)


def send(world: World, session: Session, number: str, part: str, at: dt.datetime) -> CheckIn:
    with in_district(world.district.pk):
        code = code_now(actor=world.consultant, ref=session.ref, at=at, part=part)
    return knock(world, number, code=code, at=at)


def test_both_codes_complete_one_is_half_and_the_leads_word_stands_for_both(world: World, session: Session) -> None:
    with in_district(world.district.pk), pytest.raises(NotFound):
        code_now(actor=world.consultant, ref=session.ref, at=BEGINS, part=END)
    both, first, last = world.staff
    for person, part, at in (
        (both, START, BEGINS + MINUTE),
        (both, END, AT_END),
        (both, END, AT_END),
        (first, START, BEGINS + 5 * MINUTE),
        (last, END, AT_END),
    ):
        assert send(world, session, person.staff_number, part, at) is CheckIn.RECORDED
    with in_district(world.district.pk):
        room = room_of(actor=world.consultant, ref=session.ref, at=AT_END)
        seats = {seat.person: seat for seat in room.expected}
        assert session.marks.count() == 4
    assert [seats[person].minutes for person in (both, first, last)] == [59, 25, 30]
    assert [seats[person].is_enough for person in (both, first, last)] == [True, False, False]
    sent = seats[both].presence.first_end
    assert sent and sent.moment == AT_END
    with in_district(world.district.pk):
        tick(actor=world.consultant, session_ref=session.ref, person_ref=last.ref, present=True, at=AT_END)
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS + 60 * MINUTE)
        assert set(Completion.objects.values_list("person_id", flat=True)) == {both.pk, last.pk}


def test_an_unknown_number_waits_also_with_the_ends_code_alone(world: World, session: Session) -> None:
    assert send(world, session, "N-1", END, AT_END) is CheckIn.RECORDED
    with in_district(world.district.pk):
        assert room_of(actor=world.consultant, ref=session.ref, at=AT_END).unmatched == ["N-1"]


def test_in_a_room_there_is_no_second_code(world: World) -> None:
    session = Session(mode="in_person", starts_at=BEGINS, ends_at=AT_END)
    assert not policies.shows_end_code(session, AT_END)


def test_a_hybrid_session_counts_the_room_by_one_code_and_those_online_by_two(world: World) -> None:
    request = ask(world, mode="hybrid")
    in_room, online, half = world.staff
    with in_district(world.district.pk):
        assign(world, request)
        confirmed = confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT)
        session = open_session(actor=world.consultant, ref=confirmed.ref, at=BEGINS)
        assert parts_shown(session, BEGINS) == [START, ONLINE]
        assert parts_shown(session, AT_END) == [START, ONLINE, END]
        assert session.assignments.get().travel_minutes > 0
    for person, part, at in (
        (in_room, START, BEGINS + MINUTE),
        (online, ONLINE, BEGINS + MINUTE),
        (half, ONLINE, BEGINS + MINUTE),
        (online, END, AT_END),
    ):
        assert send(world, session, person.staff_number, part, at) is CheckIn.RECORDED
    with in_district(world.district.pk):
        room = room_of(actor=world.consultant, ref=session.ref, at=AT_END)
        seats = [next(seat for seat in room.expected if seat.person == each) for each in world.staff]
        assert [(seat.is_enough, seat.is_by_codes) for seat in seats] == [(True, False), (True, True), (False, True)]
        sheet = Paper({in_room.ref: 1, half.ref: 5})
        entered = enter_paper(actor=world.consultant, session_ref=session.ref, paper=sheet, at=AT_END)
        assert entered.without_initials == []  # whoever is online cannot sign
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS + 60 * MINUTE)
        assert Completion.objects.count() == 3
