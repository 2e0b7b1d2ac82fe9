"""Which days and hours training may be on, and by when somebody has to act."""

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import ClosedDay, Site
from upstander.district.places.selectors import closed_days, days_out, district_of
from upstander.engines.clocks import Ambiguous, Exact, read_wall_time
from upstander.engines.matching import Span
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid

MOST_WINDOWS_A_YEAR = 20
# Trained between shifts, on paid time; and who works there, where a district parts its classified staff.
ON_SHIFTS = {Site.Kind.BUS_YARD.value: "drivers", Site.Kind.KITCHEN.value: "food_service"}
FURTHEST_DAYS = 400
ANSWER_SCHOOL_DAYS = 10


def zone_of(actor: Actor) -> ZoneInfo:
    """The district's zone: every wall time of training is read in it."""
    return ZoneInfo(district_of(actor=actor).zone)


def today(actor: Actor, at: dt.datetime) -> dt.date:
    """The day it is in the district at the moment `at`."""
    return district_of(actor=actor).day(at)


def moments(zone: ZoneInfo, on: dt.date, starts: dt.time, ends: dt.time) -> Span:
    """The moments of two wall times on a day.

    Raises Invalid for an hour that does not exist because clocks go forward over it. An hour that happens twice is
    taken the first time.
    """
    found = [read_wall_time(dt.datetime.combine(on, time), zone) for time in (starts, ends)]
    told = []
    for each in found:
        match each:
            case Exact(moment):
                told.append(moment)
            case Ambiguous(earlier, _later):
                told.append(earlier)
            case _missing:
                raise Invalid(_("On that day the clocks go forward and this hour does not exist."), "windows")
    return Span(told[0], told[1])


def require_wishable(zone: ZoneInfo, on: dt.date, starts: dt.time, at: dt.datetime) -> None:
    """Raise Invalid, with a sentence for the form, when the wished time is over or absurdly far away."""
    if read_day(zone, on, starts) <= at:
        raise Invalid(_("This time is already over. Please choose a later day."), "windows")
    if on > at.astimezone(zone).date() + dt.timedelta(days=FURTHEST_DAYS):
        raise Invalid(_("This day is more than a year away. Please choose an earlier one."), "windows")


def read_day(zone: ZoneInfo, on: dt.date, starts: dt.time) -> dt.datetime:
    """The moment of a wall time, roughly where clocks change: only to compare it with now."""
    return dt.datetime.combine(on, starts, tzinfo=zone)


def closed_on(actor: Actor, site: Site, days: set[dt.date]) -> list[ClosedDay]:
    """Which of the days are without school at the site, or kept for tests, with their names."""
    if not days:
        return []
    found = days_out(actor=actor, first=min(days), until=max(days) + dt.timedelta(days=1), site=site)
    return [each for each in found if each.on in days]


def closed_everywhere(actor: Actor, first: dt.date, days: int) -> set[dt.date]:
    """The days without school in the whole district among the `days` from the first one on."""
    found = closed_days(actor=actor, first=first, until=first + dt.timedelta(days=days))
    return {each.on for each in found}


def school_days_later(on: dt.date, days: int, closed: Collection[dt.date]) -> dt.date:
    """The day that lies this many school days after another: weekends and `closed` days are not counted."""
    while days > 0:
        on += dt.timedelta(days=1)
        days -= on.weekday() < 5 and on not in closed
    return on


def due_on(actor: Actor, days: int | None, at: dt.datetime) -> dt.date | None:
    """By which day somebody has to act who has this many school days; None where nobody has to."""
    if days is None:
        return None
    on = today(actor, at)
    return school_days_later(on, days, closed_everywhere(actor, on, 3 * days + 30))


def answer_day(actor: Actor, first_on: dt.date, at: dt.datetime) -> dt.date:
    """The last day on which a site may answer what it is asked now: ten school days, counted from `first_on` at first.

    Nobody answers in a summer's recess what is for the school year after it.
    """
    on = max(today(actor, at), first_on)
    return school_days_later(on, ANSWER_SCHOOL_DAYS, closed_everywhere(actor, on, 3 * ANSWER_SCHOOL_DAYS + 30))


def whole_staff_of(site_kind: str) -> str:
    """For whom a session is that a site of this kind asks for without saying so: its whole staff."""
    return "classified" if site_kind in ON_SHIFTS else "all_staff"
