"""What a year plan is made from: sites, members, windows, sessions already agreed, and what counts how much.

Days are dates; times are minutes since midnight on the district's wall clock (13:30 is 810); spans are half-open.
A day named `until` is the last one that counts. Distances are road kilometres, one way. Every `ref` is the caller's.
"""

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

MINUTES_PER_DAY = 24 * 60


class ProblemError(ValueError):
    """The problem contradicts itself; the text says where and how."""


class Mode(enum.StrEnum):
    """How a session is held. Online nobody travels; a hybrid one is held in the room, and some listen from afar."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Role(enum.StrEnum):
    """What a member does in a session, and may do: a lead may also co-lead; a shadow only listens."""

    LEAD = "lead"
    CO_LEAD = "co_lead"
    SHADOW = "shadow"


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one day: a session lies wholly inside, a busy stretch wholly outside. Minutes since midnight.

    `audience`: of a site's windows, who alone is free then; nothing: everybody whom the site's session is for.
    """

    day: date
    starts: int
    ends: int
    audience: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.starts < self.ends <= MINUTES_PER_DAY:
            raise ProblemError(f"window on {self.day}: {self.starts} to {self.ends} is no stretch of one day")


@dataclass(frozen=True, slots=True)
class Excluded:
    """A member who shall not come to a site, from a day until (and on) another; None: without beginning, or end."""

    member: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One site to be trained, once, for one audience (a site with two audiences is two entries with two refs).

    `windows` may be the hours of all its audiences: only those of its own, and those of nobody in particular, count.

    Sites with the same `together` are trained in one session at the first of them, in windows that all share.
    `wishes` are days it would rather have, `seats` those of its room (0: not known), `excluded` the members who
    shall not come. Languages are those the lead has to speak.
    """

    ref: str
    place: Place | None  # None: not on the map; then no distance is known and none is limited
    region: str
    minutes: int
    windows: tuple[Window, ...]
    audience: str = ""
    head_count: int = 0
    languages: frozenset[str] = frozenset()
    mode: Mode = Mode.IN_PERSON
    together: str = ""
    is_pair: bool = False
    wishes: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()  # its testing days and holidays, beside those of the problem
    room: str = ""
    seats: int = 0
    excluded: tuple[Excluded, ...] = ()

    @property
    def hours(self) -> tuple[Window, ...]:
        """The windows in which this session can be held."""
        return tuple(window for window in self.windows if window.audience in ("", self.audience))


@dataclass(frozen=True, slots=True)
class Skill:
    """A role that a member may take until (and on) a day; None: without end."""

    role: Role
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """From this day on a member sets out from another home base, which legs name by its `ref`."""

    ref: str
    since: date
    home: Place | None


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the Cadre. In person they serve their home region and the `regions` they reach.

    `free` are the stretches in which they work; outside of them nothing is planned. A busy stretch also keeps the
    way from and to home free. `calls` are days on which they take a call: it counts for the week as a session does.
    `moves` come in the order of their days. None for a day or a limit: there is none.
    """

    ref: str
    home: Place | None
    region: str
    skills: tuple[Skill, ...]
    free: tuple[Window, ...]
    regions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    busy: tuple[Window, ...] = ()
    most_per_day: int = 1
    most_per_week: int = 5
    calls: tuple[date, ...] = ()
    travel_limit_km: float | None = None
    certified_on: date | None = None  # the first day on which their credential counts
    certified_until: date | None = None
    released_from: date | None = None
    released_until: date | None = None
    in_post_from: date | None = None  # the first day on which they belong to the Cadre
    in_post_until: date | None = None
    moves: tuple[Move, ...] = ()

    def base_on(self, day: date) -> tuple[str, Place | None]:
        """Where they set out on a day: its name in legs, and the place."""
        found = self.ref, self.home
        for move in self.moves:
            if move.since <= day:
                found = move.ref, move.home
        return found


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from a matrix; `one` and `other` are refs of a site or of a home (the member's, or the move's).

    It counts both ways.
    """

    one: str
    other: str
    km: float
    minutes: int


@dataclass(frozen=True, slots=True)
class Travel:
    """How ways are estimated where no leg is given: great circle x road factor, at a speed, plus a buffer."""

    road_factor: float = 1.3
    km_per_hour: float = 40.0
    buffer_minutes: int = 15  # parking and setting up; also between two sessions at the same place
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """A member in a role."""

    member: str
    role: Role


@dataclass(frozen=True, slots=True)
class Fixed:
    """A session that people have agreed. A pinned one stays as it is; another may be moved, at a cost."""

    sites: tuple[str, ...]
    day: date
    starts: int
    members: tuple[Assigned, ...]
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, all in kilometres of travel (a session costs the way there and back)."""

    busiest: int = 20  # each session of the busiest member
    moved: int = 200  # each agreed session that is moved or given to others
    wish: int = 10  # each site with wishes that gets another day
    week: int = 1  # each week that a session is later than the first of all windows: who knows earlier, helps earlier
    unplaced: int = 10_000  # each session that is not placed


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan is made from. Raises ProblemError when it contradicts itself."""

    sites: tuple[Site, ...]
    members: tuple[Member, ...]
    fixed: tuple[Fixed, ...] = ()
    closed: frozenset[date] = frozenset()
    travel: Travel = field(default_factory=Travel)
    weights: Weights = field(default_factory=Weights)
    step_minutes: int = 30  # a session may start at a window's start and every so many minutes after
    seed: int = 1

    def __post_init__(self) -> None:
        sites, members = {site.ref for site in self.sites}, {member.ref for member in self.members}
        _refuse("one ref for two sites", _doubles(site.ref for site in self.sites))
        _refuse("one ref for two members", _doubles(member.ref for member in self.members))
        _refuse("two agreed sessions for one site", _doubles(ref for fixed in self.fixed for ref in fixed.sites))
        _refuse("an agreed session of an unknown site", {ref for fixed in self.fixed for ref in fixed.sites} - sites)
        _refuse(
            "an agreed session with an unknown member",
            {each.member for fixed in self.fixed for each in fixed.members} - members,
        )
        _refuse("minutes below one at site", {site.ref for site in self.sites if site.minutes < 1})
        _refuse("a negative head count at site", {site.ref for site in self.sites if site.head_count < 0})
        _refuse("an agreed session without site or member", _incomplete(self.fixed))
        if self.step_minutes < 1:
            raise ProblemError(f"step_minutes: {self.step_minutes} is below one")


def _doubles(refs: Iterable[str]) -> set[str]:
    return {ref for ref, count in Counter(refs).items() if count > 1}


def _incomplete(fixed: Iterable[Fixed]) -> set[str]:
    return {f"{each.day}" for each in fixed if not each.sites or not each.members}


def _refuse(what: str, refs: set[str]) -> None:
    if refs:
        raise ProblemError(f"{what}: {', '.join(sorted(refs))}")
