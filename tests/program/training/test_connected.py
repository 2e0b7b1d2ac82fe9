"""Connected calendars: an address that is sealed, and a host that may do what it likes."""

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.factories import make_actor
from tests.factories.calendar_host import calendar_host, reply
from tests.factories.training import DAY, HOME, World, make_consultant, make_world
from tests.moments import AT, TODAY
from tests.program.training.test_cadre import reason
from tests.program.training.test_calendars import LUNCH
from tests.program.training.test_sessions import confirmed
from tests.races import at_once
from upstander.commands import rotate_keys
from upstander.district.people.models import Post
from upstander.engines.matching import Reason
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.fetching import Cause, Fetched, FetchFailed, fetch
from upstander.foundation.kernel.db import alone, in_district
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.notices.models import Notice
from upstander.foundation.notices.services import send_notice
from upstander.foundation.vault.seals import About, open_sealed
from upstander.jobs import calendars as jobs
from upstander.program.training.disposal import forget_calendars
from upstander.program.training.models import BusyTime, ConnectedCalendar
from upstander.program.training.selectors.connected import connected_calendar, due_calendars
from upstander.program.training.services.busy_files import read_busy_file
from upstander.program.training.services.connected import (
    MOST_AN_HOUR,
    ask_calendar,
    connect_calendar,
    disconnect_calendar,
)
from upstander.program.training.services.readings import EVERY, MOST_TRIES, Question, begin_reading, end_reading
from upstander.program.training.services.warnings import warn_of_misfits

HOST = "calendar.example.org"
ADDRESS = f"webcal://{HOST}/private-canary4711/basic.ics"
LATER = dt.timedelta(hours=6)
SOON = dt.timedelta(minutes=1)  # the product's clock goes on, and begins within a second of what it is put to


@pytest.fixture(autouse=True)
def hosts(settings: Any) -> None:
    settings.CALENDAR_HOSTS = [HOST]


@pytest.fixture
def world(db: None, set_clock: Any) -> World:
    set_clock(AT + SOON)
    return make_world()


def connect(world: World, address: str = ADDRESS, at: dt.datetime = AT) -> ConnectedCalendar:
    with in_district(world.district.pk):
        connect_calendar(actor=world.consultant, member_ref=world.near.ref, address=address, at=at)
        return ConnectedCalendar.objects.get()


class Host:
    """What the calendar's host answers, and what it was asked."""

    def __init__(self, *answers: bytes | None | BaseException) -> None:
        self.answers, self.asked = list(answers), list[Question]()

    def __call__(self, question: Question) -> Fetched:
        self.asked.append(question)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return Fetched(answer, '"tag"', "Mon, 16 Nov 2026 08:00:00 GMT")


def read(world: World, host: Host) -> ConnectedCalendar | None:
    """One round of the timetable."""
    jobs.read_due(world.district.pk, ask=host)
    with in_district(world.district.pk):
        return ConnectedCalendar.objects.first()


def busy(world: World) -> list[tuple[dt.datetime, bool]]:
    with in_district(world.district.pk):
        return sorted(BusyTime.objects.values_list("starts_at", "is_connected"))


def test_a_connected_calendar_keeps_its_hours_free_beside_an_uploaded_one_until_it_is_ended(world: World) -> None:
    own: dict[str, Any] = {"actor": world.consultant, "member_ref": world.near.ref, "at": AT}
    connect(world)
    row = read(world, Host(LUNCH))
    assert row and (row.host, row.stretch_count, row.trouble) == (HOST, 1, "")
    assert row.next_at and row.read_at and EVERY <= row.next_at - row.read_at <= EVERY + dt.timedelta(hours=1)
    assert reason(world) is Reason.BUSY
    with in_district(world.district.pk):
        read_busy_file(data=LUNCH.replace(b"20261118", b"20261119"), **own)
    assert [connected for _, connected in busy(world)] == [True, False]
    with in_district(world.district.pk):
        disconnect_calendar(**own)
        assert not ConnectedCalendar.objects.exists()
    assert [connected for _, connected in busy(world)] == [False]


def test_a_time_that_collides_with_an_agreed_session_is_told_to_both(world: World) -> None:
    _, session = confirmed(world)
    connect(world)
    ours = LUNCH.replace(b"SUMMARY", f"UID:{session.ref}@alder.example\r\nSUMMARY".encode())
    read(world, Host(ours))
    with in_district(world.district.pk):
        assert warn_of_misfits(actor=world.coordinator, at=AT) == 0, "our own invitation collides with nothing"
        disconnect_calendar(actor=world.consultant, member_ref=world.near.ref, at=AT)
    connect(world)
    read(world, Host(LUNCH))
    with in_district(world.district.pk):
        Notice.objects.all().delete()
        assert warn_of_misfits(actor=world.coordinator, at=AT) == 1
        assert Notice.objects.filter(kind="training_misfit").count() == 2


def test_only_its_owner_enters_sees_and_ends_it(world: World) -> None:
    connect(world)
    for step in (ask_calendar, disconnect_calendar, partial(connect_calendar, address=ADDRESS)):
        for actor in (world.coordinator, make_actor(world.district, "it_administrator")):
            with in_district(world.district.pk), pytest.raises(NotFound):
                step(actor=actor, member_ref=world.near.ref, at=AT)
    with in_district(world.district.pk):
        seen = [
            connected_calendar(actor=each, member=world.near, at=AT) for each in (world.coordinator, world.consultant)
        ]
        assert [each.host for each in seen if each] == ["", HOST]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://calendar.example.org/a.ics", "no calendar address"),
        ("https://127.0.0.1/a.ics", "no calendar address"),
        ("https://stranger.example/a.ics", "host cannot be connected"),
    ],
)
def test_an_address_that_is_not_taken_is_not_repeated(world: World, address: str, told: str) -> None:
    with in_district(world.district.pk), pytest.raises(Invalid, match=told) as refused:
        connect_calendar(actor=world.consultant, member_ref=world.near.ref, address=address, at=AT)
    assert "a.ics" not in str(refused.value)
    assert refused.value.field == "address"


@pytest.mark.parametrize(("hosts", "keys"), [([], [b"x" * 32]), ([HOST], [])], ids=["no host", "no key"])
def test_nothing_is_connected_or_asked_until_the_operator_says_so(
    world: World, settings: Any, hosts: list[str], keys: list[bytes]
) -> None:
    settings.CALENDAR_HOSTS, settings.VAULT_KEYS = hosts, keys
    with in_district(world.district.pk), pytest.raises(Invalid, match="reads no calendars from outside"):
        connect_calendar(actor=world.consultant, member_ref=world.near.ref, address=ADDRESS, at=AT)
    jobs.read_calendars.func(timestamp=0)


def test_a_broken_calendar_keeps_the_former_times_and_says_which_line(world: World, set_clock: Any) -> None:
    connect(world)
    read(world, Host(LUNCH))
    before = busy(world)
    set_clock(AT + LATER + SOON)
    row = read(world, Host(LUNCH.replace(b"20261118T140000", b"soon")))
    assert row and (row.trouble, row.trouble_line, row.tries_count) == ("bad_time", 4, 1)
    assert row.read_at and row.read_at < AT + LATER
    assert busy(world) == before
    set_clock(AT + 2 * LATER + SOON)
    row = read(world, Host(LUNCH))
    assert row and (row.trouble, row.trouble_line, row.tries_count) == ("", None, 0)


def test_an_unchanged_calendar_is_asked_with_its_marks_and_once_a_month_in_full(world: World, set_clock: Any) -> None:
    connect(world)
    host = Host(LUNCH, None, LUNCH)
    read(world, host)
    for later in (LATER, dt.timedelta(days=31)):
        set_clock(AT + later + SOON)
        row = read(world, host)
        assert row and row.read_at and row.read_at >= AT + later and row.stretch_count == (1 if later == LATER else 0)
    assert [each.etag for each in host.asked] == ["", '"tag"', ""]
    with in_district(world.district.pk):
        told = AuditEvent.objects.filter(event="training.calendar_read").values_list("data", flat=True)
        assert list(told) == [{"stretch_count": 1}, {"stretch_count": 0}], "what changes nothing is no event"


def test_after_repeated_failures_it_is_left_alone_and_its_owner_told_once(world: World, set_clock: Any) -> None:
    connect(world)
    host, at = Host(FetchFailed(Cause.REFUSED)), AT
    for _ in range(MOST_TRIES + 2):
        row = read(world, host)
        at += LATER
        set_clock(at + SOON)
    assert row and (row.next_at, row.trouble, len(host.asked)) == (None, "refused", MOST_TRIES)
    with in_district(world.district.pk):
        notice = Notice.objects.get(kind="training_calendar_left")
        assert (notice.recipient, notice.facts) == (world.near.person.email, {})
        ask_calendar(actor=world.consultant, member_ref=world.near.ref, at=at)
    row = read(world, Host(LUNCH))
    assert row and (row.trouble, row.tries_count, row.stretch_count) == ("", 0, 1)


def test_a_host_that_asks_to_be_left_alone_is_and_a_tired_one_rests(world: World) -> None:
    connect(world)
    other, actor = make_consultant(world.district, world.coordinator, "Other", HOME)
    with in_district(world.district.pk):
        connect_calendar(actor=actor, member_ref=other.ref, address=ADDRESS, at=AT + dt.timedelta(seconds=1))
    row = read(world, host := Host(FetchFailed(Cause.LATER, dt.timedelta(days=2))))
    assert len(host.asked) == 1, "the second calendar of this host waits for the next round"
    assert row and row.next_at and row.next_at > AT + dt.timedelta(days=2)


def test_a_job_that_was_killed_counts_as_a_try_and_is_made_up_for(world: World, set_clock: Any) -> None:
    connect(world)
    at = AT
    for _ in range(MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            read(world, Host(KeyboardInterrupt()))
        read(world, killed := Host(LUNCH))
        assert not killed.asked, "it may still be asking"
        at += dt.timedelta(minutes=11)
        set_clock(at + SOON)
    row = read(world, Host(LUNCH))
    assert row and (row.next_at, row.trouble) == (None, "broke_off")


def test_an_answer_that_comes_too_late_changes_nothing(world: World) -> None:
    row = connect(world)
    job: dict[str, Any] = {"actor": world.coordinator, "ref": row.ref}
    with in_district(world.district.pk):
        first = begin_reading(at=AT, **job)
        assert first and begin_reading(at=AT, **job) is None
        ask_calendar(actor=world.consultant, member_ref=world.near.ref, at=AT + dt.timedelta(seconds=1))
        second = begin_reading(at=AT + dt.timedelta(seconds=1), **job)
        assert second
        end_reading(question=first, found=Fetched(LUNCH), at=AT, **job)
        assert not BusyTime.objects.exists()
        end_reading(question=second, found=Fetched(LUNCH), at=AT, **job)
        assert BusyTime.objects.count() == 1
        disconnect_calendar(actor=world.consultant, member_ref=world.near.ref, at=AT)
        end_reading(question=second, found=Fetched(LUNCH), at=AT, **job)
        assert not BusyTime.objects.exists()


def test_who_asks_all_the_time_is_stopped(world: World) -> None:
    for _ in range(MOST_AN_HOUR):
        connect(world)
    with pytest.raises(Invalid, match="often enough"):
        connect(world)


def test_a_key_that_was_taken_away_ends_the_asking_and_tells_the_owner(world: World, settings: Any) -> None:
    connect(world)
    settings.VAULT_KEYS = [b"n" * 32]
    row = read(world, host := Host(LUNCH))
    assert row and (row.next_at, row.trouble, host.asked) == (None, "no_key", [])


def test_rotating_keys_seals_anew_and_can_be_run_again(world: World, settings: Any, capsys: Any) -> None:
    before = connect(world).address
    old, new = settings.VAULT_KEYS[0], b"n" * 32
    settings.VAULT_KEYS = [new, old]
    for count in (1, 0):
        assert rotate_keys.run(_options()) == 0
        assert json.loads(capsys.readouterr().out) == {"resealed": count, "unopened": 0}
    settings.VAULT_KEYS = [new]
    with in_district(world.district.pk):
        row = ConnectedCalendar.objects.get()
        about = About("training_connectedcalendar", row.ref, world.district.pk)
        assert row.address != before
        assert open_sealed(row.address, about=about) == ADDRESS.replace("webcal", "https")
    settings.VAULT_KEYS = [b"z" * 32]
    assert rotate_keys.run(_options()) == 1
    assert json.loads(capsys.readouterr().out) == {"resealed": 0, "unopened": 1}


def _options() -> Any:
    parser = rotate_keys.argparse.ArgumentParser()  # type: ignore[attr-defined]
    rotate_keys.add_arguments(parser)
    return parser.parse_args(["--json"])


def test_who_left_the_cadre_is_not_asked_any_more_and_their_calendar_goes(world: World) -> None:
    connect(world)
    read(world, Host(LUNCH))
    with in_district(world.district.pk):
        Post.objects.filter(person=world.near.person).update(ends_on=TODAY)
        ConnectedCalendar.objects.update(next_at=AT)
        assert due_calendars(actor=world.coordinator, at=AT) == []
        assert [forget_calendars(actor=world.coordinator, at=AT) for _ in range(2)] == [1, 0]
        assert not BusyTime.objects.exists()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def test_the_address_stands_nowhere(world: World, logged: io.StringIO, set_clock: Any) -> None:
    """Every column of every table, every log line, every mail and every representation, after good and bad readings."""
    row, at = connect(world), AT
    said = [repr(row), str(row), repr(vars(row))]
    answers: list[bytes | FetchFailed] = [LUNCH, b"nonsense", *[FetchFailed(Cause.REFUSED)] * MOST_TRIES]
    for answer in answers:
        host = Host(answer)
        read(world, host)
        said += [repr(question) for question in host.asked]
        at += LATER
        set_clock(at + SOON)
    with in_district(world.district.pk):
        notice = Notice.objects.get(kind="training_calendar_left")
        send_notice(actor=world.coordinator, ref=notice.ref, at=AT, site_address="http://localhost")
        tables = [repr(list(model._base_manager.values())) for model in apps.get_models()]
        with connection.cursor() as cursor:
            cursor.execute("SELECT j::text FROM procrastinate_jobs j")
            tables += [str(line) for line in cursor.fetchall()]
    assert "Please look at your time" in "".join(tables)
    found = "".join([*tables, *said, logged.getvalue()])
    assert HOST in found, "the walk is broken"
    assert "canary4711" not in found and "basic.ics" not in found and "Secret lunch" not in found


def test_a_real_host_is_asked_as_it_wishes(world: World, set_clock: Any, tmp_path: Path) -> None:
    connect(world)
    with calendar_host(tmp_path) as host:

        def over_the_wire(question: Question) -> Fetched:
            return fetch(question.address, [HOST], etag=question.etag, changed=question.changed, reach=host.reach)

        for answer in (reply(LUNCH, ETag='"v1"'), reply(status="304 Not Modified"), reply(LUNCH[:60])):
            host.answers["/private-canary4711/basic.ics"] = answer
            jobs.read_due(world.district.pk, ask=over_the_wire)
            set_clock(AT + len(host.asked) * LATER + SOON)
    assert [b'If-None-Match: "v1"' in asked for asked in host.asked] == [False, True, True]
    with in_district(world.district.pk):
        row = ConnectedCalendar.objects.get()
    assert (row.trouble, row.stretch_count, len(busy(world))) == ("broken_line", 1, 1)


def test_two_jobs_ask_a_host_one_after_the_other(cloned_database: str, set_clock: Any) -> None:
    set_clock(AT + SOON)
    world = make_world()
    connect(world)
    asked = list[Question]()

    def slow(wait: Any, question: Question) -> Fetched:
        asked.append(question)
        wait()  # the other comes
        wait()  # and has gone
        return Fetched(LUNCH)

    def second(wait: Any) -> None:
        wait()
        with alone(f"calendar-host:{HOST}") as is_mine:
            assert not is_mine
        jobs.read_due(world.district.pk, ask=lambda question: slow(wait, question))
        wait()

    assert at_once(lambda wait: jobs.read_due(world.district.pk, ask=partial(slow, wait)), second) == ["done"] * 2
    assert len(asked) == 1
    with in_district(world.district.pk):
        assert BusyTime.objects.get().starts_at.date() == DAY
