"""What the planner answers: placements, what it could not place and what would help, and what is proven about it."""

import enum
from dataclasses import dataclass
from datetime import date

from upstander.engines.planning.problem import Assigned


class Stage(enum.StrEnum):
    """How far the planner came: a draft at once, then who serves whom, then when."""

    DRAFT = "draft"
    WHO = "who"
    WHEN = "when"
    DONE = "done"


class Rule(enum.StrEnum):
    """The rules a session has to keep. The same names tell why one is not placed, and which one to relax."""

    WINDOW = "window"  # inside a window of all its sites
    CLOSED = "closed"  # not on a closed or testing day
    ROOM = "room"  # no more people than seats
    EXCLUDED = "excluded"  # not with a member who shall not come
    SKILL = "skill"  # each role with a skill valid on the day
    CERTIFIED = "certified"  # a credential that counts on the day
    RELEASED = "released"  # a release by their own supervisor
    IN_POST = "in_post"  # a member on the day; nobody can relax it
    LANGUAGE = "language"  # the lead speaks what the site needs
    REGION = "region"  # the site lies in a region the member reaches
    TRAVEL_LIMIT = "travel_limit"
    FREE = "free"  # inside the member's own working time
    BUSY = "busy"  # outside their busy time, with the way from and to home
    TAKEN = "taken"  # no other session of the member at that time, with the way between
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"
    PAIR = "pair"  # two members where a pair is required


@dataclass(frozen=True, slots=True)
class Placement:
    """One session of the plan: whose, when, by whom."""

    sites: tuple[str, ...]
    day: date
    starts: int
    ends: int
    members: tuple[Assigned, ...]
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that stood in the way, and of how many members (0: it concerns the site alone)."""

    rule: Rule
    members: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to relax, named by its rule.

    `member` is whom it concerns. `now` and `needed` are what holds and what would do: kilometres for TRAVEL_LIMIT,
    sessions for DAY_FULL and WEEK_FULL, people for ROOM and PAIR, a day (ISO) for SKILL, CERTIFIED and RELEASED, a
    language for LANGUAGE, a region for REGION; for WINDOW and FREE the day and time are the relaxation's own.
    """

    rule: Rule
    member: str = ""
    now: str = ""
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The least that would have to change for the session to be placed so, everything else staying as it is."""

    steps: tuple[Step, ...]
    placement: Placement


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A session that found no place, why, and the nearest relaxation that would place it, if any was found."""

    sites: tuple[str, ...]
    reasons: tuple[Reason, ...]
    relaxation: Relaxation | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """The day on which the last site of the plan is trained, and a day before which no plan can be through."""

    day: date
    not_before: date


@dataclass(frozen=True, slots=True)
class Proof:
    """What the plan costs (in kilometres, see Weights), and what no plan can stay below. `gap` is the difference as a
    share of what the placed sessions cost.

    `choices` is how many members a site were looked at, nearest first: the bound holds among these. A draft has no
    bound. `is_stopped`: ended by a person or by the clock; only then may the next run differ.
    """

    cost: int
    bound: int | None = None
    gap: float | None = None
    choices: int = 0
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan. `moved` names the sites whose agreed session is another now."""

    stage: Stage
    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    proof: Proof
    travel_km: int = 0  # there and back, all members
    busiest: int = 0  # sessions of the busiest member
    latest: Latest | None = None
    moved: tuple[str, ...] = ()
