"""Reading joint reports: one's own, and how many take part; never who."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.guidance.models import JointMember
from upstander.program.guidance.policies import revives_at


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint report as one of its members sees it. One of them may say it is done; each knows it for themselves."""

    ref: str
    zone: ZoneInfo
    received_at: dt.datetime
    members_count: int
    is_caller: bool
    has_caller: bool
    done_at: dt.datetime | None
    is_known: bool
    duty_revives_at: dt.datetime
    duty_revived: bool
    reminds: bool


def own_joints(*, actor: Actor, at: dt.datetime) -> list[Joint]:
    """The joint reports that the signed-in person takes part in, newest first."""
    return [_shown(member, at) for member in _parts(actor).order_by("-joined_at", "-pk")]


def own_joint(*, actor: Actor, ref: str, at: dt.datetime) -> Joint:
    """One of them; `NotFound` for everybody who is no member, whatever their role."""
    found = _parts(actor).filter(joint__ref=ref).first()
    if found is None:
        raise NotFound("joint report")
    return _shown(found, at)


def _parts(actor: Actor) -> QuerySet[JointMember]:
    own = JointMember.objects.filter(district_id=actor.district_id, account_id=actor.account_id or 0)
    return own.select_related("joint")


def _shown(member: JointMember, at: dt.datetime) -> Joint:
    joint, revives = member.joint, revives_at(member.joint.received_at)
    return Joint(
        ref=joint.ref,
        zone=ZoneInfo(joint.zone),
        received_at=joint.received_at,
        members_count=joint.members_count,
        is_caller=joint.caller_ref == member.ref,
        has_caller=bool(joint.caller_ref),
        done_at=joint.done_at,
        is_known=member.known_at is not None,
        duty_revives_at=revives,
        duty_revived=member.known_at is None and at >= revives,
        reminds=bool(member.remind_to),
    )
