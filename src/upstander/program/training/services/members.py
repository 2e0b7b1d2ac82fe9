"""What holds of a member of the Cadre by date, and how much may be asked of them. Coordinators keep it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.policies import known_by
from upstander.district.places.services.dated import supersede, written_again
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.foundation.kernel.languages import are_known
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies
from upstander.program.training.models import CadreMember, HomeBase, KeptApart
from upstander.program.training.selectors.misfits import coming_misfits
from upstander.program.training.services import _members
from upstander.program.training.services._held import (
    Apart,
    BasedAt,
    Credentialed,
    FromUnit,
    HomeRegion,
    Released,
    Skilled,
    What,
    hold,
    row_of,
)
from upstander.program.training.services._warnings import tell_misfits
from upstander.program.training.services._ways import recount_ways

__all__ = [
    "Apart",
    "BasedAt",
    "Credentialed",
    "FromUnit",
    "HomeRegion",
    "Limits",
    "Released",
    "Skilled",
    "What",
    "hold_fact",
    "let_come_again",
    "set_limits",
]

MOST_PER_DAY, MOST_PER_WEEK, MOST_KM = 6, 20, 500


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked: sessions a day and a week, kilometers one way (None: any), who stands in for them."""

    most_per_day: int
    most_per_week: int
    travel_limit_km: int | None
    languages: tuple[str, ...]
    deputy_ref: str = ""

    @classmethod
    def of(cls, member: CadreMember) -> "Limits":
        """The limits as they stand."""
        return cls(
            member.most_per_day,
            member.most_per_week,
            member.travel_limit_km,
            tuple(member.languages),
            member.deputy.ref if member.deputy else "",
        )


@transaction.atomic
def hold_fact(
    *,
    actor: Actor,
    member_ref: str,
    what: What,
    starts_on: dt.date,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> None:
    """Let a fact hold of a member from `starts_on` until the day before `ends_on` (None: without end).

    It takes the place of what was known of the same kind from that day on; what was believed before can still be
    told. That they do not come to a site goes on after `ends_on` where it did: only `let_come_again` ends it. With a
    home base the way to the sessions after it changes too, and both sides are told of those that no longer fit. Needs
    `training.coordinate` in the member's region. Raises Invalid at `ends_on`, `staff_number`, `base`.
    """
    member = _members.coordinated(actor, member_ref, at)
    if ends_on is not None and ends_on <= starts_on:
        raise Invalid(_("The last day lies before the first one. Please look at both."), "ends_on")
    row = row_of(actor, what, at)
    row.district_id, row.member, row.starts_on, row.ends_on = actor.district_id, member, starts_on, ends_on
    hold(row, at)
    if isinstance(row, HomeBase):
        _move_base(actor, member, starts_on, at)
    kind = type(row).__name__.lower()
    told = {"kind": kind, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else ""}
    record(events.FACT_HELD, actor=actor, subject=member.ref, at=at, **told)


@transaction.atomic
def let_come_again(*, actor: Actor, member_ref: str, apart_ref: str, at: dt.datetime) -> None:
    """End today that a member is kept from a site. Needs `training.coordinate` in the member's region.

    Raises WrongState where it has ended, or was changed, in the meantime.
    """
    member = _members.coordinated(actor, member_ref, at)
    on = policies.today(actor, at)
    row = KeptApart.objects.filter(known_by(None), member=member, ref=apart_ref).select_related("site").first()
    if row is None or (row.ends_on is not None and row.ends_on <= on):
        raise WrongState(_("This has ended already."))
    supersede(KeptApart, [row], at)
    if row.starts_on < on:
        written_again(row, ends_on=on, at=at).save(force_insert=True)
    record(events.APART_ENDED, actor=actor, subject=member.ref, at=at, site=row.site.ref)


@transaction.atomic
def set_limits(*, actor: Actor, member_ref: str, limits: Limits, at: dt.datetime, seen: str | None = None) -> None:
    """Say how much may be asked of a member. Needs `training.coordinate` in the member's region.

    `seen` is the seal of the limits that the actor had before them (None: whatever stands). Raises Outdated, and
    Invalid at the field with a number that cannot be meant, and for a deputy who is the member or stands in for
    nobody here.
    """
    member = _members.coordinated(actor, member_ref, at)
    require_seen(seen, Limits.of(member))
    _check(limits)
    member.most_per_day, member.most_per_week = limits.most_per_day, limits.most_per_week
    member.travel_limit_km, member.languages = limits.travel_limit_km, list(limits.languages)
    member.deputy = _deputy(member, limits.deputy_ref)
    member.save(update_fields=["most_per_day", "most_per_week", "travel_limit_km", "languages", "deputy"])
    record(events.LIMITS_SET, actor=actor, subject=member.ref, at=at)


def _move_base(actor: Actor, member: CadreMember, since: dt.date, at: dt.datetime) -> None:
    if count := recount_ways(member, since, at):
        record(events.WAYS_RECOUNTED, actor=actor, subject=member.ref, at=at, count=count)
        tell_misfits(actor, coming_misfits(actor=actor, at=at, member=member), at)


def _check(limits: Limits) -> None:
    for field, most in (("most_per_day", MOST_PER_DAY), ("most_per_week", MOST_PER_WEEK), ("travel_limit_km", MOST_KM)):
        value = getattr(limits, field)
        if value is not None and not 1 <= value <= most:
            raise Invalid(_("Please give a number from 1 to %(most)s.") % {"most": most}, field)
    if not are_known(limits.languages):
        raise Invalid(_("Please choose at least one language."), "languages")


def _deputy(member: CadreMember, ref: str) -> CadreMember | None:
    if not ref:
        return None
    found = CadreMember.objects.filter(ref=ref).exclude(pk=member.pk).first()
    if found is None:
        raise Invalid(_("Please choose somebody else of the Cadre."), "deputy")
    return found
