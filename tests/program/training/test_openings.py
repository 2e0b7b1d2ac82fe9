"""A session opened by mistake is put back as if it had not been, and no check-in gets lost on the way."""

import datetime as dt

import pytest

from tests.factories.training import KNOWN, World, make_world
from tests.program.training.test_attendance import knock, shown
from tests.program.training.test_sessions import BEGINS, confirmed
from tests.races import DONE, Wait, at_once
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import AttendanceMark, Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import code_now, room_of
from upstander.program.training.selectors.sessions import sessions_to_match
from upstander.program.training.services.attendance import check_in, set_number_aside, tick
from upstander.program.training.services.kept_marks import Bundle, bring_marks
from upstander.program.training.services.openings import undo_opening
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.states import CheckIn

MINUTE = dt.timedelta(minutes=1)
EARLY = BEGINS - 60 * MINUTE


@pytest.fixture
def session(world: World) -> Session:
    """Opened an hour before it begins."""
    _, session = confirmed(world)
    with in_district(world.district.pk):
        return open_session(actor=world.consultant, ref=session.ref, at=EARLY)


def put_back(world: World, session: Session, at: dt.datetime = EARLY + MINUTE) -> Session:
    return undo_opening(actor=world.consultant, ref=session.ref, at=at)


def test_it_stands_as_before_nobody_is_told_and_opening_again_is_the_way_back(world: World, session: Session) -> None:
    code = shown(world, session, EARLY)
    with in_district(world.district.pk):
        told = Notice.objects.count()
        with pytest.raises(NotFound):
            undo_opening(actor=world.administrator, ref=session.ref, at=EARLY)
        assert put_back(world, session).state == "confirmed"
        assert AuditEvent.objects.get(event="training.opening_undone").subject_ref == session.ref
        assert Notice.objects.count() == told
        with pytest.raises(WrongState, match="Confirmed"):
            put_back(world, session)
    assert knock(world, world.staff[0].staff_number, code=code, at=EARLY + MINUTE) is CheckIn.WRONG_CODE
    with in_district(world.district.pk):
        assert open_session(actor=world.consultant, ref=session.ref, at=BEGINS).state == "open"
        assert list(session.moves.order_by("id").values_list("to_state", flat=True))[-3:] == [
            "open",
            "confirmed",
            "open",
        ]


def test_who_is_noted_is_decided_about_first_and_what_was_taken_back_counts_on_no_other_day(
    world: World, session: Session
) -> None:
    person, code = world.staff[0], shown(world, session, EARLY)
    for number in (person.staff_number, "N-1"):
        knock(world, number, code=code, at=EARLY)
    with in_district(world.district.pk):
        with pytest.raises(WrongState, match="Take these marks back first"):
            put_back(world, session)
        tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=False, at=EARLY)
        with pytest.raises(WrongState, match="Take these marks back first"):
            put_back(world, session)
        set_number_aside(actor=world.consultant, session_ref=session.ref, staff_number="N-1", at=EARLY)
        put_back(world, session)
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
    for number in (person.staff_number, "N-1"):
        late = BEGINS + 20 * MINUTE
        assert knock(world, number, code=shown(world, session, late), at=late) is CheckIn.RECORDED
    with in_district(world.district.pk):
        found = attendance_of(session)
        assert found.people[person.pk].minutes(session.starts_at, session.ends_at) == 40
        assert found.waiting == ["N-1"]
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS + 60 * MINUTE)
        assert sessions_to_match(actor=world.coordinator, at=BEGINS) == [session]


def test_a_page_on_a_device_that_only_looks_opens_nothing(world: World, session: Session) -> None:
    with in_district(world.district.pk):
        put_back(world, session)
        looking = Bundle("0" * 16, EARLY, [])
        assert bring_marks(actor=world.consultant, session_ref=session.ref, bundle=looking, at=EARLY + MINUTE) == []
        assert room_of(actor=world.consultant, ref=session.ref, at=EARLY).session.state == "confirmed"


def test_a_check_in_at_the_same_moment_is_counted_or_told_and_never_lost(cloned_database: str) -> None:
    world = make_world()
    _, session = confirmed(world)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        code = code_now(actor=world.consultant, ref=session.ref, at=BEGINS)
    answers = []

    def knocks(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            number, who = world.staff[0].staff_number, visitor(world.district.pk)
            answers.append(check_in(actor=who, code=code, staff_number=number, source="192.0.2.1", at=BEGINS))

    def puts_back(wait: Wait) -> None:
        with in_district(world.district.pk):
            wait()
            put_back(world, session, BEGINS)

    outcomes = at_once(knocks, puts_back)
    with in_district(world.district.pk):
        state = Session.objects.get(pk=session.pk).state
        marks = AttendanceMark.objects.count()
    if answers == [CheckIn.RECORDED]:
        assert (outcomes[0], state, marks) == (DONE, "open", 1) and "Take these marks back first" in outcomes[1]
    else:
        assert (answers, outcomes, state, marks) == ([CheckIn.WRONG_CODE], [DONE, DONE], "confirmed", 0)
