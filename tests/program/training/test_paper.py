"""A sheet typed in later: all of it or nothing, twice is once, and differences are known first."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_person, make_post
from tests.factories.training import KNOWN, World
from tests.program.training.test_attendance import knock, shown
from tests.program.training.test_sessions import BEGINS, confirmed
from upstander.district.places.models import SchoolYear
from upstander.engines.presence import Stay
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.documents.engine import Drawn
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.compliance.models import Completion
from upstander.program.training.models import AttendanceMark, Session
from upstander.program.training.selectors._presence import attendance_of
from upstander.program.training.selectors.rooms import code_now, parts_shown
from upstander.program.training.selectors.sheets import sheet_of, sheet_pdf
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.paper import Entered, Paper, WalkIn, enter_paper
from upstander.program.training.services.sessions import close_session, open_session

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
LATER = BEGINS + dt.timedelta(hours=20)


@pytest.fixture
def session(world: World) -> Session:
    return confirmed(world)[1]


def enter(world: World, session: Session, paper: Paper, at: dt.datetime = LATER) -> Entered:
    with in_district(world.district.pk):
        return enter_paper(actor=world.consultant, session_ref=session.ref, paper=paper, at=at)


def walk_ins(*numbers: str) -> list[WalkIn]:
    return [WalkIn(number) for number in numbers]


def test_a_sheet_found_after_recess_is_entered_by_a_coordinator_until_the_school_year_ends(
    world: World, session: Session
) -> None:
    first, last = dt.date(2026, 8, 17), dt.date(2027, 6, 11)
    january, summer = BEGINS + dt.timedelta(days=50), dt.datetime(2027, 6, 11, 12, 0, tzinfo=dt.UTC)
    paper = Paper({world.staff[0].ref: 0})

    def tries(actor: Actor, at: dt.datetime) -> Entered:
        with in_district(world.district.pk):
            return enter_paper(actor=actor, session_ref=session.ref, paper=paper, at=at)

    with pytest.raises(WrongState, match="more than a week ago"):
        tries(world.consultant, january)
    with pytest.raises(WrongState, match="school year of this session is over"):
        tries(world.coordinator, january)  # no school year is on record
    with in_district(world.district.pk):
        SchoolYear.objects.create(district_id=world.district.pk, name="2026-27", starts_on=first, ends_on=last)
    with pytest.raises(WrongState, match="school year of this session is over"):
        tries(world.coordinator, summer)
    assert tries(world.coordinator, january) == Entered(1, [])
    with in_district(world.district.pk):
        session.refresh_from_db()
        assert session.state == "open" and parts_shown(session, january) == []
        with pytest.raises(NotFound):
            code_now(actor=world.coordinator, ref=session.ref, at=january)
        assert close_session(actor=world.coordinator, ref=session.ref, tally=KNOWN, at=january) == 1
        assert Completion.objects.get().completed_on == session.on


@pytest.mark.parametrize("other", [{"missed": Stay(0, 5)}, {"standing": "substitute"}])
def test_a_number_twice_on_the_sheet_and_not_alike_is_asked_about(
    world: World, session: Session, other: dict[str, Any]
) -> None:
    twice = [WalkIn("T-104"), WalkIn("t-104", **other)]
    with pytest.raises(Invalid, match="T-104 stands on the sheet twice") as refusal:
        enter(world, session, Paper({}, twice))
    assert refusal.value.field == other.get("standing", "walk_ins")
    listed = world.staff[0]
    with pytest.raises(Invalid, match="stands on the sheet twice"):
        enter(world, session, Paper({listed.ref: 0}, [WalkIn(listed.staff_number, Stay(0, 60))]))
    assert enter(world, session, Paper({listed.ref: 0}, walk_ins(listed.staff_number))) == Entered(1, [])


def test_a_session_held_on_paper_alone_opens_with_its_sheet_and_the_same_sheet_again_is_nothing(
    world: World, session: Session
) -> None:
    on_time, late, _away = world.staff
    guest = make_person(world.district)
    paper = Paper({on_time.ref: 0, late.ref: 10}, walk_ins(guest.staff_number, "N-7", "n-7"))
    assert enter(world, session, paper) == Entered(4, [])
    assert enter(world, session, paper) == Entered(0, [])
    with in_district(world.district.pk):
        session.refresh_from_db()
        found = attendance_of(session)
        events = AuditEvent.objects.filter(event="training.paper_entered").order_by("id")
        assert [event.data["written_count"] for event in events] == [4, 0]
    assert session.state == "open"
    assert found.present == sorted([on_time.pk, late.pk, guest.pk])
    assert found.waiting == ["N-7"]
    assert found.people[late.pk].minutes(session.starts_at, session.ends_at) == 50


def test_who_is_not_on_the_list_is_credited_for_their_own_minutes_and_with_what_brings_them(
    world: World, session: Session
) -> None:
    late, early, on_time = (make_person(world.district) for _ in range(3))
    paper = Paper(
        {world.staff[0].ref: 15},
        [
            WalkIn(late.staff_number, Stay(40), "substitute"),
            WalkIn(early.staff_number, Stay(0, 10), "contractor"),
            WalkIn(on_time.staff_number, standing="volunteer"),
            WalkIn("N-7", Stay(25, 5)),
            WalkIn(world.staff[0].staff_number),
        ],
    )
    assert enter(world, session, paper) == Entered(7, [])
    assert enter(world, session, paper) == Entered(0, [])
    with in_district(world.district.pk):
        found = attendance_of(session)
        everyone = [*(found.people[each.pk] for each in (late, early, on_time, world.staff[0])), found.numbers["N-7"]]
        minutes = [each.minutes(session.starts_at, session.ends_at) for each in everyone]
        came_as = AttendanceMark.objects.filter(how="walk_in").order_by("id").values_list("standing", flat=True)
        assert list(came_as) == ["substitute", "contractor", "volunteer", ""]
    assert minutes == [20, 50, 60, 45, 30]


def test_a_walk_in_who_checked_in_later_than_the_sheet_says_has_to_be_known(world: World, session: Session) -> None:
    guest = make_person(world.district)
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
    knock(world, guest.staff_number, code=shown(world, session, BEGINS + 20 * MINUTE), at=BEGINS + 20 * MINUTE)
    paper = Paper({}, [WalkIn(guest.staff_number, Stay(5))])
    with pytest.raises(Invalid, match=f"Checked in later than the sheet says: {guest.full_name}"):
        enter(world, session, paper)
    assert enter(world, session, Paper({}, paper.walk_ins, True)) == Entered(1, [])


def test_the_earliest_arrival_counts_and_what_differs_has_to_be_known(world: World, session: Session) -> None:
    phoned, struck, other = world.staff
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
    knock(world, phoned.staff_number, code=shown(world, session, BEGINS + 20 * MINUTE), at=BEGINS + 20 * MINUTE)
    with in_district(world.district.pk):
        for person, present in ((struck, True), (struck, False), (other, True)):
            at = BEGINS + 5 * MINUTE
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=present, at=at)
    paper = Paper({phoned.ref: 0, struck.ref: 0})
    with pytest.raises(Invalid) as refusal:
        enter(world, session, paper)
    assert {str(each).partition(":")[0] for each in (refusal.value, *refusal.value.also)} == {
        "Taken back before, but on the sheet",
        "Checked in later than the sheet says",
    }
    known = Paper(paper.signed, differences_are_known=True)
    assert enter(world, session, known) == Entered(3, [other.full_name])
    with in_district(world.district.pk):
        people = attendance_of(session).people
    assert people[phoned.pk].arrived_at == BEGINS
    assert people[struck.pk].is_present


def test_who_left_early_has_a_part_as_at_the_door_unless_there_is_proof_that_they_stayed(
    world: World, session: Session
) -> None:
    gone, struck, proven = world.staff
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        for person, present, minute in ((struck, True, 1), (struck, False, 55), (proven, True, 50)):
            at = BEGINS + minute * MINUTE
            tick(actor=world.consultant, session_ref=session.ref, person_ref=person.ref, present=present, at=at)
    signed, early = {gone.ref: 5, struck.ref: 0, proven.ref: 0}, {gone.ref: 20, struck.ref: 20, proven.ref: 20}
    with pytest.raises(Invalid) as refusal:
        enter(world, session, Paper(signed, left_early=early))
    told_of = [str(each) for each in (refusal.value, *refusal.value.also)]
    assert any(each.startswith("Gone early") and each.endswith(f": {proven.full_name}") for each in told_of)
    known = Paper(signed, left_early=early, differences_are_known=True)
    assert enter(world, session, known) == Entered(6, [])
    assert enter(world, session, known) == Entered(0, [])
    with in_district(world.district.pk):
        people = attendance_of(session).people
        found = {person.pk: people[person.pk].minutes(session.starts_at, session.ends_at) for person in world.staff}
        assert found == {gone.pk: 35, struck.pk: 40, proven.pk: 60}
        assert close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=LATER) == 1


def test_what_closing_has_credited_no_sheet_takes_away(world: World, session: Session) -> None:
    one = world.staff[0].ref
    enter(world, session, Paper({one: 0}))
    with in_district(world.district.pk):
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=LATER)
    sheet = Paper({one: 0}, left_early={one: 30})
    with pytest.raises(Invalid, match="already credited"):
        enter(world, session, sheet)
    assert enter(world, session, Paper({one: 0}, (), True, {one: 30})) == Entered(0, [])


def test_after_closing_who_counts_only_now_gets_the_completion_now(world: World, session: Session) -> None:
    enter(world, session, Paper({world.staff[0].ref: 0}))
    with in_district(world.district.pk):
        close_session(actor=world.consultant, ref=session.ref, tally=KNOWN, at=LATER)
    enter(world, session, Paper({person.ref: 0 for person in world.staff[:2]}), LATER + MINUTE)
    with in_district(world.district.pk):
        assert Completion.objects.count() == 2


def test_refusals_write_nothing(world: World, session: Session) -> None:
    one = world.staff[0].ref
    for paper, at, kind in (
        (Paper({one: 0}), BEGINS - 180 * MINUTE, WrongState),
        (Paper({one: 60}), LATER, Invalid),
        (Paper({one: 30}, left_early={one: 30}), LATER, Invalid),
        (Paper({one: 0}, left_early={one: 5}), BEGINS, Invalid),
        (Paper({one: 0}, walk_ins("Maria Lopez")), LATER, Invalid),
        (Paper({one: 0}, walk_ins(*(f"N-{number}" for number in range(61)))), LATER, Invalid),
        (Paper({}, [WalkIn("N-1", Stay(30, 30))]), LATER, Invalid),
        (Paper({"NOBODY": 0}), LATER, NotFound),
        (Paper({one: 0}), BEGINS + dt.timedelta(days=9), WrongState),
    ):
        with pytest.raises(kind):
            enter(world, session, paper, at)
    with in_district(world.district.pk):
        with pytest.raises(NotFound):
            enter_paper(actor=world.administrator, session_ref=session.ref, paper=Paper({one: 0}), at=LATER)
        assert not AttendanceMark.objects.exists()
        session.refresh_from_db()
    assert session.state == "confirmed"


def test_a_sheet_of_forty_takes_as_many_queries_as_one_of_one(
    world: World, session: Session, django_assert_num_queries: object
) -> None:
    people = [make_person(world.district) for _ in range(41)]
    enter(world, session, Paper({people[0].ref: 0}))
    for signed in (people[1:2], people[2:]):
        with django_assert_num_queries(15):  # type: ignore[operator]
            enter(world, session, Paper({person.ref: 0 for person in signed}))


def test_the_paper_is_checked_in_both_languages_and_another_list_has_another_mark(
    world: World, session: Session
) -> None:
    with in_district(world.district.pk):
        sheet = sheet_of(actor=world.consultant, ref=session.ref, at=BEGINS)
        drawn = [
            sheet_pdf(actor=world.consultant, sheet=sheet, district_name="Alder", language=language, at=BEGINS)
            for language in ("en", "es")
        ]
        assert [line.number for line in sheet.lines] == [1, 2, 3, 4]
        assert all(isinstance(each, Drawn) and each.is_checked for each in drawn)
        assert drawn[0] == sheet_pdf(
            actor=world.consultant, sheet=sheet, district_name="Alder", language="en", at=BEGINS
        )
        make_person_here = make_person(world.district)
        make_post(make_person_here, site=world.site)
        other = sheet_of(actor=world.consultant, ref=session.ref, at=BEGINS)
    assert len(sheet.mark) == 4
    assert other.mark != sheet.mark
