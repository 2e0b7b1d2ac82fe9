"""What the steps of a joint report share: one's own part in it, and taking a part out."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import holding
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.queue.queue import withdraw
from upstander.program.guidance.models import JointInvite, JointMember, JointReport, ReportClockLine, ReportProof
from upstander.program.guidance.policies import REVIVES_AFTER
from upstander.program.guidance.services._kept import came_at, lines_of, standing
from upstander.program.guidance.states import LineKind, Manner

FORGET = "guidance.forget_membership"
REVIVE = "guidance.revive_duty"


def own_part(actor: Actor, ref: str) -> tuple[JointReport, JointMember]:
    """The joint report, locked, and the actor's own membership; `NotFound` for everybody else."""
    joint = JointReport.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    member = JointMember.objects.filter(joint=joint, account_id=actor.account_id or 0).first() if joint else None
    if joint is None or member is None:
        raise NotFound("joint report")
    return joint, member


def is_proved(joint: JointReport, account_id: int) -> bool:
    """Whether the account has a proof, made since the start, of a clock that tells of a report like this one."""
    proofs = ReportProof.objects.filter(clock__account_id=account_id, made_at__gte=joint.started_at)
    made = proofs.values_list("clock_id", "made_at")
    return any(_tells_of_report(lines_of(clock_id), joint, made_at) for clock_id, made_at in made)


def _tells_of_report(lines: list[ReportClockLine], joint: JointReport, made_at: dt.datetime) -> bool:
    """Whether a standing line that the proof could tell is a written report, or a call that somebody answered."""
    came = came_at(lines)
    told = (line for line in standing(lines) if line.recorded_at <= made_at)
    is_made = any(line.kind == LineKind.WRITTEN or line.manner == Manner.ANSWERED for line in told)
    return is_made and came is not None and abs(came - joint.received_at) < REVIVES_AFTER


def bring_nearer(actor: Actor, told: dt.datetime, corrected: dt.datetime) -> None:
    """Let a correction to an earlier moment reach the actor's joint reports that began with the moment told before."""
    if corrected < told:
        JointReport.objects.filter(
            jointmember__account_id=actor.account_id or 0, district_id=actor.district_id, received_at=told
        ).update(received_at=corrected)


def take_out(joint: JointReport, member: JointMember) -> int:
    """Take the member out, and the whole with the last one; gives the number of rows destroyed."""
    withdraw(member.ref, FORGET, REVIVE)
    if joint.members_count > 1:
        joint.members_count -= 1
        joint.caller_ref = "" if joint.caller_ref == member.ref else joint.caller_ref
        joint.save(update_fields=["members_count", "caller_ref"])
        return member.delete()[0]
    rows = JointInvite.objects.filter(joint=joint).delete()[0] + member.delete()[0]
    with holding(joint.ref):  # without its last member only its ref opens it
        return rows + joint.delete()[0]
