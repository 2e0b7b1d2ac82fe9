"""Joint reports: joined by a one-time code, unseen by others, and each one's own duty until they know."""

import datetime as dt

import pytest
from django.db import connection
from tests.factories import make_actor, make_district
from tests.factories.report import DUTY, RECEIVED, make_clock, make_reporter, signed_in_as
from tests.moments import AT

from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, Refused, WrongState
from upstander.foundation.notices.models import Notice, NoticeSent
from upstander.foundation.notices.selectors import sent_mail
from upstander.foundation.notices.services import send_notice
from upstander.program.guidance.disposal import forget_membership
from upstander.program.guidance.models import JointInvite, JointMember, JointReport, ReportClock
from upstander.program.guidance.selectors.joint import own_joint, own_joints
from upstander.program.guidance.services._kept import KEPT
from upstander.program.guidance.services.clocks import Line, add_line, close_clock, keep_clock
from upstander.program.guidance.services.joint import (
    LOOK_AGAIN,
    REVIVE,
    accept,
    confirm_joint,
    invite,
    know_it,
    leave,
    remind_me,
    reopen,
    revive_duty,
    start_joint,
    take_over,
)
from upstander.program.guidance.services.proofs import make_proof
from upstander.program.guidance.services.reminders import remind, set_reminder
from upstander.program.guidance.states import Agency, LineKind, Manner

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CALLED = Line(LineKind.ATTEMPT, RECEIVED, Agency.CHILD_WELFARE, Manner.ANSWERED)


@pytest.fixture
def district() -> District:
    return make_district()


def started(first: Actor) -> str:
    clock = make_clock(first)
    with signed_in_as(first):
        return start_joint(actor=first, clock_ref=clock, at=AT)


def code_of(member: Actor, ref: str, at: dt.datetime = AT) -> str:
    with signed_in_as(member):
        return invite(actor=member, ref=ref, at=at)


def joined(district: District, first: Actor, ref: str) -> Actor:
    other = make_reporter(district)
    code = code_of(first, ref)
    with signed_in_as(other):
        assert accept(actor=other, code=code, at=AT) == ref
    return other


def worker(district: District) -> Actor:
    return job("guidance.job", district.pk, frozenset())


def ref_of(member: Actor) -> str:
    with signed_in_as(member):
        return JointMember.objects.get().ref


def test_two_agree_and_one_calls(district: District) -> None:
    first = make_reporter(district)
    ref = started(first)
    second = joined(district, first, ref)
    for member, is_caller in ((first, True), (second, False)):
        with signed_in_as(member):
            joint = own_joint(actor=member, ref=ref, at=AT)
            assert (joint.members_count, joint.is_caller, joint.has_caller) == (2, is_caller, True)
            assert JointMember.objects.count() == 1  # not even members see one another's rows
    with signed_in_as(second):
        take_over(actor=second, ref=ref, at=AT)
        assert own_joint(actor=second, ref=ref, at=AT).is_caller
    with signed_in_as(first):
        assert not own_joint(actor=first, ref=ref, at=AT).is_caller


@pytest.mark.parametrize("role", ["teacher", "coordinator", "it_administrator"])
def test_nobody_outside_sees_that_it_exists(district: District, role: str) -> None:
    first = make_reporter(district)
    ref = started(first)
    code_of(first, ref)
    other = make_actor(district, role)
    with signed_in_as(other):
        assert own_joints(actor=other, at=AT) == []
        for step in (invite, take_over, confirm_joint, know_it, reopen, leave):
            with pytest.raises(NotFound):
                step(actor=other, ref=ref, at=AT)
        counts = [model.objects.count() for model in (JointReport, JointMember, JointInvite)]
        assert counts == [0, 0, 0]


def test_a_code_tells_nothing_when_it_does_not_open(district: District) -> None:
    first, other = make_reporter(district), make_reporter(district)
    ref = started(first)
    used, old, own = code_of(first, ref), code_of(first, ref, AT - 2 * DAY), code_of(first, ref)
    third = make_reporter(district)
    with signed_in_as(third):
        accept(actor=third, code=used, at=AT)
    said = set()
    for actor, code in ((other, used), (other, old), (other, "0" * 16), (other, ""), (first, own)):
        with signed_in_as(actor), pytest.raises(Refused) as refused:
            accept(actor=actor, code=code, at=AT)
        said.add((type(refused.value), str(refused.value)))
    assert len(said) == 1
    with signed_in_as(other):
        assert accept(actor=other, code=own, at=AT) == ref  # a refused try has not used it up


def test_the_signer_leaves_and_a_day_later_the_others_are_reminded(district: District) -> None:
    """Two reporters, joint; the signer leaves; at +24 h the other is told that the duty is their own again."""
    first = make_reporter(district)
    ref = started(first)
    second = joined(district, first, ref)
    with signed_in_as(second):
        remind_me(actor=second, ref=ref, email="own@home.example", language="es", at=AT)
    with signed_in_as(first):
        leave(actor=first, ref=ref, at=AT)
        assert own_joints(actor=first, at=AT) == []
    part = ref_of(second)
    for at, notices in ((RECEIVED + DAY - dt.timedelta(seconds=1), 0), (RECEIVED + DAY, 1), (RECEIVED + DAY, 1)):
        with in_district(district.pk):
            revive_duty(actor=worker(district), ref=part, at=at)
            assert Notice.objects.count() == notices
        with signed_in_as(second):
            joint = own_joint(actor=second, ref=ref, at=at)
            assert (joint.duty_revived, joint.has_caller, joint.members_count) == (bool(notices), False, 1)
    with in_district(district.pk):
        notice = Notice.objects.get()
        assert send_notice(actor=worker(district), ref=notice.ref, at=AT, site_address="https://x.example")
        sent, notice = NoticeSent.objects.get(), Notice.objects.get()
        assert (sent.subject, sent.body, notice.recipient, notice.is_private) == ("Recordatorio", "", "", True)
        reader = make_actor(district, "it_administrator")
        assert sent_mail(actor=reader) == []


def proved(member: Actor, *lines: Line, came: dt.datetime = RECEIVED) -> None:
    """An own clock with these lines and nothing else, and a proof of it."""
    with signed_in_as(member):
        ref = keep_clock(actor=member, received_at=came, zone="UTC", duty=DUTY, at=AT).ref
        for line in lines:
            add_line(actor=member, ref=ref, line=line, at=AT)
        make_proof(actor=member, ref=ref, at=AT)
        close_clock(actor=member, ref=ref, at=AT)


def test_only_a_proof_that_tells_of_a_report_like_this_one_lets_the_caller_say_so(district: District) -> None:
    first = make_reporter(district)
    with signed_in_as(first):
        clock = keep_clock(actor=first, received_at=RECEIVED, zone="UTC", duty=DUTY, at=AT).ref
        ref = start_joint(actor=first, clock_ref=clock, at=AT)
    second = joined(district, first, ref)
    proved(second, CALLED)

    def refuses(member: Actor) -> bool:
        with signed_in_as(member):
            try:
                confirm_joint(actor=member, ref=ref, at=AT)
            except WrongState:
                return True
        return False

    assert refuses(second) and refuses(first)  # not the one who calls; no proof
    proved(first)  # it tells of nothing
    proved(first, Line(LineKind.ATTEMPT, RECEIVED, Agency.LAW, Manner.BUSY))  # nobody answered
    proved(first, CALLED, Line(LineKind.ATTEMPT, RECEIVED, Agency.LAW, Manner.CUT_OFF, replaces=2))  # corrected
    proved(first, CALLED, came=RECEIVED - 2 * DAY)  # some other report
    assert refuses(first)
    proved(first, CALLED, came=RECEIVED - dt.timedelta(minutes=5))
    assert not refuses(first)


def test_a_member_who_lies_silences_nobody(district: District) -> None:
    """Whoever joins may take over, invent a clock and say that it is done: each one's duty and reminder stay."""
    first = make_reporter(district)
    ref = started(first)
    liar, third = joined(district, first, ref), joined(district, first, ref)
    for member in (first, third):
        with signed_in_as(member):
            remind_me(actor=member, ref=ref, email="own@home.example", language="en", at=AT)
    with signed_in_as(liar):
        take_over(actor=liar, ref=ref, at=AT)
    proved(liar, CALLED)
    with signed_in_as(liar):
        confirm_joint(actor=liar, ref=ref, at=AT)
    with signed_in_as(third):
        know_it(actor=third, ref=ref, at=AT)  # their own word, and for themselves only
    with signed_in_as(first):
        told = own_joint(actor=first, ref=ref, at=RECEIVED + DAY)
        assert told.done_at and told.duty_revived and not told.is_known
    for member in (first, third):
        with in_district(district.pk):
            revive_duty(actor=worker(district), ref=ref_of(member), at=RECEIVED + DAY)
    with in_district(district.pk):
        assert Notice.objects.count() == 1
    with signed_in_as(first):
        reopen(actor=first, ref=ref, at=AT)
        take_over(actor=first, ref=ref, at=AT)
        told = own_joint(actor=first, ref=ref, at=AT)
        assert told.is_caller and told.done_at is None
    with signed_in_as(third):
        assert own_joint(actor=third, ref=ref, at=AT).is_known


def test_an_address_given_later_is_written_to_and_one_given_too_late_is_refused(district: District) -> None:
    first = make_reporter(district)
    ref = started(first)
    assert revivals() == []
    later = AT + dt.timedelta(hours=5)
    with signed_in_as(first):
        remind_me(actor=first, ref=ref, email="own@home.example", language="en", at=later)
        assert revivals() == [later + LOOK_AGAIN]
        with pytest.raises(Invalid, match="too late"):
            remind_me(actor=first, ref=ref, email="own@home.example", language="en", at=RECEIVED + DAY)
    with in_district(district.pk):
        revive_duty(actor=worker(district), ref=ref_of(first), at=RECEIVED + DAY - dt.timedelta(hours=1))
    assert revivals()[-1] == RECEIVED + DAY


def revivals() -> list[dt.datetime]:
    """When each queued reminder of a joint report is to be thought of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [REVIVE])
        return [row[0] for row in cursor.fetchall()]


def test_an_address_is_kept_no_longer_than_it_serves(district: District) -> None:
    first = make_reporter(district)
    ref, other = started(first), make_clock(first)
    clocks = ReportClock.objects.exclude(remind_to="")
    with signed_in_as(first):
        remind_me(actor=first, ref=ref, email="own@home.example", language="en", at=AT)
    with in_district(district.pk):
        revive_duty(actor=worker(district), ref=ref_of(first), at=RECEIVED + DAY)
    with signed_in_as(first):
        assert JointMember.objects.get().remind_to == ""
        set_reminder(actor=first, ref=other, email="own@home.example", language="en", at=AT)
        add_line(actor=first, ref=other, line=Line(LineKind.WRITTEN, AT, Agency.LAW, Manner.MAIL), at=AT)
        remind(actor=worker(district), ref=other, at=AT + DAY)  # it was sent: nothing to remind of
        assert not clocks.exists()
        set_reminder(actor=first, ref=other, email="own@home.example", language="en", at=AT)
        close_clock(actor=first, ref=other, at=AT)
        assert not clocks.exists()


def test_a_correction_to_an_earlier_moment_brings_the_duty_nearer_and_none_to_a_later_one(district: District) -> None:
    first = make_reporter(district)
    clock = make_clock(first)
    with signed_in_as(first):
        ref = start_joint(actor=first, clock_ref=clock, at=AT)
    second = joined(district, first, ref)
    for moment in (RECEIVED - dt.timedelta(hours=4), RECEIVED):
        with signed_in_as(first):
            add_line(actor=first, ref=clock, line=Line(LineKind.RECEIVED, moment), at=AT)
        with signed_in_as(second):
            assert own_joint(actor=second, ref=ref, at=AT).received_at == RECEIVED - dt.timedelta(hours=4)


def test_after_the_last_one_nothing_is_left(district: District) -> None:
    first = make_reporter(district)
    ref = started(first)
    code_of(first, ref)
    with signed_in_as(first):
        remind_me(actor=first, ref=ref, email="own@home.example", language="en", at=AT)
        assert revivals() != []
        leave(actor=first, ref=ref, at=AT)
        assert AuditEvent.objects.get(event="guidance.joint_left").data == {"rows": 3}
    assert revivals() == []  # nor a job that waits for it


def test_time_takes_members_out_one_by_one(district: District) -> None:
    first = make_reporter(district)
    ref = started(first)
    second = joined(district, first, ref)
    for member in (first, second):
        part = ref_of(member)
        with in_district(district.pk):
            forget_membership(actor=worker(district), ref=part, at=AT + KEPT - DAY)
        assert ref_of(member) == part
        for _ in range(2):
            with in_district(district.pk):
                forget_membership(actor=worker(district), ref=part, at=AT + KEPT)
        with signed_in_as(member):
            assert JointReport.objects.count() == 0
    with in_district(district.pk):
        rows = [event.data["rows"] for event in AuditEvent.objects.filter(event="guidance.joint_left").order_by("pk")]
    assert rows == [1, 3]  # the second takes the report and its code with it


def test_a_reminder_goes_to_an_own_address_once_and_says_nothing(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter), pytest.raises(Invalid, match="employer"):
        set_reminder(actor=reporter, ref=ref, email="boss@example.org", language="en", at=AT)
    with signed_in_as(reporter):
        set_reminder(actor=reporter, ref=ref, email="own@home.example", language="en", at=AT)
    for _ in range(2):
        with in_district(district.pk):
            remind(actor=worker(district), ref=ref, at=AT + DAY)
            notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.is_private, notice.facts) == (
        "own@home.example",
        "reminder",
        True,
        {},
    )
    assert ref not in notice.key


def test_no_reminder_when_the_written_report_is_sent_or_it_is_too_late(district: District) -> None:
    reporter = make_reporter(district)
    ref = make_clock(reporter)
    with signed_in_as(reporter):
        set_reminder(actor=reporter, ref=ref, email="own@home.example", language="en", at=AT)
        add_line(actor=reporter, ref=ref, line=Line(LineKind.WRITTEN, AT, Agency.LAW, Manner.MAIL), at=AT)
        with pytest.raises(Invalid, match="too late"):
            set_reminder(actor=reporter, ref=ref, email="own@home.example", language="en", at=AT + 3 * DAY)
    with in_district(district.pk):
        remind(actor=worker(district), ref=ref, at=AT + DAY)
        assert Notice.objects.count() == 0
