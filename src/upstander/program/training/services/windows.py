"""When sites can be trained: windows of a site, and the rules for whole levels of sites."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, refuse
from upstander.program.training import events, policies
from upstander.program.training.models import SiteWindow

ON_SHIFTS = {Site.Kind.BUS_YARD.value, Site.Kind.KITCHEN.value}
MOST_A_YEAR = 20


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
    refuse(_wrong(stretch, site))
    window = SiteWindow.objects.create(
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
    told = {"site": site.ref if site else "", "level": window.level}
    record(events.WINDOW_ADDED, actor=actor, subject=window.ref, at=at, **told)
    return window


@transaction.atomic
def end_window(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """End a window today: no later plan uses it. Needs `training.plan` in the whole district."""
    require(actor, "training.plan", Place(actor.district_id))
    window = SiteWindow.objects.select_for_update().filter(ref=ref).first()
    if window is None:
        raise NotFound(ref)
    on = policies.today(actor, at)
    if window.starts_on >= on:
        window.delete()  # it never held
    elif window.ends_on is None or window.ends_on > on:
        window.ends_on = on
        window.save(update_fields=["ends_on"])
    record(events.WINDOW_ENDED, actor=actor, subject=ref, at=at)


def _wrong(stretch: Stretch, site: Site | None) -> list[Invalid]:
    found: list[Invalid] = []
    if site is None and stretch.level not in SiteWindow.Level.values:
        found.append(Invalid(_("Please choose a site or a kind of sites."), "level"))
    if stretch.ends <= stretch.starts:
        found.append(Invalid(_("The end must be after the start."), "ends"))
    if stretch.until and stretch.starts_on and stretch.until < stretch.starts_on:
        found.append(Invalid(_("The last day lies before the first."), "until"))
    if stretch.most_per_year is not None and not 1 <= stretch.most_per_year <= MOST_A_YEAR:
        most = _("Please give a number from 1 to %(most)s, or leave it empty.") % {"most": MOST_A_YEAR}
        found.append(Invalid(most, "most_per_year"))
    kind = site.kind if site else stretch.level
    if kind in ON_SHIFTS and not stretch.is_paid_time:
        sentence = _(
            "Drivers and cooks are trained between shifts and on paid time only. Please confirm that it is so."
        )
        found.append(Invalid(sentence, "is_paid_time"))
    return found
