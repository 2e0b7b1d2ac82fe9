"""Who can hold a session: free or not, always with the reason, nearest first. Pure: plain values in and out.

Ways are those of the year plan (`planning.ways`): from site to site, by the district's own times where it keeps some,
else along the road as estimated, and a quarter of an hour for parking and setting up. Back to back at one site is fine.
"""

import enum
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from upstander.engines.planning.problem import Place, Travel
from upstander.engines.planning.ways import Spot, Ways

Point = Place
STEP_MINUTES = 5
Hours = tuple[time, time]
LEAD = "lead"
PARTS = {LEAD: {LEAD}, "co_lead": {LEAD, "co_lead"}, "shadow": {LEAD, "co_lead", "shadow"}}  # what entitles to each


@dataclass(frozen=True, slots=True)
class Weekly:
    """A stretch of the week in which a member works: weekday 0 is Monday, wall times of the district."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with offsets, half-open."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def widened(self, minutes: int) -> "Span":
        return Span(self.starts_at - timedelta(minutes=minutes), self.ends_at + timedelta(minutes=minutes))


@dataclass(frozen=True, slots=True)
class Booked:
    """A session a member already has: its own time, its day and where it is. An online one is held from home."""

    span: Span
    on: date
    site: int
    place: Point | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Days unlike the week, half-open: away, wholly or for these hours of each; or, `is_extra`, at hand for them."""

    starts_on: date
    ends_on: date
    starts: time | None = None
    ends: time | None = None
    is_extra: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, half-open; None is open."""

    starts_on: date
    ends_on: date | None

    def hold(self, on: date) -> bool:
        """Whether the day lies within."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class Skill:
    """The part (lead, co_lead, shadow) that a member may take in an offering, and on which days."""

    offering: str
    part: str
    days: Days


@dataclass(frozen=True, slots=True)
class Base:
    """Where a member sets out from this day on."""

    since: date
    place: Point


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """A site to which a member does not come on these days."""

    site: int
    days: Days


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of one member of the Cadre. `key` is the caller's own.

    Where no release by a supervisor is on file, none is asked for; where one is, it has to cover the day. So it is
    with credentials.
    """

    key: int
    bases: Sequence[Base]  # in the order of their days; the first also holds before its day
    languages: frozenset[str]
    most_per_day: int
    most_per_week: int
    weekly: Sequence[Weekly] = ()
    away: Sequence[Away] = ()
    busy: Sequence[Span] = ()
    booked: Sequence[Booked] = ()
    skills: Sequence[Skill] = ()
    releases: Sequence[Days] = ()
    credentials: Sequence[Days] = ()
    kept_from: Sequence[KeptFrom] = ()
    in_post: Sequence[Days] | None = None  # when they belong to the Cadre; None: it is not asked
    travel_limit_km: float | None = None
    calls: Sequence[date] = ()  # the day of each call they made, and one for each they have in hand
    ways: Ways = field(default_factory=lambda: Ways(Travel()), compare=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The session somebody is looked for: its wall times stand beside the moments."""

    span: Span
    on: date
    starts: time
    ends: time
    site: int
    place: Point | None  # None: online, or a site without a place on the map
    languages: frozenset[str]
    guests: frozenset[int] = frozenset()  # the other sites that are trained with this one
    online: bool = False
    offering: str = ""  # what the member has to be able to hold; nothing: no skill is asked for
    part: str = LEAD  # as what: only who leads has to speak the languages


class Reason(enum.StrEnum):
    """Why somebody is free, or why not."""

    FREE = "free"
    LEFT = "left"
    NOT_YET = "not_yet"
    LANGUAGE = "language"
    SKILL = "skill"
    SKILL_ENDS = "skill_ends"
    RELEASE = "release"
    CREDENTIAL = "credential"
    APART = "apart"
    TOO_FAR = "too_far"
    AWAY = "away"
    OUTSIDE_HOURS = "outside_hours"
    SESSION = "session"
    TRAVEL = "travel"
    BUSY = "busy"
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member against one session: distance (km, None if unknown), travel minutes, and the first reason found."""

    member: Member
    distance_km: float | None
    travel_minutes: int
    reason: Reason
    detail: dict[str, object] = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        return self.reason is Reason.FREE


def home_spot(home: Point) -> Spot:
    """A home base as ways and legs name it: whoever sets out from the same place has the same ways."""
    return f"home:{home.latitude}:{home.longitude}", home


def site_spot(site: int, place: Point | None) -> Spot:
    """A site as ways and legs name it."""
    return f"site:{site}", place


def travel_minutes(ways: Ways, home: Spot, there: Spot) -> int:
    """Minutes to keep free on each side of a visit, in steps of five; none where the way is not known."""
    if ways.km(home, there) is None:
        return 0
    return math.ceil(ways.minutes(home, there) / STEP_MINUTES) * STEP_MINUTES


def base_on(bases: Sequence[Base], on: date) -> Point:
    """Where somebody sets out on a day. Needs at least one base."""
    begun = [each.place for each in bases if each.since <= on]
    return begun[-1] if begun else bases[0].place


def candidates(members: Iterable[Member], wanted: Wanted) -> list[Candidate]:
    """Everyone with a reason: who is free first, then by distance from the home base (unknown last), then by key."""
    found = [weigh(member, wanted) for member in members]
    return sorted(found, key=_order)


def weigh(member: Member, wanted: Wanted, allowed: frozenset[Reason] = frozenset()) -> Candidate:
    """One member against the session: the first rule that speaks gives the reason. Reasons that people have `allowed`
    for this session are passed over.
    """
    distance, travel, way = None, 0, 0
    if not wanted.online:
        home, there = home_spot(base_on(member.bases, wanted.on)), site_spot(wanted.site, wanted.place)
        distance, travel = member.ways.km(home, there), travel_minutes(member.ways, home, there)
        way = member.ways.minutes(home, there) if distance is not None else 0
    reason, detail = _first_said((_too_far(distance), *RULES), member, wanted, way, allowed)
    return Candidate(member, distance, travel, reason, detail)


def weigh_call(member: Member, site: int, on: date, languages: frozenset[str], offering: str) -> Candidate:
    """One member against a call that somebody of the site asked for: it has neither an hour nor a way.

    The rules of a session hold, as of this day. Calls count toward the most a week beside sessions; toward the most a
    day they do not, since the member chooses the day.
    """
    now = datetime.combine(on, time())
    wanted = Wanted(Span(now, now), on, time(), time(), site, None, languages, online=True, offering=offering)
    reason, detail = _first_said(CALL_RULES, member, wanted, 0, frozenset())
    return Candidate(member, None, 0, reason, detail)


Said = tuple[Reason, dict[str, object]] | None
Rule = Callable[[Member, Wanted, int], Said]


def _order(candidate: Candidate) -> tuple[bool, float, int]:
    distance = math.inf if candidate.distance_km is None else candidate.distance_km
    return not candidate.is_free, distance, candidate.member.key


def _in_post(member: Member, wanted: Wanted, _way: int) -> Said:
    if member.in_post is None or any(days.hold(wanted.on) for days in member.in_post):
        return None
    if begins := [days.starts_on for days in member.in_post if days.starts_on > wanted.on]:
        return Reason.NOT_YET, {"starts_on": min(begins)}
    ended = [days.ends_on for days in member.in_post if days.ends_on is not None]
    return Reason.LEFT, {"ends_on": max(ended, default=None)}


def _apart(member: Member, wanted: Wanted, _way: int) -> Said:
    sites = {wanted.site, *wanted.guests}
    is_kept = any(each.site in sites and each.days.hold(wanted.on) for each in member.kept_from)
    return (Reason.APART, {}) if is_kept else None


def _language(member: Member, wanted: Wanted, _way: int) -> Said:
    missing = wanted.languages - member.languages if wanted.part == LEAD else None
    return (Reason.LANGUAGE, {"languages": sorted(missing)}) if missing else None


def _skill(member: Member, wanted: Wanted, _way: int) -> Said:
    if not wanted.offering:
        return None
    held = [each.days for each in member.skills if each.offering == wanted.offering and each.part in PARTS[wanted.part]]
    if any(days.hold(wanted.on) for days in held):
        return None
    ended = [days.ends_on for days in held if days.ends_on is not None and days.ends_on <= wanted.on]
    return (Reason.SKILL_ENDS, {"ends_on": max(ended)}) if ended else (Reason.SKILL, {})


def _release(member: Member, wanted: Wanted, _way: int) -> Said:
    return None if _on_file(member.releases, wanted.on) else (Reason.RELEASE, {})


def _credential(member: Member, wanted: Wanted, _way: int) -> Said:
    return None if _on_file(member.credentials, wanted.on) else (Reason.CREDENTIAL, {})


def _on_file(held: Sequence[Days], on: date) -> bool:
    return not held or any(days.hold(on) for days in held)


def _too_far(distance: float | None) -> Rule:
    def rule(member: Member, _wanted: Wanted, _way: int) -> Said:
        limit = member.travel_limit_km
        return (Reason.TOO_FAR, {"limit_km": limit}) if limit is not None and (distance or 0) > limit else None

    return rule


def hours_on(on: date, weekly: Iterable[Weekly], away: Iterable[Away]) -> list[Hours]:
    """When somebody can be asked on a day: the week with the hours beside it, joined where they meet, without those
    that they are away.
    """
    today = [each for each in away if each.starts_on <= on < each.ends_on]
    more = [(each.starts, each.ends) for each in today if each.is_extra and each.starts and each.ends]
    found = _joined([*((each.starts, each.ends) for each in weekly if each.weekday == on.weekday()), *more])
    for each in today:
        if each.starts is None or each.ends is None:
            return []
        if not each.is_extra:
            found = [rest for span in found for rest in _without(span, (each.starts, each.ends))]
    return found


def _joined(spans: Iterable[Hours]) -> list[Hours]:
    found: list[Hours] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((starts, ends))
    return found


def _without(span: Hours, out: Hours) -> Iterator[Hours]:
    """What is left of a stretch: before and after, where there is any."""
    before, after = (span[0], min(span[1], out[0])), (max(span[0], out[1]), span[1])
    yield from (each for each in (before, after) if each[0] < each[1])


def _away(member: Member, wanted: Wanted, _way: int) -> Said:
    for each in member.away:
        if each.starts is None and each.starts_on <= wanted.on < each.ends_on:
            return Reason.AWAY, {"until": each.ends_on}
    return None


def _hours(member: Member, wanted: Wanted, _way: int) -> Said:
    spans = hours_on(wanted.on, member.weekly, member.away)
    is_inside = any(starts <= wanted.starts and wanted.ends <= ends for starts, ends in spans)
    return None if is_inside else (Reason.OUTSIDE_HOURS, {})


def _session(member: Member, wanted: Wanted, _way: int) -> Said:
    for each in member.booked:
        if each.span.overlaps(wanted.span):
            return Reason.SESSION, {"starts_at": each.span.starts_at}
    home = home_spot(base_on(member.bases, wanted.on))
    here = home if wanted.online else site_spot(wanted.site, wanted.place)
    for each in member.booked:
        there = home if each.online else site_spot(each.site, each.place)
        if here[0] != there[0] and each.span.overlaps(wanted.span.widened(member.ways.minutes(here, there))):
            return Reason.TRAVEL, {"starts_at": each.span.starts_at}
    return None


def _busy(member: Member, wanted: Wanted, way: int) -> Said:
    with_travel = wanted.span.widened(way)
    for each in member.busy:
        if each.overlaps(with_travel):
            return Reason.BUSY, {"starts_at": each.starts_at}
    return None


def _day(member: Member, wanted: Wanted, _way: int) -> Said:
    count = sum(each.on == wanted.on for each in member.booked)
    return (Reason.DAY_FULL, {"count": count}) if count >= member.most_per_day else None


def _week(member: Member, wanted: Wanted, _way: int) -> Said:
    """Sessions and calls share what somebody can do in a week."""
    week = wanted.on.isocalendar()[:2]
    days = (*member.calls, *(each.on for each in member.booked))
    count = sum(day.isocalendar()[:2] == week for day in days)
    return (Reason.WEEK_FULL, {"count": count}) if count >= member.most_per_week else None


def _first_said(
    rules: Iterable[Rule], member: Member, wanted: Wanted, way: int, allowed: frozenset[Reason]
) -> tuple[Reason, dict[str, object]]:
    said = (rule(member, wanted, way) for rule in rules)
    return next((each for each in said if each is not None and each[0] not in allowed), (Reason.FREE, {}))


RULES = (_in_post, _apart, _language, _skill, _credential, _release, _away, _hours, _session, _busy, _day, _week)
CALL_RULES = (_apart, _language, _skill, _credential, _release, _away, _week)
