"""The sites that have to be trained in a year, with their windows, wishes and days that are out."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from upstander.district.places.models import ClosedDay, SchoolYear, Site
from upstander.district.places.policies import known_by
from upstander.district.places.selectors import facts_of
from upstander.engines.planning import Excluded, Window
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.selectors.short_sites import ShortSite, short_sites
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING, whole_of
from upstander.program.training.models import (
    Hosting,
    KeptApart,
    PlanEntry,
    Request,
    Session,
    SiteWindow,
    UsualSession,
    key_in_plans,
)
from upstander.program.training.planning._hours import ALL, Hours, written_out
from upstander.program.training.planning._parts import heads_in_parts, held_at, part_for
from upstander.program.training.planning.calendar import days_between, minute_of

DAY = dt.timedelta(days=1)
Here = dict[int, list["Untrained"]]  # by the site's id


@dataclass(slots=True)
class Untrained:
    """What is known for one session that a site would lack on the last day of the year to count as trained.

    That is a session for all of its staff; or for a `part` of them, where they are never free together.
    """

    site: Site
    region: str
    audience: str
    head_count: int
    part: str = ""  # its audience, where the site trains several apart
    parts: tuple[str, ...] = ()  # of all its sessions
    is_settled: bool = False  # people want one session for all staff, who have no hours together
    windows: list[Window] = field(default_factory=list)
    closed: set[dt.date] = field(default_factory=set)
    wish: Request | None = None  # what it asked for itself and still waits for
    usual: UsualSession | None = None  # what holds where it has not asked
    wishes: frozenset[dt.date] = frozenset()
    host_id: int | None = None  # the site with which, and at which, it is trained together
    room: str = ""  # as a plan of the year names it last
    seat_count: int = 0
    excluded: list[Excluded] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """Under which the problem knows it."""
        return key_in_plans(self.site.ref, self.part)

    def is_asked_by(self, audience: str) -> bool:
        """Whether who asks for an audience means this session."""
        return not self.part or self.part == part_for(audience, self.parts)

    def is_meant_by(self, audience: str) -> bool:
        """Whether a session for an audience was one for these people too."""
        return audience == ALL or self.is_asked_by(audience)


def untrained_sites(actor: Actor, year: SchoolYear, first: dt.date, at: dt.datetime) -> list[Untrained] | None:
    """Every site that must be trained by the end of the year and is not, by name; None without a requirement.

    Who must be trained is the word of the requirements, never of the requests: a site that asks for nothing is here
    too, and so is an office, a bus yard or a kitchen that a requirement names. A site that trains several audiences
    apart is here once for each. A session of the last days whose record is not closed yet counts as held: the site is
    here again once the record says that too few were there, or none came.
    """
    found = short_sites(actor=actor, subject=AWARENESS, year=year, known_at=at)
    if found is None:
        return None
    short = {each.site_id: each for each in found}
    hosts = dict(Hosting.objects.filter(year=year, ended_at__isnull=True).values_list("guest_id", "host_id"))
    # Who is trained itself by now is still needed where the session of its guests is held there.
    by_id = Site.objects.in_bulk([*short, *(hosts[site] for site in short if site in hosts)])
    waiting, hours = _waiting(by_id), Hours(year, first)
    free = short.keys() - hosts.keys() - set(hosts.values())  # who is trained together with others is not parted
    asked = {pk: {request.audience for request in waiting.get(pk, ())} for pk in free}
    parts = heads_in_parts([short[pk] for pk in free], by_id, asked, hours, at)
    regions = facts_of(actor=actor, sites=list(by_id.values()), on=first).region
    here = {
        pk: _sessions_of(site, regions.get(pk, ""), parts.get(pk), short.get(pk), hosts.get(pk))
        for pk, site in by_id.items()
    }
    _add_wishes(here, waiting)
    _add_windows(here, hours, year, first)
    _add_days_out(here, year)
    _add_rooms(here, year)
    _add_excluded(here)
    _add_usual(here)
    held = _just_held(here, at)
    lacking = (each for each in _all(here) if not any(map(each.is_meant_by, held[each.site.pk])))
    return sorted(lacking, key=lambda each: (each.site.sort_key, each.site.pk))


def _sessions_of(
    site: Site, region: str, parts: dict[str, int] | None, short: ShortSite | None, host_id: int | None
) -> list[Untrained]:
    """One for each part, else one for all: where nothing is left to part (not None), people want it so."""
    heads = parts or {"": short.untrained if short else 0}
    told: dict[str, Any] = {"parts": tuple(heads), "is_settled": parts == {}, "host_id": host_id}
    whole = policies.whole_staff_of(site.kind)
    return [Untrained(site, region, part or whole, count, part, **told) for part, count in heads.items()]


def _just_held(here: Here, at: dt.datetime) -> dict[int, set[str]]:
    """For whom a session of each site, at home or as a guest, is over and may still be closed, by the site's id."""
    found: dict[int, set[str]] = defaultdict(set)
    over = {"ends_at__lte": at, "ends_at__gt": at - policies.OPENS_UNTIL, "request__kind": TRAINING}
    sessions = Session.objects.filter(state__in=(states.Session.CONFIRMED, states.Session.OPEN), **over)
    for site, audience in held_at(here, sessions):
        found[site].add(audience)
    return found


def _all(here: Here) -> Iterator[Untrained]:
    for sessions in here.values():
        yield from sessions


def _waiting(sites: Iterable[int]) -> dict[int, list[Request]]:
    """The requests of each site that wait for a session, the oldest first, with their days."""
    found: dict[int, list[Request]] = defaultdict(list)
    rows = Request.objects.filter(site__in=sites, kind=TRAINING, state=states.Request.WAITING)
    for request in rows.prefetch_related("windows").order_by("requested_at", "id"):
        found[request.site_id or 0].append(request)
    return found


def _add_wishes(here: Here, waiting: Mapping[int, list[Request]]) -> None:
    """The oldest request for each session: its days are wishes, and what it says of the session holds."""
    for each in _all(here):
        each.wish = next((one for one in waiting.get(each.site.pk, ()) if each.is_asked_by(one.audience)), None)
        if each.wish:
            each.wishes = frozenset(window.on for window in each.wish.windows.all())


def _add_windows(here: Here, hours: Hours, year: SchoolYear, first: dt.date) -> None:
    """The hours of each session; beside those of a part the others' too, marked as theirs, for whoever checks."""
    held, days = _held(here, year), days_between(first, year.ends_on)
    for each in _all(here):
        used = sum(count for audience, count in held[each.site.pk].items() if each.is_meant_by(audience))
        for row in _rows_of(each, hours):
            if row.most_per_year is None or used < row.most_per_year:
                each.windows += written_out(row, days, each.part)
        if each.wish:
            each.windows += [
                Window(row.on, minute_of(row.starts), minute_of(row.ends), each.part)
                for row in each.wish.windows.all()
                if first <= row.on < year.ends_on
            ]
        for other in here[each.site.pk]:
            rows = hours.of(other.site, other.part) if other is not each else []
            each.windows += [window for row in rows for window in written_out(row, days, other.part)]


def _rows_of(each: Untrained, hours: Hours) -> list[SiteWindow]:
    """The rows of the audience that the site asked for, or of the whole it is a part of, or of its session, or of all.

    None where its own hours part its staff: a session for all of them is held on the days it asked for, or has agreed.
    Drivers and cooks are trained on paid time. Where they have rows of their own, the session is for them.
    """
    if each.is_settled:
        return []
    on_shifts = policies.ON_SHIFTS.get(each.site.kind)
    if on_shifts and hours.of(each.site, on_shifts):
        each.audience = on_shifts
    tried = [audience for audience in (each.wish.audience if each.wish else "", each.audience) if audience]
    found = (hours.of(each.site, audience) for one in tried for audience in (one, whole_of(one)))
    return next((rows for rows in found if rows), hours.for_all(each.site))


def _held(here: Here, year: SchoolYear) -> dict[int, Counter[str]]:
    """How many staff sessions of the year each site has held, or been a guest at, by audience: they used up windows.
    An evening for families takes nothing from them.
    """
    sessions = Session.objects.filter(request__kind=TRAINING, state=states.Session.CLOSED)
    sessions = sessions.filter(on__gte=year.starts_on, on__lt=year.ends_on)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for site, audience in held_at(here, sessions):
        found[site][audience] += 1
    return found


def _add_days_out(here: Here, year: SchoolYear) -> None:
    """Days without school at the site, testing days, and days that were declined in an earlier plan."""
    closed = ClosedDay.objects.filter(site__in=here, on__lt=year.ends_on).values_list("site_id", "on")
    for site_id, day in closed:
        for each in here[site_id or 0]:
            each.closed.add(day)
    declined = PlanEntry.objects.filter(plan__year=year, site__in=here, answer=PlanEntry.Answer.DECLINED)
    for site_id, part, out in declined.values_list("site_id", "part", "on"):
        for each in here[site_id]:
            if out is not None and (not part or each.is_asked_by(part)):
                each.closed.add(out)


def _add_rooms(here: Here, year: SchoolYear) -> None:
    """The room and its seats, as somebody named them last in a plan of the year."""
    named = PlanEntry.objects.filter(Q(seat_count__gt=0) | ~Q(room=""), plan__year=year, site__in=here)
    for row in named.order_by("id").only("site_id", "part", "room", "seat_count"):
        for each in here[row.site_id]:
            if each.part == row.part:
                each.room, each.seat_count = row.room, row.seat_count


def _add_excluded(here: Here) -> None:
    """Who of the Cadre does not come to the site, and when."""
    for row in KeptApart.objects.filter(known_by(None), site__in=here).select_related("member").order_by("id"):
        until = row.ends_on - DAY if row.ends_on else None
        for each in here[row.site_id]:
            each.excluded.append(Excluded(row.member.ref, row.starts_on, until))


def _add_usual(here: Here) -> None:
    """What coordinators said of its sessions."""
    usual = {row.site_id: row for row in UsualSession.objects.filter(site__in=here)}
    for each in _all(here):
        each.usual = usual.get(each.site.pk)
