"""Joint reports: several people agree that one of them calls and signs. Nobody outside sees that it exists.

Each keeps their own duty. That one says that the report was made frees nobody else: a day after the information came,
the duty is that of each member again who has not said for themselves that they know it was made.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import holding
from upstander.foundation.kernel.errors import Invalid, NotFound, Refused, WrongState
from upstander.foundation.kernel.refs import new_code, new_ref, read_code
from upstander.foundation.kernel.secrets import keyed_digest
from upstander.foundation.queue.queue import defer_until
from upstander.program.guidance import events
from upstander.program.guidance.models import CODE_LENGTH, JointInvite, JointMember, JointReport
from upstander.program.guidance.policies import revives_at
from upstander.program.guidance.services._joint import FORGET as FORGET
from upstander.program.guidance.services._joint import REVIVE as REVIVE
from upstander.program.guidance.services._joint import is_proved, own_part, take_out
from upstander.program.guidance.services._kept import KEPT, came_at, defer_to_midnight, lines_of, locked_clock
from upstander.program.guidance.services._mail import check_address, keep_address, post_reminder
from upstander.program.guidance.services._veil import veiled_record

CODE_LASTS = dt.timedelta(hours=24)
MOST_MEMBERS = 20
LOOK_AGAIN = dt.timedelta(hours=3)  # a correction may bring the moment nearer, and cannot see the others' parts


@transaction.atomic
def start_joint(*, actor: Actor, clock_ref: str, at: dt.datetime) -> str:
    """Start a joint report from one's own clock, as the one who calls; gives its ref. It takes over the time only.

    Raises `WrongState` when the day after the information came is over: by then each calls for themselves.
    """
    clock = locked_clock(actor, clock_ref)
    received_at = came_at(lines_of(clock.pk))
    if received_at is None:
        raise WrongState(_("This record is not in a state in which that can be done."))
    if revives_at(received_at) <= at:
        raise WrongState(_("A joint report starts within a day after the information came, and that day is over."))
    ref = new_ref()
    with holding(ref):  # nobody is a member yet, so only its own ref opens it
        joint = JointReport.objects.create(
            district_id=actor.district_id,
            ref=ref,
            received_at=received_at,
            zone=clock.zone,
            started_at=at,
            members_count=1,
        )
        member = _join(actor, joint.pk, at)
    JointReport.objects.filter(pk=joint.pk).update(caller_ref=member.ref)
    veiled_record(events.JOINT_STARTED, actor=actor, ref=ref, at=at)
    return ref


@transaction.atomic
def invite(*, actor: Actor, ref: str, at: dt.datetime) -> str:
    """A new one-time code for one more person, good for a day. It is told once: only its digest is kept."""
    joint, _member = own_part(actor, ref)
    if joint.members_count >= MOST_MEMBERS:
        raise WrongState(_("There are enough of you already."))
    code = new_code(CODE_LENGTH)
    JointInvite.objects.create(
        district_id=actor.district_id, joint_id=joint.pk, digest=_digest(code), expires_at=at + CODE_LASTS
    )
    veiled_record(events.JOINT_INVITED, actor=actor, ref=ref, at=at)
    return code


@transaction.atomic
def accept(*, actor: Actor, code: str, at: dt.datetime) -> str:
    """Join with a code; gives the joint report's ref. Needs `report.own`.

    A wrong, used, old or own code gets one and the same answer, which tells nothing. The caller counts tries.
    """
    require(actor, "report.own", Place(actor.district_id))
    refused = Refused(_("This code cannot be used."))
    digest = _digest(code)
    with holding(digest):
        usable = JointInvite.objects.filter(digest=digest, used_at__isnull=True, expires_at__gt=at)
        if not usable.update(used_at=at):  # one statement, so that of two who try at once one gets in
            raise refused
        joint_id = JointInvite.objects.get(digest=digest).joint_id
    if JointMember.objects.filter(joint_id=joint_id, account_id=_account(actor)).exists():
        raise refused
    _join(actor, joint_id, at)
    JointReport.objects.filter(pk=joint_id).update(members_count=F("members_count") + 1)
    joint = JointReport.objects.get(pk=joint_id)
    veiled_record(events.JOINT_ACCEPTED, actor=actor, ref=joint.ref, at=at)
    return joint.ref


@transaction.atomic
def take_over(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Become the one who calls and signs; also when another member says that it is done."""
    joint, member = own_part(actor, ref)
    joint.caller_ref = member.ref
    joint.save(update_fields=["caller_ref"])
    veiled_record(events.JOINT_TAKEN_OVER, actor=actor, ref=ref, at=at)


@transaction.atomic
def confirm_joint(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say that the report is made: by the one who calls, who has proved it since. It settles their own duty only.

    The proof is of an own clock that tells of a written report or of a call that was answered, and that started
    within a day of the joint report: nobody has to write a wrong moment down in order to be able to say so.
    """
    joint, member = own_part(actor, ref)
    if joint.caller_ref != member.ref or not is_proved(joint, _account(actor)):
        raise WrongState(
            _("Only the one who calls can say so, with a proof that tells of the written report or an answered call.")
        )
    joint.done_at = joint.done_at or at
    joint.save(update_fields=["done_at"])
    _settle(member, at)
    veiled_record(events.JOINT_DONE, actor=actor, ref=ref, at=at)


@transaction.atomic
def know_it(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say for oneself that one knows that the report was made: nobody else can. From then on no reminder comes."""
    _joint, member = own_part(actor, ref)
    _settle(member, member.known_at or at)
    veiled_record(events.JOINT_KNOWN, actor=actor, ref=ref, at=at)


@transaction.atomic
def reopen(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say that one does not know that it was made, whoever said so. What others know for themselves stays."""
    joint, member = own_part(actor, ref)
    joint.done_at = member.known_at = None
    joint.save(update_fields=["done_at"])
    member.save(update_fields=["known_at"])
    veiled_record(events.JOINT_REOPENED, actor=actor, ref=ref, at=at)


@transaction.atomic
def remind_me(
    *, actor: Actor, ref: str, email: str, language: str, employer_is_meant: bool = False, at: dt.datetime
) -> None:
    """Give an address for the one mail that says that the duty is one's own again; an empty one drops it.

    Raises `Invalid` for an employer's address that is not meant, and when that moment has passed.
    """
    joint, member = own_part(actor, ref)
    check_address(actor, email, employer_is_meant)
    moment = revives_at(joint.received_at)
    if email and moment <= at:
        raise Invalid(_("It is too late for a reminder. Please call now."), "email")
    keep_address(member, email, language)
    veiled_record(events.REMINDER_SET, actor=actor, ref=ref, at=at)
    if email:
        _watch(joint, member, at)


@transaction.atomic
def leave(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Leave. If it was the one who calls, nobody is named any more; after the last one nothing is left of it."""
    joint, member = own_part(actor, ref)
    rows = take_out(joint, member)
    veiled_record(events.JOINT_LEFT, actor=actor, ref=ref, at=at, rows=rows)


@transaction.atomic
def revive_duty(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Remind one member, by the membership's `ref`, who does not know that it was made. A job's work.

    Too early, it looks again. When it has told, the address is dropped, so that run twice it tells once.
    """
    with holding(ref):
        member = JointMember.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
        if member is None or not member.remind_to:
            return
        joint = JointReport.objects.get(pk=member.joint_id)
        if at < revives_at(joint.received_at):
            _watch(joint, member, at)
            return
        if member.known_at is None:
            post_reminder(actor, "reminder_shared", member, ref, at)
        keep_address(member, "", "")  # its purpose is fulfilled


def _join(actor: Actor, joint_id: int, at: dt.datetime) -> JointMember:
    member = JointMember.objects.create(
        district_id=actor.district_id, joint_id=joint_id, account_id=_account(actor), joined_at=at
    )
    defer_to_midnight(FORGET, district_id=actor.district_id, ref=member.ref, at=at + KEPT)
    return member


def _watch(joint: JointReport, member: JointMember, at: dt.datetime) -> None:
    moment = min(revives_at(joint.received_at), at + LOOK_AGAIN)
    defer_until(REVIVE, district_id=joint.district_id, ref=member.ref, at=moment)


def _settle(member: JointMember, at: dt.datetime) -> None:
    member.known_at, member.remind_to, member.remind_in = at, "", ""
    member.save(update_fields=["known_at", "remind_to", "remind_in"])


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotFound("account")
    return actor.account_id


def _digest(code: str) -> str:
    return keyed_digest("joint-code", read_code(code)).hex()
