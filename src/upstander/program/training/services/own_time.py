"""When a member of the Cadre can be asked: their week, their days away. They keep it themselves, or a coordinator."""

import datetime as dt
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.seen import require_seen
from upstander.program.training import events, policies
from upstander.program.training.models import Availability, AvailabilityException, CadreMember
from upstander.program.training.selectors.cadre import Stretch, week_of
from upstander.program.training.services import _members

MOST_STRETCHES = 14
LONGEST_AWAY = dt.timedelta(days=400)


@transaction.atomic
def set_week(
    *, actor: Actor, member_ref: str, weekly: tuple[Stretch, ...], at: dt.datetime, seen: str | None = None
) -> None:
    """Set the weekly pattern: weekday (0 is Monday), start and end, in wall times of the district.

    It is the member's own, or a coordinator's of their region. `seen` is the seal of the week that the actor had before
    them (None: whatever stands). Raises Outdated, and Invalid at "day_0" to "day_6".
    """
    member = _members.kept_by(actor, member_ref, at)
    require_seen(seen, week_of(Availability.objects.filter(member=member)))
    _check(weekly)
    Availability.objects.filter(member=member).delete()
    Availability.objects.bulk_create(
        Availability(district_id=member.district_id, member=member, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in weekly
    )
    record(events.WEEK_SET, actor=actor, subject=member.ref, at=at)


@transaction.atomic
def go_away(
    *,
    actor: Actor,
    member_ref: str,
    starts_on: dt.date,
    last_on: dt.date,
    at: dt.datetime,
    starts: dt.time | None = None,
    ends: dt.time | None = None,
) -> None:
    """Note days away, both named days included; with hours only those of each day. Sessions then stay; pages show that
    they no longer fit.

    It is the member's own step, or a coordinator's of their region. Raises Invalid at `starts_on`, `last_on`, `ends`.
    """
    member = _members.kept_by(actor, member_ref, at)
    if (starts is None) != (ends is None):
        raise Invalid(_("Please give the start and the end, or neither."), "ends")
    if starts and ends:
        _check_hours(starts, ends)
    if last_on < starts_on:
        raise Invalid(_("The last day lies before the first one. Please look at both."), "last_on")
    if last_on < policies.today(actor, at):
        raise Invalid(_("These days are over."), "starts_on")
    if last_on - starts_on > LONGEST_AWAY:
        raise Invalid(_("This is more than a year. Please ask the coordinator."), "last_on")
    _note(member, starts_on, last_on, starts=starts, ends=ends)
    record(events.AWAY_NOTED, actor=actor, subject=member.ref, at=at)


@transaction.atomic
def offer_hours(*, actor: Actor, member_ref: str, on: dt.date, starts: dt.time, ends: dt.time, at: dt.datetime) -> None:
    """Note hours of one day beside the week, in which sessions may be planned too.

    It is the member's own step, or a coordinator's of their region. Raises Invalid at `on`, `ends`.
    """
    member = _members.kept_by(actor, member_ref, at)
    today = policies.today(actor, at)
    if not today <= on <= today + LONGEST_AWAY:
        raise Invalid(_("Please choose a day from today on, within a year."), "on")
    _check_hours(starts, ends)
    _note(member, on, on, starts=starts, ends=ends, is_extra=True)
    record(events.HOURS_OFFERED, actor=actor, subject=member.ref, at=at)


@transaction.atomic
def come_back(*, actor: Actor, member_ref: str, away_ref: str, at: dt.datetime) -> None:
    """Take days away, or hours beside the week, back. The member's own step, or a coordinator's of their region."""
    member = _members.kept_by(actor, member_ref, at)
    taken, _kinds = AvailabilityException.objects.filter(member=member, ref=away_ref).delete()
    if not taken:
        raise NotFound(away_ref)
    record(events.AWAY_ENDED, actor=actor, subject=member.ref, at=at)


def _note(member: CadreMember, starts_on: dt.date, last_on: dt.date, **more: Any) -> None:
    days = {"starts_on": starts_on, "ends_on": last_on + dt.timedelta(days=1)}
    AvailabilityException.objects.create(district_id=member.district_id, member=member, **days, **more)


def _check_hours(starts: dt.time, ends: dt.time) -> None:
    if ends <= starts:
        raise Invalid(_("The end lies before the start. A day ends at midnight."), "ends")


def _check(weekly: tuple[Stretch, ...]) -> None:
    if len(weekly) > MOST_STRETCHES:
        raise Invalid(_("That is more than two stretches a day. Please join some of them."))
    for weekday, starts, ends in weekly:
        if ends <= starts:
            raise Invalid(_("The end lies before the start. A day ends at midnight."), f"day_{weekday}")
    for (day, _starts, ends), (other, starts, _ends) in pairwise(sorted(weekly)):
        if day == other and starts < ends:
            raise Invalid(_("These times overlap."), f"day_{day}")
