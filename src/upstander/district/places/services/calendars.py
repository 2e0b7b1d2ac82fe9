"""School years, and the days in them on which nobody is trained."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from upstander.district.places import events
from upstander.district.places.models import ClosedDay, SchoolYear
from upstander.district.places.selectors import district_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState, refuse

KINDS_OF_DAY = ClosedDay.Kind.choices
LONGEST_YEAR = dt.timedelta(days=400)
DAY = dt.timedelta(days=1)


class DayOut(NamedTuple):
    """A day without school or with tests, of one site or (None) of the whole district."""

    on: dt.date
    name: str
    site_id: int | None = None
    kind: str = ClosedDay.Kind.CLOSED


@transaction.atomic
def add_school_year(*, actor: Actor, name: str, starts_on: dt.date, ends_on: dt.date, at: dt.datetime) -> SchoolYear:
    """Enter a school year; `ends_on` is the day after its last. Needs `places.manage`; what is due is recounted.

    Raises Invalid at `name`, `starts_on` or `ends_on`: years have a name of their own and never overlap.
    """
    require(actor, "places.manage", Place(actor.district_id))
    year = SchoolYear(district_id=actor.district_id, name=name, starts_on=starts_on, ends_on=ends_on)
    _enter(year)
    events.CHANGED.tell(actor)
    told = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(events.SCHOOL_YEAR_ADDED, actor=actor, subject=year.ref, at=at, **told)
    return year


@transaction.atomic
def correct_school_year(*, actor: Actor, ref: str, starts_on: dt.date, ends_on: dt.date, at: dt.datetime) -> None:
    """Give a school year that is not over yet other days. Needs `places.manage`; what is due is recounted.

    Raises Invalid as `add_school_year` does, and WrongState for a year that is over: what was certified of it stands.
    """
    require(actor, "places.manage", Place(actor.district_id))
    year = SchoolYear.objects.select_for_update().filter(district_id=actor.district_id, ref=ref).first()
    if year is None:
        raise NotFound(ref)
    if year.ends_on <= district_of(actor=actor).day(at):
        raise WrongState(_("This school year is over: what was counted and certified in it stands."))
    before = {"started_on": year.starts_on.isoformat(), "ended_on": year.ends_on.isoformat()}
    year.starts_on, year.ends_on = starts_on, ends_on
    _enter(year)
    events.CHANGED.tell(actor)
    told = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(events.SCHOOL_YEAR_CORRECTED, actor=actor, subject=year.ref, at=at, **told, **before)


@transaction.atomic
def add_days_out(*, actor: Actor, days: Sequence[DayOut], at: dt.datetime) -> list[str]:
    """Enter days without school or with tests; their refs in the order given. Needs `places.manage` in the district.

    Raises WrongState where one of them stands already: what was entered a moment ago has to be looked at first.
    """
    require(actor, "places.manage", Place(actor.district_id))
    rows = [ClosedDay(district_id=actor.district_id, **day._asdict()) for day in days]
    try:
        with transaction.atomic():
            ClosedDay.objects.bulk_create(rows)
    except IntegrityError:
        raise WrongState(_("One of these days is in the calendar already. Please look again.")) from None
    record(events.DAYS_OUT_ADDED, actor=actor, subject="days", at=at, count=len(rows))
    return [row.ref for row in rows]


@transaction.atomic
def take_back_days_out(*, actor: Actor, refs: Collection[str], at: dt.datetime) -> None:
    """These days are like any other again. Needs `places.manage` in the whole district."""
    require(actor, "places.manage", Place(actor.district_id))
    count, _each = ClosedDay.objects.filter(district_id=actor.district_id, ref__in=refs).delete()
    record(events.DAYS_OUT_TAKEN_BACK, actor=actor, subject="days", at=at, count=count)


def _enter(year: SchoolYear) -> None:
    refuse(_wrong(year))
    try:
        with transaction.atomic():
            year.save()
    except IntegrityError:
        raise WrongState(_("Somebody entered a school year a moment ago. Please look again.")) from None


def _wrong(year: SchoolYear) -> Iterator[Invalid]:
    others = SchoolYear.objects.filter(district_id=year.district_id).exclude(pk=year.pk)
    if others.filter(name=year.name).exists():
        yield Invalid(_("A school year of this name stands in the list already."), "name")
    if year.ends_on <= year.starts_on:
        yield Invalid(_("The last day lies before the first one. Please look at both."), "ends_on")
    elif year.ends_on - year.starts_on > LONGEST_YEAR:
        yield Invalid(_("That is longer than a year. Please look at both days."), "ends_on")
    elif met := others.filter(starts_on__lt=year.ends_on, ends_on__gt=year.starts_on).first():
        told = {"name": met.name, "first": _said(met.starts_on), "last": _said(met.ends_on - DAY)}
        sentence = _("It would overlap with %(name)s, which goes from %(first)s to %(last)s.") % told
        yield Invalid(sentence, "starts_on" if met.starts_on <= year.starts_on else "ends_on")


def _said(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
