"""What the pages of a plan show, gathered: its head, its sides, what has no day, two plans beside one another."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from upstander.program.training.planning.words import Words
from upstander.program.training.selectors import plans as selectors
from upstander.program.training.selectors.plans import Reached
from upstander.web.plans import wording
from upstander.web.plans.map import is_agreed, map_of
from upstander.web.shared.access import DistrictRequest

DAY = dt.timedelta(days=1)
PER_PAGE = 50


class Side(NamedTuple):
    """One way to look at a plan."""

    name: Words
    template: str
    told: Callable[[DistrictRequest, Any, list[Any]], dict[str, Any]]
    can_drag: bool = False  # sessions of a draft, to another day or consultant


@dataclass(frozen=True, slots=True)
class Lacking:
    """A site without a day, with the reasons, what would help, and what it asked for itself, if it did."""

    entry: Any
    reasons: list[str]
    relaxation: str
    wish: Any


@dataclass(frozen=True, slots=True)
class Forecast:
    """How the year goes on: when all are trained, or how many will not be; quarters of the way in between."""

    full_on: dt.date | None
    missing: int
    quarters: list[tuple[int, dt.date]]


def head(request: DistrictRequest, plan: Any) -> dict[str, Any]:
    """What every page of a plan begins with."""
    return {
        "plan": plan,
        "sides": [(key, side.name) for key, side in SIDES.items()],
        "run": selectors.latest_run(actor=request.actor, plan=plan),
        "proven": wording.proven(plan.proof),
    }


def unplaced_lines(request: DistrictRequest, entries: Iterable[Any]) -> list[Lacking]:
    """The sites without a day."""
    missing = [entry for entry in entries if entry.on is None]
    names = selectors.member_names(actor=request.actor) if missing else {}
    wishes = selectors.wishes_of(actor=request.actor, entries=missing)
    return [
        Lacking(
            entry, wording.reasons(entry, wish := wishes.get(entry.pk)), wording.relaxation(entry.lacking, names), wish
        )
        for entry in missing
    ]


def forecast(entries: Sequence[Any], reached: Sequence[Reached]) -> Forecast:
    """When the plan's sites are trained, if it is held as it stands."""
    total, last = len({entry.site_id for entry in entries}), reached[-1].trained if reached else 0
    quarters = []
    for percent in (25, 50, 75):
        day = next((each.day for each in reached if each.trained * 100 >= percent * total), None)
        if day:
            quarters.append((percent, day))
    return Forecast(reached[-1].day if reached and last == total else None, total - last, quarters)


def _schools(request: HttpRequest, _plan: Any, entries: list[Any]) -> dict[str, Any]:
    in_order = sorted(entries, key=lambda entry: (entry.site.sort_key, entry.pk))
    page = Paginator(in_order, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "site_count": len({entry.site_id for entry in entries})}


def _months(_request: HttpRequest, _plan: Any, entries: list[Any]) -> dict[str, Any]:
    """By month and day, only days with a session."""
    months: dict[dt.date, dict[dt.date, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.on and entry.host is None:
            months[entry.on.replace(day=1)][entry.on].append(entry)
    return {"months": [(first, sorted(days.items())) for first, days in sorted(months.items())]}


def _members(request: DistrictRequest, plan: Any, entries: list[Any]) -> dict[str, Any]:
    loads = selectors.loads_of(actor=request.actor, plan=plan, entries=entries)
    held: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        for seat in entry.seats.all() if entry.on else ():
            held[seat.member.ref].append(entry)
    lines = [(load, held[load.member]) for load in loads]
    return {"lines": lines, "most": max((load.sessions for load in loads), default=0)}


def _regions(_request: HttpRequest, _plan: Any, entries: list[Any]) -> dict[str, Any]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        groups[entry.region_name].append(entry)
    lines = [
        {
            "number": number,
            "name": name,
            "sites": len({entry.site_id for entry in group}),
            "planned": sum(all(entry.on for entry in own) for own in selectors.by_site(group)),
            "accepted": sum(all(map(is_agreed, own)) for own in selectors.by_site(group)),
            "latest": max((entry.on for entry in group if entry.on), default=None),
        }
        for number, (name, group) in enumerate(sorted(groups.items()), 1)
    ]
    return {"regions": lines, "map": map_of(entries, {name: number for number, name in enumerate(sorted(groups), 1)})}


def held_days(entries: Iterable[Any]) -> list[tuple[dt.date, int]]:
    """The day of every session, and how many sites are trained with it: the last one of a site's is what counts."""
    through = Counter(own[-1].host_id or own[-1].pk for own in selectors.by_site(entries) if own[-1].on)
    return [(entry.on, through[entry.pk]) for entry in entries if entry.on and entry.host_id is None]


def compared(request: DistrictRequest, first: Any, second: Any) -> dict[str, Any]:
    """Both plans in numbers, and each site whose session is another in the second."""
    read = [selectors.entries_for(actor=request.actor, plan=plan) for plan in (first, second)]
    both = zip((first, second), read, strict=True)
    figures = [selectors.figures_of(actor=request.actor, plan=plan, entries=entries) for plan, entries in both]
    before, after = ({entry.key: entry for entry in entries} for entries in read)
    pairs: list[Any] = [(before.get(key), after.get(key)) for key in {**before, **after}]
    changes = [pair for pair in pairs if _told(pair[0]) != _told(pair[1])]
    changes.sort(key=lambda pair: ((pair[0] or pair[1]).site.sort_key, (pair[0] or pair[1]).key))
    site_count = len({(pair[0] or pair[1]).site_id for pair in changes})
    return {"figures": figures, "changes": changes, "site_count": site_count}


def _told(entry: Any) -> object:
    if entry is None or entry.is_left_out or entry.on is None:
        return None
    host = entry.host.site_id if entry.host else None
    return entry.on, entry.starts, host, frozenset(seat.member_id for seat in entry.seats.all())


SIDES = {
    "schools": Side(_("By school"), "plans/schools.html", _schools),
    "calendar": Side(_("Calendar"), "plans/calendar.html", _months, can_drag=True),
    "members": Side(_("Load of each member"), "plans/members.html", _members, can_drag=True),
    "regions": Side(_("By region"), "plans/regions.html", _regions),
}
