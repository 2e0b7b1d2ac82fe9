"""Checking in, ticking off, matching: one ledger, the same answer for everyone."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor, make_district, make_person
from tests.factories.training import KNOWN, World
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.compliance.models import Completion
from upstander.program.training.models import AttendanceMark, HeadCount, Session
from upstander.program.training.policies import most_by_code
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import code_now, room_of
from upstander.program.training.selectors.sessions import sessions_to_match
from upstander.program.training.services.attendance import (
    add_walk_in,
    check_in,
    match_mark,
    note_left,
    set_number_aside,
    tick,
)
from upstander.program.training.services.responders import name_responder
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.services.tallies import Tally, Unnumbered
from upstander.program.training.states import CheckIn

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def session(world: World) -> Session:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        return open_session(actor=world.consultant, ref=session.ref, at=BEGINS)


def knock(world: World, number: str, *, code: str, at: dt.datetime = BEGINS, source: str = "192.0.2.1") -> CheckIn:
    with in_district(world.district.pk):
        return check_in(actor=visitor(world.district.pk), code=code, staff_number=number, source=source, at=at)


def shown(world: World, session: Session, at: dt.datetime = BEGINS) -> str:
    with in_district(world.district.pk):
        return code_now(actor=world.consultant, ref=session.ref, at=at)


def test_this_minutes_code_and_the_last_ones_count_and_no_older(world: World, session: Session) -> None:
    code, number = shown(world, session), world.staff[0].staff_number
    assert knock(world, number, code=code, at=BEGINS + 2 * MINUTE) is CheckIn.WRONG_CODE
    assert knock(world, number, code=f" {code[:3].lower()}-{code[3:]}", at=BEGINS + MINUTE) is CheckIn.RECORDED
    with in_district(world.district.pk):
        assert AttendanceMark.objects.get().person_id == world.staff[0].pk


def test_the_answer_is_the_same_for_a_known_an_unknown_and_a_repeated_number(world: World, session: Session) -> None:
    code, known = shown(world, session), world.staff[0].staff_number
    answers = [knock(world, number, code=code) for number in (known, known, "T-999", "t-999 ")]
    assert answers == [CheckIn.RECORDED] * 4
    with in_district(world.district.pk):
        assert AttendanceMark.objects.count() == 2
        room = room_of(actor=world.consultant, ref=session.ref, at=BEGINS)
    assert (room.present_count, room.unmatched, room.checked_in_count) == (1, ["T-999"], 2)


@pytest.mark.parametrize("typed", ["Maria Lopez", "MARIA", "", "1" * 21, "12 3; he", "<b>1</b>"])
def test_a_name_or_a_sentence_is_no_staff_number(world: World, session: Session, typed: str) -> None:
    with pytest.raises(Invalid, match="no names"):
        knock(world, typed, code=shown(world, session))


def test_five_tries_a_minute(world: World, session: Session) -> None:
    code = shown(world, session)
    tries = [knock(world, "555", code="BBBBBB") for _ in range(5)]
    assert tries == [CheckIn.WRONG_CODE] * 5
    assert knock(world, "555", code=code) is CheckIn.TOO_MANY
    assert knock(world, "556", code=code) is CheckIn.RECORDED
    later = BEGINS + MINUTE
    assert knock(world, "555", code=shown(world, session, later), at=later) is CheckIn.RECORDED


def test_nobody_holds_up_a_colleague_from_elsewhere(world: World, session: Session) -> None:
    code = shown(world, session)
    for _ in range(6):
        knock(world, "555", code="BBBBBB", source="198.51.100.7")
    assert knock(world, "555", code=code, source="198.51.100.7") is CheckIn.TOO_MANY
    assert knock(world, "555", code=code, source="192.0.2.1") is CheckIn.RECORDED


def test_a_code_opens_nothing_before_opening_after_closing_or_next_door(world: World, session: Session) -> None:
    code = shown(world, session)
    other = make_district("fork", "north.localhost")
    with in_district(other.pk):
        answer = check_in(actor=visitor(other.pk), code=code, staff_number="12", source="", at=BEGINS)
    assert answer is CheckIn.WRONG_CODE
    with in_district(world.district.pk):
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS)
    assert knock(world, "22", code=code) is CheckIn.WRONG_CODE


def test_a_code_that_got_around_cannot_check_in_a_whole_district(world: World, session: Session) -> None:
    code, most = shown(world, session), most_by_code(session.request.head_count)
    answers = [knock(world, f"X-{number}", code=code) for number in range(most + 1)]
    assert answers == [*[CheckIn.RECORDED] * most, CheckIn.TOO_MANY]
    with in_district(world.district.pk):
        add_walk_in(
            actor=world.consultant, session_ref=session.ref, staff_number=world.staff[0].staff_number, at=BEGINS
        )
        assert AttendanceMark.objects.count() == most + 1


def test_a_photo_of_the_code_does_not_put_back_whom_the_consultant_took_off(world: World, session: Session) -> None:
    code, person = shown(world, session), world.staff[0]
    knock(world, person.staff_number, code=code)
    with in_district(world.district.pk):
        tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=False, at=BEGINS)
        assert knock(world, person.staff_number, code=code) is CheckIn.RECORDED
        assert attendance_of(session).present == []


def test_ticking_and_taking_back_are_rows_and_the_last_one_counts(world: World, session: Session) -> None:
    person = world.staff[0]
    with in_district(world.district.pk):
        for present in (True, True, False, True):
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=present, at=BEGINS)
        assert list(AttendanceMark.objects.order_by("id").values_list("how", flat=True)) == [
            "ticked",
            "struck",
            "ticked",
        ]
        assert room_of(actor=world.consultant, ref=session.ref, at=BEGINS).present_count == 1
        with pytest.raises(NotFound):
            tick(actor=world.administrator, session_ref=session.ref, person_ref=person.ref, present=True, at=BEGINS)


def test_walk_ins_known_and_unknown(world: World, session: Session) -> None:
    guest = make_person(world.district)
    with in_district(world.district.pk):
        assert add_walk_in(actor=world.consultant, session_ref=session.ref, staff_number=guest.staff_number, at=BEGINS)
        assert add_walk_in(actor=world.consultant, session_ref=session.ref, staff_number="N-1", at=BEGINS) is None
        room = room_of(actor=world.consultant, ref=session.ref, at=BEGINS)
    assert [seat.person for seat in room.walked_in] == [guest]
    assert room.unmatched == ["N-1"]


def test_a_number_matched_after_closing_completes_its_person(world: World, session: Session) -> None:
    for number in ("N-1", "N-2"):
        knock(world, number, code=shown(world, session))
    with in_district(world.district.pk):
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS)
        assert not Completion.objects.exists()
        assert sessions_to_match(actor=world.coordinator, at=BEGINS) == [session]
        with pytest.raises(Invalid, match="Nobody in this district"):
            match_mark(
                actor=world.coordinator, session_ref=session.ref, staff_number="N-1", right_number="N-9", at=BEGINS
            )
        right = world.staff[1].staff_number
        match_mark(actor=world.coordinator, session_ref=session.ref, staff_number="N-1", right_number=right, at=BEGINS)
        assert Completion.objects.get().person_id == world.staff[1].pk
        set_number_aside(actor=world.coordinator, session_ref=session.ref, staff_number="N-2", at=BEGINS)
        assert sessions_to_match(actor=world.coordinator, at=BEGINS) == []
        with pytest.raises(WrongState, match="no longer waiting"):
            set_number_aside(actor=world.coordinator, session_ref=session.ref, staff_number="N-2", at=BEGINS)


def test_the_room_is_for_its_consultant_and_coordinators_only(world: World, session: Session) -> None:
    teacher = make_actor(world.district, "teacher", site=world.site)
    with in_district(world.district.pk):
        for actor in (teacher, world.administrator):
            with pytest.raises(NotFound):
                room_of(actor=actor, ref=session.ref, at=BEGINS)
        assert room_of(actor=world.coordinator, ref=session.ref, at=BEGINS).session == session


TALLIES = [
    ({"counted": -1}, "count once more"),
    ({"counted": 10_000}, "count once more"),
    ({"counted": 3}, "You counted 3, and 1 are noted"),
    ({"counted": 0}, "You counted 0, but 1 are noted"),
    ({"counted": 1, "unnumbered": Unnumbered(volunteer=1)}, "You counted 1, but 2 are noted"),
    ({"counted": 1, "unnumbered": Unnumbered(staff=2)}, "part of the people in the room"),
    ({"counted": 1, "unnumbered": Unnumbered(staff=2, contractor=-1)}, "part of the people in the room"),
    ({"initials": "Maria Lopez"}, "two to four letters"),
    ({"card_count": 51}, "zero for never"),
]


@pytest.mark.parametrize(("said", "sentence"), TALLIES)
def test_a_session_closes_with_a_head_count_and_a_difference_is_asked_about(
    world: World, session: Session, said: dict[str, Any], sentence: str
) -> None:
    knock(world, world.staff[0].staff_number, code=shown(world, session))
    tally = Tally(**{"counted": 1, "initials": "CC", **said})
    with in_district(world.district.pk):
        with pytest.raises(Invalid, match=sentence):
            close_session(actor=world.consultant, ref=session.ref, tally=tally, at=BEGINS)
        known = replace(tally, difference_is_known=True)
        if tally.counted in {0, 3}:
            close_session(actor=world.consultant, ref=session.ref, tally=known, at=BEGINS)
            kept = HeadCount.objects.get()
            assert (kept.counted, kept.present_count, kept.waiting_count, kept.initials) == (tally.counted, 1, 0, "CC")


def test_the_table_itself_refuses_more_heads_without_a_number_than_were_counted(world: World, session: Session) -> None:
    told = {"district_id": world.district.pk, "session": session, "initials": "CC", "at": BEGINS}
    counted = {**told, "present_count": 0, "waiting_count": 0}
    with in_district(world.district.pk):
        HeadCount.objects.create(counted=3, staff_count=1, volunteer_count=2, **counted)
        with pytest.raises(IntegrityError, match="head_count_holds_its_parts"), transaction.atomic():
            HeadCount.objects.create(counted=3, staff_count=2, volunteer_count=2, **counted)


def test_whoever_has_no_number_is_counted_by_what_brings_them_and_stands_in_the_record(
    world: World, session: Session
) -> None:
    knock(world, world.staff[0].staff_number, code=shown(world, session))
    tally = Tally(5, "CC", unnumbered=Unnumbered(staff=1, substitute=1, volunteer=2))
    with in_district(world.district.pk):
        assert room_of(actor=world.consultant, ref=session.ref, at=BEGINS).tally is None
        close_session(actor=world.consultant, ref=session.ref, tally=tally, at=BEGINS)
        kept = room_of(actor=world.consultant, ref=session.ref, at=BEGINS).tally
        assert kept is not None
        assert (kept.staff_count, kept.substitute_count, kept.contractor_count, kept.volunteer_count) == (1, 1, 0, 2)
        assert (kept.counted, kept.present_count) == (5, 1)
        assert Completion.objects.count() == 1, "a count is nobody's completion"
        event = AuditEvent.objects.get(event="training.closed")
        assert event.data["unnumbered_count"] == 4


def test_who_answers_is_the_last_one_named_and_nobody_waits_for_it(world: World, session: Session) -> None:
    with in_district(world.district.pk):
        assert room_of(actor=world.consultant, ref=session.ref, at=BEGINS).responder is None
        for who in ("lead", "administrator"):
            name_responder(actor=world.consultant, session_ref=session.ref, who=who, at=BEGINS)
        responder = room_of(actor=world.consultant, ref=session.ref, at=BEGINS).responder
        assert responder is not None
        assert responder.who == "administrator"
        with pytest.raises(NotFound):
            name_responder(actor=world.consultant, session_ref=session.ref, who="Maria", at=BEGINS)
        with pytest.raises(NotFound):
            name_responder(actor=world.administrator, session_ref=session.ref, who="lead", at=BEGINS)


def test_who_leaves_early_is_still_there_and_who_comes_back_has_not_left(world: World, session: Session) -> None:
    person = world.staff[0]
    who: dict[str, Any] = {"actor": world.consultant, "session_ref": session.ref, "person_ref": person.ref}
    with in_district(world.district.pk):
        tick(present=True, at=BEGINS, **who)
        for _again in range(2):
            note_left(at=BEGINS + 20 * MINUTE, **who)
        left = attendance_of(session).people[person.pk]
        assert (left.is_present, left.left_at) == (True, BEGINS + 20 * MINUTE)
        tick(present=True, at=BEGINS + 30 * MINUTE, **who)
        assert attendance_of(session).people[person.pk].left_at is None
        assert AttendanceMark.objects.count() == 3
