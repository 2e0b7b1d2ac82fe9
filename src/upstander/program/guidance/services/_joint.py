"""What the steps of a joint report share: one's own part in it, and taking a part out."""

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import holding
from upstander.foundation.kernel.errors import NotFound
from upstander.program.guidance.models import JointInvite, JointMember, JointReport

FORGET = "guidance.forget_membership"


def own_part(actor: Actor, ref: str) -> tuple[JointReport, JointMember]:
    """The joint report, locked, and the actor's own membership; `NotFound` for everybody else."""
    joint = JointReport.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    member = JointMember.objects.filter(joint=joint, account_id=actor.account_id or 0).first() if joint else None
    if joint is None or member is None:
        raise NotFound("joint report")
    return joint, member


def take_out(joint: JointReport, member: JointMember) -> int:
    """Take the member out, and the whole with the last one; gives the number of rows destroyed."""
    if joint.members_count > 1:
        joint.members_count -= 1
        joint.caller_ref = "" if joint.caller_ref == member.ref else joint.caller_ref
        joint.save(update_fields=["members_count", "caller_ref"])
        return member.delete()[0]
    rows = JointInvite.objects.filter(joint=joint).delete()[0] + member.delete()[0]
    with holding(joint.ref):  # without its last member only its ref opens it
        return rows + joint.delete()[0]
