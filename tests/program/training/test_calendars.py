"""Secret addresses, files of busy times, and early warnings."""

import datetime as dt

import pytest

from tests.factories import make_actor
from tests.factories.training import DAY, World
from tests.moments import AT, TODAY
from tests.program.training.test_cadre import hold, reason
from tests.program.training.test_sessions import confirmed
from upstander.engines.matching import Reason
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.notices.models import Notice, NoticeSent
from upstander.foundation.notices.services import send_notice
from upstander.program.training.models import BusyTime, Feed
from upstander.program.training.selectors.calendars import calendar_of, own_code, site_addresses
from upstander.program.training.services.busy_files import forget_busy_file, read_busy_file
from upstander.program.training.services.calendars import (
    end_site_feed,
    make_own_feed,
    make_site_feed,
)
from upstander.program.training.services.members import Skilled
from upstander.program.training.services.warnings import warn_of_misfits

LUNCH = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Secret lunch\r\nDTSTART:20261118T140000\r\nDURATION:PT1H\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_file_keeps_its_hours_free_and_a_broken_one_changes_nothing(world: World) -> None:
    own = {"actor": world.consultant, "member_ref": world.near.ref, "at": AT}
    with in_district(world.district.pk):
        for _ in range(2):
            assert read_busy_file(data=LUNCH, **own) == 1  # type: ignore[arg-type]
        with pytest.raises(Invalid) as refused:
            read_busy_file(data=LUNCH.replace(b"20261118T140000", b"soon"), **own)  # type: ignore[arg-type]
        assert "Line 4" in str(refused.value)
        assert refused.value.field == "file"
        assert BusyTime.objects.get(is_from_file=True).starts_at == dt.datetime(2026, 11, 18, 22, tzinfo=dt.UTC)
        with pytest.raises(NotFound):
            read_busy_file(actor=world.consultant, member_ref=world.far.ref, data=LUNCH, at=AT)
    assert reason(world) is Reason.BUSY
    with in_district(world.district.pk):
        forget_busy_file(**own)  # type: ignore[arg-type]
        assert not BusyTime.objects.exists()


def test_a_secret_address_shows_times_and_places_until_it_is_replaced(world: World) -> None:
    _, session = confirmed(world)
    visitor = make_actor(world.district, "teacher")
    with in_district(world.district.pk):
        first = make_own_feed(actor=world.consultant, member_ref=world.near.ref, at=AT)
        assert len(first) * 5 >= 80
        assert [each.ref for each in calendar_of(actor=visitor, code=first, at=AT).sessions] == [session.ref]
        second = make_own_feed(actor=world.consultant, member_ref=world.near.ref, at=AT)
        with pytest.raises(NotFound):
            calendar_of(actor=visitor, code=first, at=AT)
        assert own_code(actor=world.consultant, member=world.near) == second
        assert own_code(actor=world.coordinator, member=world.near) == ""
        with pytest.raises(NotFound):
            make_own_feed(actor=world.coordinator, member_ref=world.near.ref, at=AT)


def test_a_site_has_a_calendar_of_its_own_for_who_may_ask_for_sessions_there(world: World) -> None:
    _, session = confirmed(world)
    with in_district(world.district.pk):
        code = make_site_feed(actor=world.administrator, site_ref=world.site.ref, at=AT)
        found = calendar_of(actor=world.administrator, code=code, at=AT)
        assert (found.site_name, [each.ref for each in found.sessions]) == ("Cedar High", [session.ref])
        assert [each.code for each in site_addresses(actor=world.administrator, at=AT)] == [code]
        with pytest.raises(NotFound):
            make_site_feed(actor=world.consultant, site_ref=world.site.ref, at=AT)
        end_site_feed(actor=world.administrator, site_ref=world.site.ref, at=AT)
        assert not Feed.objects.exists()


def test_a_skill_that_lapses_before_a_session_warns_both_and_once(world: World) -> None:
    confirmed(world)
    job = world.coordinator
    with in_district(world.district.pk):
        Notice.objects.all().delete()
        assert warn_of_misfits(actor=job, at=AT) == 0
        hold(world, Skilled("staff", "lead"), TODAY, DAY)
        for _ in range(2):
            assert warn_of_misfits(actor=job, at=AT) == 1
        told = Notice.objects.filter(kind="training_misfit")
        assert len(told) == 2
        assert world.near.person.email in {notice.recipient for notice in told}
        for notice in told:
            send_notice(actor=job, ref=notice.ref, at=AT, site_address="http://localhost")
        bodies = {sent.body.strip().splitlines()[-1] for sent in NoticeSent.objects.all()}
        assert bodies == {"http://localhost/en/cadre/me/", "http://localhost/en/cadre/"}
        assert {sent.subject[:14] for sent in NoticeSent.objects.all()} == {"Please look at"}
