"""When sites can be trained: windows of a site, and the rules for whole levels of sites."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.district.places.selectors import site_by_ref, sites_for
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, refuse
from upstander.program.training import events, policies
from upstander.program.training.models import SiteWindow


@dataclass(frozen=True, slots=True)
class Stretch:
    """A window as it is entered: for one site (`site_ref`) or for a `level`; `until` is the last day."""

    audience: str
    weekday: int
    starts: dt.time
    ends: dt.time
    site_ref: str = ""
    level: str = ""
    starts_on: dt.date | None = None
    until: dt.date | None = None
    most_per_year: int | None = None
    is_paid_time: bool = False


@transaction.atomic
def add_window(*, actor: Actor, stretch: Stretch, at: dt.datetime) -> SiteWindow:
    """Enter a window. Needs `training.plan` in the whole district.

    Raises Invalid with the field: for a stretch that ends before it begins, and for drivers and cooks outside paid
    time, who are trained between shifts or not at all.
    """
    require(actor, "training.plan", Place(actor.district_id))
    on = policies.today(actor, at)
    site = site_by_ref(actor=actor, ref=stretch.site_ref, on=on) if stretch.site_ref else None
    window = _checked(actor, stretch, site, on)
    window.save(force_insert=True)
    told = {"site": site.ref if site else "", "level": window.level}
    record(events.WINDOW_ADDED, actor=actor, subject=window.ref, at=at, **told)
    return window


@transaction.atomic
def add_windows(*, actor: Actor, stretches: Sequence[Stretch], at: dt.datetime) -> list[SiteWindow]:
    """Enter windows of many sites, or none of them; in the order given. Needs `training.plan` in the whole district.

    Raises Invalid as `add_window` does, and NotFound for a site that is none of the district's.
    """
    require(actor, "training.plan", Place(actor.district_id))
    on = policies.today(actor, at)
    known = sites_for(actor=actor, on=on, capability="training.plan", active_only=False)
    sites = {site.ref: site for site in known.filter(ref__in={stretch.site_ref for stretch in stretches})}
    missing = [stretch.site_ref for stretch in stretches if stretch.site_ref not in sites]
    if missing:
        raise NotFound(missing[0])
    windows = [_checked(actor, stretch, sites[stretch.site_ref], on) for stretch in stretches]
    SiteWindow.objects.bulk_create(windows)
    record(events.WINDOWS_ADDED, actor=actor, subject="windows", at=at, count=len(windows))
    return windows


@transaction.atomic
def end_window(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """End a window today: no later plan uses it. Needs `training.plan` in the whole district."""
    require(actor, "training.plan", Place(actor.district_id))
    window = SiteWindow.objects.select_for_update().filter(ref=ref).first()
    if window is None:
        raise NotFound(ref)
    _end(SiteWindow.objects.filter(pk=window.pk), policies.today(actor, at))
    record(events.WINDOW_ENDED, actor=actor, subject=ref, at=at)


@transaction.atomic
def end_windows(*, actor: Actor, refs: Collection[str], at: dt.datetime) -> None:
    """End today those of these windows that hold still. Needs `training.plan` in the whole district."""
    require(actor, "training.plan", Place(actor.district_id))
    _end(SiteWindow.objects.filter(ref__in=refs), policies.today(actor, at))
    record(events.WINDOWS_ENDED, actor=actor, subject="windows", at=at, count=len(refs))


def _end(windows: QuerySet[SiteWindow], on: dt.date) -> None:
    windows.filter(starts_on__gte=on).delete()  # they never held
    windows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).update(ends_on=on)


def _checked(actor: Actor, stretch: Stretch, site: Site | None, on: dt.date) -> SiteWindow:
    """The window, not yet entered. Raises Invalid."""
    refuse(_wrong(stretch, site))
    return SiteWindow(
        district_id=actor.district_id,
        site=site,
        level="" if site else stretch.level,
        audience=stretch.audience,
        weekday=stretch.weekday,
        starts=stretch.starts,
        ends=stretch.ends,
        starts_on=stretch.starts_on or on,
        ends_on=stretch.until + dt.timedelta(days=1) if stretch.until else None,
        most_per_year=stretch.most_per_year,
        is_paid_time=stretch.is_paid_time,
    )


def _wrong(stretch: Stretch, site: Site | None) -> list[Invalid]:
    found: list[Invalid] = []
    if site is None and stretch.level not in SiteWindow.Level.values:
        found.append(Invalid(_("Please choose a site or a kind of sites."), "level"))
    if stretch.ends <= stretch.starts:
        found.append(Invalid(_("The end must be after the start."), "ends"))
    if stretch.until and stretch.starts_on and stretch.until < stretch.starts_on:
        found.append(Invalid(_("The last day lies before the first."), "until"))
    if stretch.most_per_year is not None and not 1 <= stretch.most_per_year <= policies.MOST_WINDOWS_A_YEAR:
        most = _("Please give a number from 1 to %(most)s, or leave it empty.") % {"most": policies.MOST_WINDOWS_A_YEAR}
        found.append(Invalid(most, "most_per_year"))
    kind = site.kind if site else stretch.level
    if kind in policies.ON_SHIFTS and not stretch.is_paid_time:
        sentence = _(
            "Drivers and cooks are trained between shifts and on paid time only. Please confirm that it is so."
        )
        found.append(Invalid(sentence, "is_paid_time"))
    return found
