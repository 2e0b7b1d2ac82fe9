"""What devices bring later: once each, in any order, by their own clocks, and told event by event."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.training import KNOWN, World
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.engines import rotating_code
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.compliance.models import Completion
from upstander.program.training.models import AttendanceMark, Responder, Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import code_now, codes_for_device, room_of
from upstander.program.training.services.attendance import check_in, tick
from upstander.program.training.services.kept_marks import Bundle, Kept, Signed, bring_check_in, bring_marks
from upstander.program.training.services.sessions import close_session, open_session
from upstander.program.training.states import Brought, CheckIn

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
SENT = BEGINS + 50 * MINUTE
FAST = dt.timedelta(hours=3)  # how much the devices of these tests run ahead
DEVICE = "00FF00FF00FF00FF"


@pytest.fixture
def session(world: World) -> Session:
    """Confirmed; nobody could open it, because the school has no network."""
    return confirmed(world)[1]


def kept(counter: int, how: str, minute: float, *, person: str = "", number: str = "", **more: str) -> Kept:
    noted = BEGINS + minute * MINUTE + FAST
    return Kept(counter, how, person, number, more.get("standing", ""), noted, more.get("who", ""))


def bring(world: World, session: Session, *events: Kept, at: dt.datetime = SENT, device: str = DEVICE) -> list[Brought]:
    with in_district(world.district.pk):
        return bring_marks(
            actor=world.consultant, session_ref=session.ref, bundle=Bundle(device, at + FAST, events), at=at
        )


def signed(world: World, session: Session, number: str, minute: float, **more: Any) -> Signed:
    """What a phone keeps that saw the code at the minute, with a clock three hours ahead."""
    noted = BEGINS + minute * MINUTE
    with in_district(world.district.pk):
        codes = codes_for_device(actor=world.consultant, ref=session.ref, at=BEGINS)
    at = (rotating_code.minute_of(noted) - codes.first) * rotating_code.LENGTH
    values = {"device": DEVICE, "counter": 1, "staff_number": number, "noted": noted + FAST, "sent": SENT + FAST}
    found = Signed(**{**values, "proof": "", **more})
    proof = rotating_code.proof_of(codes.letters[at : at + rotating_code.LENGTH], found.told)
    return Signed(**{**values, "proof": proof, **more})


def send(world: World, found: Signed, at: dt.datetime = SENT, source: str = "192.0.2.1") -> CheckIn:
    with in_district(world.district.pk):
        return bring_check_in(actor=visitor(world.district.pk), signed=found, source=source, at=at)


def test_a_room_held_without_a_network_is_all_there_once_it_is_back(world: World, session: Session) -> None:
    one, two, three = world.staff
    events = [
        kept(1, "ticked", 2, person=one.ref),
        kept(2, "code", 12, number=two.staff_number),
        kept(3, "ticked", 3, person=three.ref),
        kept(4, "struck", 4, person=three.ref),
        kept(5, "walk_in", 6, number="S-77", standing="substitute"),
        kept(6, "left", 40, person=one.ref),
    ]
    assert bring(world, session, *reversed(events)) == [Brought.ACCEPTED] * 6
    with in_district(world.district.pk):
        room = room_of(actor=world.consultant, ref=session.ref, at=SENT)
        assert room.session.state == "open"
        seats = [seat for seat in room.expected if seat.person in world.staff]
        found = {seat.person.pk: (seat.is_present, seat.is_late, seat.minutes) for seat in seats}
        assert found == {one.pk: (True, True, 38), two.pk: (True, True, 48), three.pk: (False, True, 0)}
        assert room.unmatched == ["S-77"]
        assert AttendanceMark.objects.get(counter=5).standing == "substitute"
        told = AuditEvent.objects.get(event="training.marks_brought").data
        assert told == {"accepted_count": 6, "refused_count": 0, "again_count": 0}


def test_sent_again_in_parts_and_beside_others_it_counts_once(world: World, session: Session) -> None:
    one, two, _three = world.staff
    first, second = kept(1, "ticked", 5, person=one.ref), kept(2, "ticked", 6, person=two.ref)
    bring(world, session, second)
    bring(world, session, first, second)
    assert bring(world, session, first, first) == [Brought.ACCEPTED] * 2
    with in_district(world.district.pk):
        tick(actor=world.consultant, session_ref=session.ref, person_ref=one.ref, present=True, at=SENT)
        assert AttendanceMark.objects.count() == 2
        assert attendance_of(session).people[one.pk].arrived_at == BEGINS + 5 * MINUTE
    bring(world, session, kept(1, "code", 3, number=one.staff_number), device="11AA11AA11AA11AA")
    with in_district(world.district.pk):
        assert attendance_of(session).present == sorted([one.pk, two.pk])
        assert attendance_of(session).people[one.pk].arrived_at == BEGINS + 3 * MINUTE


def test_each_event_is_told_what_became_of_it(world: World, session: Session) -> None:
    told = bring(
        world,
        session,
        kept(1, "ticked", 5, person="000000000000"),
        kept(2, "walk_in", 5, number="Maria"),
        kept(3, "ticked", 5, person=world.staff[0].ref),
    )
    assert told == [Brought.UNKNOWN_PERSON, Brought.NO_NUMBER, Brought.ACCEPTED]


def test_what_came_before_closing_counts_after_it_and_what_came_later_does_not(world: World, session: Session) -> None:
    one, two, _three = world.staff
    bring(world, session, kept(1, "ticked", 0, person=one.ref))
    with in_district(world.district.pk):
        assert close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=SENT) == 1
    later = SENT + dt.timedelta(hours=2)
    told = bring(world, session, kept(2, "ticked", 5, person=two.ref), kept(3, "ticked", 60, person=one.ref), at=later)
    assert told == [Brought.ACCEPTED, Brought.AFTER_CLOSING]
    with in_district(world.district.pk):
        completed = Completion.objects.order_by("id").values_list("person_id", flat=True)
        assert list(completed) == [one.pk, two.pk]


def test_who_answers_is_kept_without_a_network_once_and_the_last_one_said_counts(
    world: World, session: Session
) -> None:
    events = [kept(1, "answers", 1, who="lead"), kept(2, "answers", 9, who="administrator")]
    assert bring(world, session, *events) == [Brought.ACCEPTED] * 2
    assert bring(world, session, *events) == [Brought.ACCEPTED] * 2
    with in_district(world.district.pk):
        session.refresh_from_db()
        assert session.state == "confirmed", "who answers may be said before the session opens"
        said = AuditEvent.objects.filter(event="training.responder_named").order_by("id")
        assert [event.data["who"] for event in said] == ["lead", "administrator"]
    earlier = kept(1, "answers", 5, who="lead")  # from another device, which sends later what it heard before
    assert bring(world, session, earlier, kept(2, "answers", 6), device="F" * 16) == [
        Brought.ACCEPTED,
        Brought.UNKNOWN_PERSON,
    ]
    with in_district(world.district.pk):
        responder = room_of(actor=world.consultant, ref=session.ref, at=SENT).responder
        assert responder is not None
        assert (responder.who, responder.happened_at) == ("administrator", BEGINS + 9 * MINUTE)


def test_only_the_session_s_lead_brings_and_only_to_one_that_takes_place(world: World, session: Session) -> None:
    with in_district(world.district.pk):
        with pytest.raises(NotFound):
            bring_marks(actor=world.administrator, session_ref=session.ref, bundle=Bundle(DEVICE, SENT, []), at=SENT)
        with pytest.raises(WrongState, match="too early"):
            bring_marks(
                actor=world.consultant,
                session_ref=session.ref,
                bundle=Bundle(DEVICE, SENT, [kept(1, "walk_in", 0, number="W-1")]),
                at=BEGINS - dt.timedelta(days=1),
            )


def test_a_hundred_cost_as_many_queries_as_one(
    world: World, session: Session, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bring(world, session)
    events = [kept(number, "walk_in", number / 10, number=f"W-{number}") for number in range(1, 101)]
    with in_district(world.district.pk), django_assert_max_num_queries(14):
        bring_marks(
            actor=world.consultant, session_ref=session.ref, bundle=Bundle(DEVICE, SENT + FAST, events), at=SENT
        )


def test_a_phone_without_a_network_sends_its_check_in_later_and_it_counts_from_its_own_minute(
    world: World, session: Session
) -> None:
    number = world.staff[0].staff_number
    found = signed(world, session, number, 7)
    assert send(world, found) is CheckIn.NOT_YET, "the consultant's device has not been heard of either"
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=SENT)
    assert [send(world, found), send(world, found)] == [CheckIn.RECORDED] * 2
    with in_district(world.district.pk):
        mark = AttendanceMark.objects.get()
        assert (mark.person_id, mark.happened_at) == (world.staff[0].pk, BEGINS + 7 * MINUTE)


@pytest.mark.parametrize("changed", ["staff_number", "counter", "device", "noted", "proof"])
def test_what_was_signed_cannot_be_changed(world: World, session: Session, changed: str) -> None:
    other: dict[str, Any] = {
        "staff_number": "55",
        "counter": 9,
        "device": "A" * 16,
        "noted": BEGINS + 8 * MINUTE + FAST,
        "proof": "0" * 64,
    }
    found = signed(world, session, "44", 7)
    fields = {name: getattr(found, name) for name in Signed.__slots__}
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=SENT)
    assert send(world, Signed(**{**fields, changed: other[changed]})) is CheckIn.WRONG_CODE


def test_the_code_s_minute_bounds_what_a_changed_clock_can_claim(world: World, session: Session) -> None:
    found = signed(world, session, "44", 7, sent=SENT + FAST - MINUTE)  # the clock was set between noting and sending
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=SENT)
    assert send(world, found) is CheckIn.RECORDED
    with in_district(world.district.pk):
        assert AttendanceMark.objects.get().happened_at <= BEGINS + 9 * MINUTE
    assert send(world, signed(world, session, "45", 7, sent=SENT)) is CheckIn.WRONG_CODE, "three hours away"


def test_five_tries_a_minute_and_names_are_refused_as_in_the_room(world: World, session: Session) -> None:
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=SENT)
    wrong = signed(world, session, "44", 7, proof="0" * 64)
    assert [send(world, wrong) for _ in range(6)] == [CheckIn.WRONG_CODE] * 5 + [CheckIn.TOO_MANY]


def test_minutes_demanded_are_counted_from_arrival_to_leaving(world: World, session: Session) -> None:
    one, two, three = world.staff
    with in_district(world.district.pk):
        Session.objects.filter(pk=session.pk).update(minimum_minutes=45)
    bring(
        world,
        session,
        kept(1, "ticked", 0, person=one.ref),
        kept(2, "ticked", 20, person=two.ref),
        kept(3, "ticked", 0, person=three.ref),
        kept(4, "left", 30, person=three.ref),
    )
    with in_district(world.district.pk):
        assert close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=BEGINS + 60 * MINUTE) == 1
        assert Completion.objects.get().person_id == one.pk


def test_the_codes_on_the_device_are_the_room_s_own(world: World, session: Session) -> None:
    with in_district(world.district.pk):
        codes = codes_for_device(actor=world.consultant, ref=session.ref, at=BEGINS - dt.timedelta(days=2))
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        now = code_now(actor=world.consultant, ref=session.ref, at=BEGINS)
        with pytest.raises(NotFound):
            codes_for_device(actor=world.administrator, ref=session.ref, at=BEGINS)
    at = (rotating_code.minute_of(BEGINS) - codes.first) * rotating_code.LENGTH
    assert codes.letters[at : at + rotating_code.LENGTH] == now
    with in_district(world.district.pk):
        answer = check_in(actor=visitor(world.district.pk), code=now, staff_number="44", source="", at=BEGINS)
    assert answer is CheckIn.RECORDED


def test_a_word_on_who_answers_alone_belongs_to_no_session_that_was_cancelled(world: World, session: Session) -> None:
    answers = kept(1, "answers", 0, who="lead")
    assert bring(world, session, answers) == [Brought.ACCEPTED]
    with in_district(world.district.pk):
        session.refresh_from_db()
        assert (session.state, Responder.objects.count()) == ("confirmed", 1), "it opens nothing"
        Session.objects.filter(pk=session.pk).update(state="cancelled")
    with pytest.raises(WrongState):
        bring(world, session, kept(2, "answers", 1, who="administrator"))
    with in_district(world.district.pk):
        assert Responder.objects.count() == 1
