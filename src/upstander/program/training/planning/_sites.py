"""The sites that have to be trained in a year, with their windows, wishes and days that are out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from upstander.district.places.models import ClosedDay, SchoolYear, Site
from upstander.district.places.policies import known_by
from upstander.district.places.selectors import facts_of
from upstander.engines.planning import Excluded, Window
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.selectors.short_sites import short_sites
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING, whole_of
from upstander.program.training.models import (
    Hosting,
    KeptApart,
    PlanEntry,
    Request,
    Session,
    SessionGuest,
    SiteWindow,
    UsualSession,
)
from upstander.program.training.planning.calendar import days_between, minute_of

LOWEST_SECONDARY_GRADE = 7
DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Untrained:
    """A site that would not count as trained on the last day of the year, and what is known for its session."""

    site: Site
    region: str
    audience: str
    head_count: int
    windows: list[Window] = field(default_factory=list)
    closed: set[dt.date] = field(default_factory=set)
    wish: Request | None = None  # what it asked for itself and still waits for
    usual: UsualSession | None = None  # what holds where it has not asked
    wishes: frozenset[dt.date] = frozenset()
    host_id: int | None = None  # the site with which, and at which, it is trained together
    room: str = ""  # as a plan of the year names it last
    seat_count: int = 0
    excluded: list[Excluded] = field(default_factory=list)


def untrained_sites(actor: Actor, year: SchoolYear, first: dt.date, at: dt.datetime) -> list[Untrained] | None:
    """Every site that must be trained by the end of the year and is not, by name; None without a requirement.

    Who must be trained is the word of the requirements, never of the requests: a site that asks for nothing is here
    too, and so is an office, a bus yard or a kitchen that a requirement names.
    """
    found = short_sites(actor=actor, subject=AWARENESS, year=year, known_at=at)
    if found is None:
        return None
    counts = {each.site_id: each.untrained for each in found}
    hosts = dict(Hosting.objects.filter(year=year, ended_at__isnull=True).values_list("guest_id", "host_id"))
    for host in [hosts[site] for site in counts if site in hosts]:
        counts.setdefault(host, 0)  # trained itself by now, and the session of its guests is still held there
    by_id = Site.objects.in_bulk(counts)
    regions = facts_of(actor=actor, sites=list(by_id.values()), on=first).region
    sites = [_untrained(site, counts[pk], regions, hosts.get(pk)) for pk, site in by_id.items()]
    sites.sort(key=lambda each: (each.site.sort_key, each.site.pk))
    _add_wishes(sites)
    _add_windows(sites, year, first)
    _add_days_out(sites, year)
    _add_rooms(sites, year)
    _add_excluded(sites)
    _add_usual(sites)
    return sites


def _untrained(site: Site, head_count: int, regions: dict[int, str], host_id: int | None) -> Untrained:
    audience = policies.whole_staff_of(site.kind)
    return Untrained(site, regions.get(site.pk, ""), audience, head_count, host_id=host_id)


def _add_wishes(sites: list[Untrained]) -> None:
    """The oldest request of each site that still waits: its days are wishes, and what it says of the session holds."""
    by_site = {each.site.pk: each for each in sites}
    waiting = Request.objects.filter(site__in=by_site, kind=TRAINING, state=states.Request.WAITING)
    waiting = waiting.prefetch_related("windows")
    for request in waiting.order_by("-requested_at", "-id"):
        by_site[request.site_id].wish = request
    for each in sites:
        if each.wish:
            each.wishes = frozenset(window.on for window in each.wish.windows.all())


def _add_windows(sites: list[Untrained], year: SchoolYear, first: dt.date) -> None:
    known = list(SiteWindow.objects.filter(starts_on__lt=year.ends_on).order_by("id"))
    held = _held_counts(sites, year)
    days = days_between(first, year.ends_on)
    for each in sites:
        for row in _rows_of(each, known):
            if row.most_per_year is None or held.get(each.site.pk, 0) < row.most_per_year:
                each.windows += _written_out(row, days)
        if each.wish:
            each.windows += [
                Window(row.on, minute_of(row.starts), minute_of(row.ends))
                for row in each.wish.windows.all()
                if first <= row.on < year.ends_on
            ]


def _rows_of(each: Untrained, known: Iterable[SiteWindow]) -> list[SiteWindow]:
    """The rows of the audience that the site asked for, or of the whole it is a part of, or else of its whole staff.

    Drivers and cooks are trained on paid time. Where they have rows of their own, the session is for them.
    """
    part = policies.ON_SHIFTS.get(each.site.kind)
    fitting = [row for row in known if row.is_paid_time or part is None]
    if part and _rows_for(each, part, fitting):
        each.audience = part
    asked = [each.wish.audience, whole_of(each.wish.audience)] if each.wish else []
    found = (_rows_for(each, audience, fitting) for audience in (*asked, each.audience))
    return next((rows for rows in found if rows), [])


def _rows_for(each: Untrained, audience: str, known: Iterable[SiteWindow]) -> list[SiteWindow]:
    """The site's own rows for this audience, or else those of its level."""
    fitting = [row for row in known if row.audience == audience]
    own = [row for row in fitting if row.site_id == each.site.pk]
    return own or [row for row in fitting if row.site_id is None and row.level == level_of(each.site)]


def level_of(site: Site) -> str:
    """Which defaults a site follows: work sites by their kind, schools by their highest grade."""
    if site.kind != Site.Kind.SCHOOL:
        return str(site.kind)
    is_secondary = (site.highest_grade or 0) >= LOWEST_SECONDARY_GRADE
    return str(SiteWindow.Level.SECONDARY if is_secondary else SiteWindow.Level.ELEMENTARY)


def _written_out(row: SiteWindow, days: list[dt.date]) -> Iterator[Window]:
    for day in days:
        if day.weekday() == row.weekday and row.starts_on <= day and (row.ends_on is None or day < row.ends_on):
            yield Window(day, minute_of(row.starts), minute_of(row.ends))


def _held_counts(sites: list[Untrained], year: SchoolYear) -> dict[int, int]:
    """How many staff sessions of the year each site has held, or been a guest at: they used up windows. An evening for
    families takes nothing from them.
    """
    here = [each.site.pk for each in sites]
    held = Session.objects.filter(request__kind=TRAINING, state=states.Session.CLOSED)
    sessions = held.filter(on__gte=year.starts_on, on__lt=year.ends_on)
    visits = SessionGuest.objects.filter(session__in=sessions, site__in=here, left_at__isnull=True)
    own = sessions.filter(site__in=here).values_list("site_id", flat=True)
    return Counter([*own, *visits.values_list("site_id", flat=True)])


def _add_days_out(sites: list[Untrained], year: SchoolYear) -> None:
    """Days without school at the site, testing days, and days that the site declined in an earlier plan."""
    by_site = {each.site.pk: each for each in sites}
    closed = ClosedDay.objects.filter(site__in=by_site, on__lt=year.ends_on).values_list("site_id", "on")
    declined = PlanEntry.objects.filter(plan__year=year, site__in=by_site, answer=PlanEntry.Answer.DECLINED)
    for site_id, day in [*closed, *declined.values_list("site_id", "on")]:
        if day is not None:
            by_site[site_id].closed.add(day)


def _add_rooms(sites: list[Untrained], year: SchoolYear) -> None:
    """The room and its seats, as somebody named them last in a plan of the year."""
    by_site = {each.site.pk: each for each in sites}
    named = PlanEntry.objects.filter(Q(seat_count__gt=0) | ~Q(room=""), plan__year=year, site__in=by_site)
    for site_id, room, seat_count in named.order_by("id").values_list("site_id", "room", "seat_count"):
        by_site[site_id].room, by_site[site_id].seat_count = room, seat_count


def _add_excluded(sites: list[Untrained]) -> None:
    """Who of the Cadre does not come to the site, and when."""
    by_site = {each.site.pk: each for each in sites}
    for row in KeptApart.objects.filter(known_by(None), site__in=by_site).select_related("member").order_by("id"):
        until = row.ends_on - DAY if row.ends_on else None
        by_site[row.site_id].excluded.append(Excluded(row.member.ref, row.starts_on, until))


def _add_usual(sites: list[Untrained]) -> None:
    """What coordinators said of its sessions."""
    usual = {row.site_id: row for row in UsualSession.objects.filter(site__in=[each.site.pk for each in sites])}
    for each in sites:
        each.usual = usual.get(each.site.pk)
