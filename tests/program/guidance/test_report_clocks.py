"""A kept clock: its owner's alone, made of closed choices, corrected by lines, and gone when it should be."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import override_settings
from tests.factories import make_actor, make_district
from tests.factories.report import DUTY, LAST_FOUR, RECEIVED, make_clock, make_reporter, signed_in_as
from tests.moments import AT

from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import holding, in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.guidance.disposal import erase_clock, tidy_clock
from upstander.program.guidance.models import ClockYear, ReportClock, ReportClockLine
from upstander.program.guidance.selectors.clocks import clocks_kept, own_clock, own_clocks
from upstander.program.guidance.services._kept import KEPT
from upstander.program.guidance.services.clocks import MOST_OPEN, Line, add_line, close_clock, extend_clock, keep_clock
from upstander.program.guidance.states import Agency, LineKind, Manner

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WRITTEN = Line(LineKind.WRITTEN, RECEIVED, Agency.CHILD_WELFARE, Manner.ONLINE)


@pytest.fixture
def district() -> District:
    return make_district()


def tidy(district: District, ref: str, at: dt.datetime) -> None:
    with in_district(district.pk):
        tidy_clock(actor=job("guidance.tidy_clock", district.pk, frozenset()), ref=ref, at=at)


def waiting_jobs() -> list[dt.datetime]:
    """When each queued job of forgetting is to run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'guidance.tidy_clock'")
        return [row[0] for row in cursor.fetchall()]


def lines_of(district: District, ref: str) -> int:
    with in_district(district.pk), holding(ref):
        return ReportClockLine.objects.count()


def test_the_clock_starts_when_the_information_came_and_not_when_it_is_typed(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter, received_at=AT - 5 * DAY)
    with signed_in_as(reporter):
        clock = own_clock(actor=reporter, ref=ref)
    assert (clock.received_at, clock.due_at) == (AT - 5 * DAY, AT - 5 * DAY + dt.timedelta(hours=36))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-09-18T17:00-07:00", "2026-09-20T05:00-07:00", id="Friday at five"),
        pytest.param("2026-10-31T17:00-07:00", "2026-11-02T04:00-08:00", id="clocks go back in between"),
        pytest.param("2026-03-07T17:00-08:00", "2026-03-09T06:00-07:00", id="clocks go forward in between"),
    ],
)
def test_thirty_six_real_hours(district: District, received: str, due: str) -> None:
    reporter = make_reporter(district)
    came = dt.datetime.fromisoformat(received)
    ref = make_clock(reporter, received_at=came)
    with signed_in_as(reporter):
        assert own_clock(actor=reporter, ref=ref).due_at == dt.datetime.fromisoformat(due)


@pytest.mark.parametrize("role", ["teacher", "coordinator", "site_administrator", "cadre_member", "it_administrator"])
def test_nobody_else_finds_it_whatever_their_role(district: District, role: str) -> None:
    ref, other = make_clock(make_reporter(district)), make_actor(district, role)
    with signed_in_as(other):
        assert own_clocks(actor=other) == []
        for step in (
            lambda: own_clock(actor=other, ref=ref),
            lambda: add_line(actor=other, ref=ref, line=WRITTEN, at=AT),
            lambda: close_clock(actor=other, ref=ref, at=AT),
            lambda: extend_clock(actor=other, ref=ref, at=AT),
            lambda: erase_clock(actor=other, ref=ref, at=AT),
        ):
            with pytest.raises(NotFound):
                step()
        # Behind the filters stands the database: not one row, even without them.
        assert (ReportClock.objects.count(), ReportClockLine.objects.count()) == (0, 0)


def test_in_the_other_district_the_owner_has_no_clock(district: District) -> None:
    reporter, other = make_reporter(district), make_district("fork", "north.localhost")
    make_clock(reporter)
    with in_district(other.pk, account_id=reporter.account_id):
        assert ReportClock.objects.count() == 0


def test_nobody_can_keep_a_clock_in_someone_elses_name(district: District) -> None:
    reporter, other = make_reporter(district), make_reporter(district)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), signed_in_as(other):
        keep_clock(actor=reporter, received_at=RECEIVED, zone="UTC", duty=DUTY, at=AT)


def test_a_visitor_keeps_no_clock(district: District) -> None:
    nobody = job("nobody", district.pk, frozenset())
    with in_district(district.pk), pytest.raises(NotAllowed):
        keep_clock(actor=nobody, received_at=RECEIVED, zone="UTC", duty=DUTY, at=AT)


def test_a_correction_is_a_new_line(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        add_line(actor=reporter, ref=ref, line=Line(LineKind.RECEIVED, RECEIVED - DAY, replaces=1), at=AT)
        clock = own_clock(actor=reporter, ref=ref)
    assert [(line.number, line.replaces, line.replaced_by) for line in clock.lines] == [
        (1, None, 3),
        (2, None, None),
        (3, 1, None),
    ]
    assert clock.received_at == RECEIVED - DAY


def test_a_line_cannot_be_changed(district: District) -> None:
    reporter = make_reporter(district)
    make_clock(reporter)
    with pytest.raises(ProgrammingError, match="permission denied"), signed_in_as(reporter):
        ReportClockLine.objects.update(manner=Manner.BUSY)


def test_late_is_told_and_not_refused(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter, received_at=AT - 9 * DAY)
    with signed_in_as(reporter):
        add_line(actor=reporter, ref=ref, line=Line(LineKind.WRITTEN, AT, Agency.LAW, Manner.MAIL), at=AT)
        clock = own_clock(actor=reporter, ref=ref)
    assert (clock.sent_at, clock.is_late) == (AT, True)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (Line(LineKind.WRITTEN, AT + DAY, Agency.LAW, Manner.MAIL), "day"),
        (Line(LineKind.WRITTEN, AT + DAY / 24, Agency.LAW, Manner.MAIL), "time"),
        (Line(LineKind.WRITTEN, RECEIVED, Agency.LAW, Manner.BUSY), "agency"),
        (Line(LineKind.ATTEMPT, RECEIVED, "school police", Manner.ANSWERED), "agency"),
        (Line(LineKind.ATTEMPT, RECEIVED, Agency.LAW, Manner.ANSWERED, "12345"), "last_four"),
        (Line(LineKind.ATTEMPT, RECEIVED, Agency.LAW, Manner.ANSWERED, "Ana!"), "last_four"),
        (Line(LineKind.WRITTEN, RECEIVED, Agency.LAW, Manner.MAIL, replaces=2), "replaces"),
    ],
)
def test_only_what_the_kind_allows_is_taken(district: District, line: Line, field: str) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter), pytest.raises(Invalid) as refused:
        add_line(actor=reporter, ref=ref, line=line, at=AT)
    assert refused.value.field == field


@pytest.mark.parametrize("said", [{"manner": "a long story"[:20]}, {"agency": "Ana Reyes"}, {"last_four": "Ana!"}])
def test_the_database_itself_takes_no_story(district: District, said: dict[str, str]) -> None:
    reporter = make_reporter(district)
    make_clock(reporter)
    with signed_in_as(reporter):
        clock = ReportClock.objects.get()
        fields = {"kind": "attempt", "agency": "law", "manner": "busy", **said}
        line = ReportClockLine(district_id=district.pk, clock=clock, number=9, happened_at=AT, recorded_at=AT, **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            line.save()


def test_the_audit_knows_neither_whose_it_is_nor_which(district: District) -> None:
    reporter = make_reporter(district)
    refs = [make_clock(reporter), make_clock(reporter)]
    with in_district(district.pk):
        rows = list(AuditEvent.objects.filter(event__startswith="guidance.clock").order_by("pk"))
    assert [row.event for row in rows] == ["guidance.clock_kept", "guidance.clock_line_added"] * 2
    told = repr([(row.actor_name, row.subject_ref, row.data) for row in rows])
    assert not [one for one in (*refs, reporter.name, str(reporter.account_id)) if f"'{one}'" in told]
    assert rows[0].actor_name == rows[1].actor_name != rows[2].actor_name  # two clocks look like two people's


def test_the_owner_erases_it_at_once_and_hears_how_much_was_destroyed(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        assert erase_clock(actor=reporter, ref=ref, at=AT) == 3
        assert (ReportClock.objects.count(), ReportClockLine.objects.count()) == (0, 0)
        assert AuditEvent.objects.get(event="guidance.clock_erased").data == {"rows": 3}
    tidy(district, ref, AT + 900 * DAY)  # the job that was waiting finds nothing


def test_ninety_days_after_closing_only_a_stub_is_left(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        close_clock(actor=reporter, ref=ref, at=AT)
    tidy(district, ref, AT + KEPT - dt.timedelta(seconds=1))
    assert lines_of(district, ref) == 2
    for _ in range(2):  # a job may run twice
        tidy(district, ref, AT + KEPT)
    assert lines_of(district, ref) == 0
    with in_district(district.pk):
        assert AuditEvent.objects.get(event="guidance.clock_reduced").data == {"rows": 2}
    with signed_in_as(reporter):
        stub = own_clock(actor=reporter, ref=ref)
        assert (stub.is_stub, stub.lines, stub.received_at, stub.due_at) == (True, (), None, None)
        with pytest.raises(WrongState):
            add_line(actor=reporter, ref=ref, line=WRITTEN, at=AT + KEPT)


def test_a_legal_hold_stops_time_and_the_job_asks_again(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        close_clock(actor=reporter, ref=ref, at=AT)
    with override_settings(LEGAL_HOLD=True):
        tidy(district, ref, AT + KEPT)
    assert lines_of(district, ref) == 2
    assert max(waiting_jobs()) == (AT + KEPT + DAY).replace(hour=0)
    tidy(district, ref, AT + KEPT + DAY)
    assert lines_of(district, ref) == 0


def test_under_a_legal_hold_what_is_gone_asks_no_more(district: District) -> None:
    reporter = make_reporter(district)
    erased, stub = make_clock(reporter), make_clock(reporter)
    with signed_in_as(reporter):
        erase_clock(actor=reporter, ref=erased, at=AT)
        close_clock(actor=reporter, ref=stub, at=AT)
    tidy(district, stub, AT + KEPT)
    before = len(waiting_jobs())
    with override_settings(LEGAL_HOLD=True):
        for ref in (erased, stub):
            tidy(district, ref, AT + KEPT + DAY)
    assert len(waiting_jobs()) == before


def test_the_audit_and_the_waiting_job_tell_no_time(district: District) -> None:
    """After the clock is erased, a time would still stand beside somebody's sign-in."""
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    assert waiting_jobs() == [(AT + KEPT + DAY).replace(hour=0)]
    with signed_in_as(reporter):
        erase_clock(actor=reporter, ref=ref, at=AT)
    with in_district(district.pk):
        told = set(AuditEvent.objects.filter(event__startswith="guidance.").values_list("happened_at", flat=True))
    assert told == {AT.replace(hour=0)}
    with connection.cursor() as cursor:  # with the clock goes its job, and what the queue noted of that
        cursor.execute("SELECT (SELECT count(*) FROM procrastinate_jobs), (SELECT count(*) FROM procrastinate_events)")
        assert cursor.fetchone() == (0, 0)


def test_an_extended_clock_stays(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        close_clock(actor=reporter, ref=ref, at=AT)
        for days in (50, 60):
            extend_clock(actor=reporter, ref=ref, at=AT + days * DAY)
    assert len(waiting_jobs()) == 1  # one job waits for each clock, however often it is extended
    tidy(district, ref, AT + KEPT)
    assert lines_of(district, ref) == 2 and len(waiting_jobs()) == 2  # the first is the one that just ran
    tidy(district, ref, AT + 60 * DAY + KEPT)
    assert lines_of(district, ref) == 0


def test_a_forgotten_clock_closes_by_itself_and_then_goes_the_same_way(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    tidy(district, ref, AT + KEPT)
    with signed_in_as(reporter):
        assert own_clock(actor=reporter, ref=ref).state == "closed"
    tidy(district, ref, AT + 2 * KEPT)
    assert lines_of(district, ref) == 0


def test_a_key_opens_its_own_clock_and_ends_with_its_block(district: District) -> None:
    ref = make_clock(make_reporter(district))
    make_clock(make_reporter(district))
    with in_district(district.pk):
        with holding(ref):
            assert [clock.ref for clock in ReportClock.objects.all()] == [ref]
        assert ReportClock.objects.count() == 0
        with holding(""):
            assert ReportClock.objects.count() == 0


def test_the_district_learns_a_number_when_the_year_has_ended_and_no_small_one(district: District) -> None:
    coordinator, next_year = make_actor(district), AT + 300 * DAY
    for expected in [*[None] * 10, 11]:
        reporter = make_reporter(district)
        ref = make_clock(reporter)
        with signed_in_as(reporter):
            erase_clock(actor=reporter, ref=ref, at=AT)  # erasing takes nothing back
        with signed_in_as(coordinator):
            assert clocks_kept(actor=coordinator, at=AT) is None  # while the year is under way, nobody can watch it
            assert clocks_kept(actor=coordinator, at=next_year) == expected
    with signed_in_as(coordinator):
        assert ClockYear.objects.count() == 1
    with signed_in_as(reporter), pytest.raises(NotAllowed):
        clocks_kept(actor=reporter, at=AT)


def test_nobody_makes_the_number_large_alone(district: District) -> None:
    coordinator = make_actor(district)
    refs = [make_clock(coordinator) for _ in range(MOST_OPEN)]
    with pytest.raises(WrongState, match="enough open"):
        make_clock(coordinator)
    with signed_in_as(coordinator):
        close_clock(actor=coordinator, ref=refs[0], at=AT)
    make_clock(coordinator)
    make_clock(make_reporter(district))
    with signed_in_as(coordinator):
        assert ClockYear.objects.get().clocks_count == 2


def test_the_waiting_job_carries_nothing_but_an_opaque_ref(district: District) -> None:
    ref = make_clock(make_reporter(district))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'guidance.tidy_clock'")
        assert [json.loads(row[0]) for row in cursor.fetchall()] == [{"ref": ref, "district_id": district.pk}]
    assert LAST_FOUR not in ref
