"""Where an online session is joined: in mails, calendar files and feeds, told anew when it changes."""

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor, make_region
from tests.factories.training import World, ask, make_world
from tests.moments import AT
from tests.program.training.test_sessions import BEGINS, assign
from tests.races import DONE, Wait, at_once
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.training.models import Session
from upstander.program.training.selectors.calendars import calendar_of
from upstander.program.training.selectors.sessions import without_meeting
from upstander.program.training.services.calendars import make_own_feed
from upstander.program.training.services.meetings import name_meeting
from upstander.program.training.services.sessions import confirm_session, open_session

ADDRESS = "https://meet.example.org/alder-42"


def agreed(world: World, mode: str = "online", *, is_confirmed: bool = True) -> Session:
    request = ask(world, mode=mode, room="" if mode == "online" else "Library")
    with in_district(world.district.pk):
        session = assign(world, request)
        return confirm_session(actor=world.coordinator, request_ref=request.ref, at=AT) if is_confirmed else session


def name(
    world: World, session: Session, address: str = ADDRESS, *, actor: Actor | None = None, at: dt.datetime = AT
) -> bool:
    with in_district(world.district.pk):
        return name_meeting(actor=actor or world.consultant, session_ref=session.ref, address=address, at=at)


def notices(world: World) -> list[Notice]:
    with in_district(world.district.pk):
        return list(Notice.objects.filter(kind="training_confirmed").order_by("id"))


def unfolded(file: str) -> str:
    return file.replace("\r\n ", "")


def test_everyone_gets_the_address_by_mail_and_in_the_calendar_and_once(world: World) -> None:
    session = agreed(world)
    before = len(notices(world))
    assert name(world, session) and not name(world, session)
    told = notices(world)[before:]
    assert len(told) == before == 2, "the site and the consultant, once more each"
    assert {each.facts["place"] for each in told} == {f"Online: {ADDRESS}"}
    for each in told:
        file = unfolded(each.calendar)
        assert f"\r\nURL:{ADDRESS}\r\n" in file and f"\r\nLOCATION:Online: {ADDRESS}\r\n" in file
        assert f"\r\nSEQUENCE:{session.sequence + 1}\r\n" in file
    with in_district(world.district.pk):
        event = AuditEvent.objects.get(event="training.meeting_named")
        assert event.data == {"session": session.ref}
        code = make_own_feed(actor=world.consultant, member_ref=world.near.ref, at=AT)
        (shown,) = calendar_of(actor=world.consultant, code=code, at=AT).sessions
        assert (shown.meeting, shown.sequence) == (ADDRESS, session.sequence + 1)
    assert name(world, session, "")
    assert {each.facts["place"] for each in notices(world)[-2:]} == {"Online"}


def test_of_a_planned_session_it_goes_out_with_the_confirmation(world: World) -> None:
    session = agreed(world, "hybrid", is_confirmed=False)
    assert name(world, session) and notices(world) == []
    with in_district(world.district.pk):
        confirm_session(actor=world.coordinator, request_ref=session.request.ref, at=AT)
    assert {each.facts["place"].partition("; ")[2] for each in notices(world)} == {f"also online: {ADDRESS}"}


def test_an_address_that_a_phone_began_with_a_capital_is_the_same_address(world: World) -> None:
    session = agreed(world)
    assert name(world, session, "Https://meet.example.org/alder-42")
    with in_district(world.district.pk):
        session.refresh_from_db()
        assert session.meeting == ADDRESS


@pytest.mark.parametrize(
    "typed", ["http://meet.example.org/1", "meet.example.org", "javascript:alert(1)", "https://x y"]
)
def test_what_is_no_https_address_is_refused(world: World, typed: str) -> None:
    session = agreed(world)
    with pytest.raises(Invalid) as refusal:
        name(world, session, typed)
    assert refusal.value.field == "address"


def test_only_who_leads_it_or_coordinates_its_site_says_it_and_only_in_time(world: World) -> None:
    session = agreed(world)
    with pytest.raises(NotFound):
        name(world, session, actor=world.administrator)
    with pytest.raises(NotFound):
        name(
            world, session, actor=make_actor(world.district, "region_lead", region=make_region(world.district, "East"))
        )
    assert name(world, session, actor=make_actor(world.district, "region_lead", region=world.region))
    with in_district(world.district.pk):
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
    assert name(world, session, ADDRESS + "-b", at=BEGINS)
    with pytest.raises(WrongState):
        name(world, session, ADDRESS + "-c", at=BEGINS + dt.timedelta(hours=2))


def test_a_session_in_a_room_has_none_and_the_database_keeps_it_so(world: World) -> None:
    session = agreed(world, "in_person")
    with pytest.raises(Invalid, match="in the room only"):
        name(world, session)
    with in_district(world.district.pk), pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(meeting=ADDRESS)


def test_it_is_missed_a_week_before_by_who_can_say_it(world: World) -> None:
    session = agreed(world)
    stranger = make_actor(world.district, "region_lead", region=make_region(world.district, "East"))
    early = AT - dt.timedelta(days=6)
    assert (session.starts_at - early).days > 6

    def missed(actor: Actor, at: dt.datetime = AT) -> list[str]:
        with in_district(world.district.pk):
            return [each.ref for each in without_meeting(actor=actor, at=at)]

    assert missed(world.coordinator) == missed(world.consultant) == [session.ref]
    assert missed(stranger) == missed(world.administrator) == missed(world.coordinator, early) == []
    assert missed(world.coordinator, BEGINS) == []
    name(world, session)
    assert missed(world.coordinator) == missed(world.consultant) == []


def test_two_who_say_it_at_once_are_both_heard_one_after_the_other(cloned_database: str) -> None:
    world = make_world()
    session = agreed(world)

    def say(who: Actor, address: str, wait: Wait) -> None:
        wait()
        name(world, session, address, actor=who)

    pairs = ((world.consultant, ADDRESS), (world.coordinator, ADDRESS + "-b"))
    assert at_once(*(partial(say, *pair) for pair in pairs)) == [DONE, DONE]
    with in_district(world.district.pk):
        before = session.sequence
        session.refresh_from_db()
        assert session.sequence == before + 2 and session.meeting in {ADDRESS, ADDRESS + "-b"}
