"""What is known of a member of the Cadre, and of the session somebody is looked for. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from upstander.engines.planning.problem import Place, Travel
from upstander.engines.planning.ways import Ways

Point = Place
Hours = tuple[time, time]
LEAD = "lead"


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
