"""Taking back what was entered of a member of the Cadre by mistake: nothing is deleted, and it says by whom and why."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.policies import known_by
from upstander.district.places.services.dated import supersede, written_again
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.training import events
from upstander.program.training.models import Credential, Release, Skill, TakenBack
from upstander.program.training.services import _members
from upstander.program.training.services._held import TOLD_APART_BY

MODELS: dict[str, Any] = {
    TakenBack.Kind.RELEASE: Release,
    TakenBack.Kind.CREDENTIAL: Credential,
    TakenBack.Kind.SKILL: Skill,
}


@transaction.atomic
def take_back_fact(
    *, actor: Actor, member_ref: str, kind: str, fact_ref: str, reason: str, at: dt.datetime
) -> TakenBack:
    """Take back a release, a credential or a skill (`TakenBack.Kind`) that was entered by mistake; what it had replaced
    holds again. What was believed until then can still be told.

    Needs `training.coordinate` in the member's region. Raises Invalid at `reason`, NotFound for another kind, and
    WrongState where it was changed in the meantime.
    """
    member = _members.coordinated(actor, member_ref, at)
    if kind not in MODELS:
        raise NotFound(kind)
    if reason not in TakenBack.Reason.values:
        raise Invalid(_("Please choose one of the reasons."), "reason")
    row = MODELS[kind].objects.filter(known_by(None), member=member, ref=fact_ref).first()
    if row is None:
        raise WrongState(_("This is on record no more. Please look at it again."))
    supersede(MODELS[kind], [row], at)
    _let_hold_again(row, at)
    record(events.FACT_TAKEN_BACK, actor=actor, subject=member.ref, at=at, kind=kind, reason=reason)
    return TakenBack.objects.create(
        district_id=member.district_id,
        member=member,
        kind=kind,
        fact_ref=fact_ref,
        reason=reason,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=at,
    )


def _let_hold_again(row: Any, at: dt.datetime) -> None:
    """What the row had cut short or replaced, as it was, unless something later holds on some of those days."""
    model = type(row)
    same = {name: getattr(row, name) for name in TOLD_APART_BY.get(model, ())}
    rows = model.objects.filter(member=row.member, **same)
    for old in rows.filter(superseded_at=row.recorded_at).exclude(pk=row.pk).order_by("starts_on", "id"):
        cut = rows.filter(known_by(None), starts_on=old.starts_on, ends_on=row.starts_on, recorded_at=row.recorded_at)
        known = rows.filter(known_by(None)).exclude(pk__in=cut.values("pk"))
        if not any(_meet(old, each) for each in known):
            supersede(model, list(cut), at)
            written_again(old, ends_on=old.ends_on, at=at).save(force_insert=True)


def _meet(one: Any, other: Any) -> bool:
    """Whether there is a day on which both hold."""
    return (one.ends_on is None or other.starts_on < one.ends_on) and (
        other.ends_on is None or one.starts_on < other.ends_on
    )
