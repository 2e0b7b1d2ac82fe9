"""Who of a site's staff is trained apart from whom, where they are never free together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from django.db.models import QuerySet

from upstander.district.places.models import Site
from upstander.program.compliance.selectors.short_sites import ShortSite, StaffGroup
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING, kind_of, whole_of
from upstander.program.training.models import Session, SessionGuest
from upstander.program.training.planning._hours import ALL, SEVERAL, Hours

# In whose session those who hold a post are expected; who is not named comes to the largest one.
AUDIENCE_OF = {
    "teacher": "teachers",
    "support": "support",
    "classified": "classified",
    "driver": "drivers",
    "food_service": "food_service",
    "front_office": "front_office",
    "site_administrator": "leaders",
    "site_designee": "leaders",
}
HasHours = Callable[[str], bool]


@dataclass(slots=True)
class Counted:
    """People of one audience."""

    staff: int = 0
    trained: int = 0

    @property
    def untrained(self) -> int:
        return self.staff - self.trained

    def add(self, other: "Counted | StaffGroup") -> None:
        self.staff, self.trained = self.staff + other.staff, self.trained + other.trained

    def falls_short(self, threshold_percent: int) -> bool:
        return self.trained * 100 < self.staff * threshold_percent


def heads_in_parts(
    short: Iterable[ShortSite],
    by_id: Mapping[int, Site],
    asked: Mapping[int, Set[str]],
    hours: Hours,
    at: dt.datetime,
) -> dict[int, dict[str, int]]:
    """How many are to be trained in which audience, by the site's id: only for sites that train several apart.

    People may have settled it otherwise: where a session for all staff is agreed, or is among what the site `asked`
    for, nothing is to be trained apart. What else it asked for, or has agreed, is a further part with nobody in it.
    """
    short = [each for each in short if by_id[each.site_id].kind not in policies.ON_SHIFTS]
    coming = _coming([each.site_id for each in short], at)
    found: dict[int, dict[str, int]] = {}
    for each in short:
        wanted = asked[each.site_id] | coming[each.site_id]
        parts = _parts(by_id[each.site_id], each, hours, coming[each.site_id])
        if parts:
            further = (audience for audience in _in_order(wanted) if not part_for(audience, parts))
            found[each.site_id] = {} if ALL in wanted else parts | dict.fromkeys(further, 0)
    return found


def _parts(site: Site, short: ShortSite, hours: Hours, coming: Set[str]) -> dict[str, int]:
    def has_hours(audience: str) -> bool:
        return bool(hours.of(site, audience))

    counted = audiences_of(short.groups, has_hours)
    agreed = {part_for(audience, counted) for audience in coming} - {""}
    if not hours.part(site, counted) and len(agreed) < SEVERAL:
        return {}
    for_all = bool(hours.for_all(site))  # with sessions of several audiences agreed, the others are free then too
    return parts_of(counted, short.threshold_percent, lambda audience: for_all or has_hours(audience))


def _coming(sites: Iterable[int], at: dt.datetime) -> dict[int, set[str]]:
    """For whom each site has sessions agreed, at home or as a guest."""
    found: dict[int, set[str]] = defaultdict(set)
    live = Session.objects.filter(state__in=states.TO_BE_HELD, ends_at__gt=at, request__kind=TRAINING)
    for site, audience in held_at(sites, live):
        found[site].add(audience)
    return found


def held_at(sites: Iterable[int], sessions: QuerySet[Session]) -> Iterator[tuple[int, str]]:
    """For whom each of these sites (ids) has one of the sessions, at home or as a guest, in two queries."""
    guests = SessionGuest.objects.filter(session__in=sessions, left_at__isnull=True, site__in=sites)
    yield from sessions.filter(site__in=sites).values_list("site_id", "request__audience")
    yield from guests.values_list("site_id", "request__audience")


def audiences_of(groups: Iterable[StaffGroup], has_hours: HasHours) -> dict[str, Counted]:
    """The staff by audience: each group in the first of its audiences that has hours, of its own or of its whole."""
    found: dict[str, Counted] = {}
    for group in groups:
        found.setdefault(_audience(group, has_hours), Counted()).add(group)
    nobodys = found.pop("", Counted())
    if found:
        max(found.values(), key=lambda each: each.staff).add(nobodys)
    return {key: found[key] for key in _in_order(found)}


def _in_order(audiences: Collection[str]) -> list[str]:
    return [key for key in kind_of(TRAINING).options_of("audience") if key in audiences]


def parts_of(counted: dict[str, Counted], threshold_percent: int, has_hours: HasHours) -> dict[str, int]:
    """How many are to be trained in each audience's own session.

    An audience with enough people trained gets none. One without hours gets one, which then finds no day and says so,
    if without its people the site would still not count as trained.
    """
    short = {key: each.untrained for key, each in counted.items() if each.falls_short(threshold_percent)}
    with_hours = {key: heads for key, heads in short.items() if has_hours(key)}
    all_of = Counted(trained=sum(with_hours.values()))
    for each in counted.values():
        all_of.add(each)
    return short if all_of.falls_short(threshold_percent) else with_hours


def part_for(audience: str, parts: Iterable[str]) -> str:
    """In which of these parts those who ask for an audience are trained; nothing where it is none of them."""
    return next((each for each in (audience, whole_of(audience)) if each in parts), "")


def _audience(group: StaffGroup, has_hours: HasHours) -> str:
    own = [AUDIENCE_OF[role] for role in group.roles if role in AUDIENCE_OF]
    tried = [each for audience in own for each in (audience, whole_of(audience))]
    return next(filter(has_hours, tried), whole_of(own[0]) if own else "")
