"""Reading kept clocks: one's own, and nobody else's. For the district only how many there were."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from upstander.engines.suppression import told
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.guidance.models import ClockYear, ReportClock, ReportClockLine
from upstander.program.guidance.policies import revives_at, school_year
from upstander.program.guidance.states import ClockState, LineKind, Manner


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One line as its owner sees it; `replaced_by` is the number of the line that corrects it."""

    number: int
    kind: str
    kind_name: str
    happened_at: dt.datetime
    agency: str
    agency_name: str
    manner: str
    manner_name: str
    last_four: str
    recorded_at: dt.datetime
    replaces: int | None
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class KeptClock:
    """A clock as its owner sees it. A stub has no lines any more, and so no times."""

    ref: str
    state: str
    zone: ZoneInfo
    hours: int
    opened_at: dt.datetime
    keep_until: dt.datetime
    reminds: bool
    lines: tuple[KeptLine, ...]

    @property
    def is_open(self) -> bool:
        return self.state == ClockState.OPEN

    @property
    def is_stub(self) -> bool:
        return self.state == ClockState.STUB

    @property
    def received_at(self) -> dt.datetime | None:
        """When the information came: what the person said last."""
        told = [line.happened_at for line in self.lines if line.kind == LineKind.RECEIVED]
        return told[-1] if told else None

    @property
    def due_at(self) -> dt.datetime | None:
        """When the written report is due: real hours, whatever the clocks on the wall did in between."""
        return self.received_at + dt.timedelta(hours=self.hours) if self.received_at else None

    def standing(self, kind: str) -> list[KeptLine]:
        """The lines of a kind that no later line corrects."""
        return [line for line in self.lines if line.kind == kind and line.replaced_by is None]

    @property
    def sent_at(self) -> dt.datetime | None:
        """When the first written report was sent."""
        return min((line.happened_at for line in self.standing(LineKind.WRITTEN)), default=None)

    @property
    def is_made(self) -> bool:
        """Whether it tells of a report: a written one, or a call that somebody answered."""
        calls = self.standing(LineKind.ATTEMPT)
        return self.sent_at is not None or any(call.manner == Manner.ANSWERED for call in calls)

    def may_be_joint(self, at: dt.datetime) -> bool:
        """Whether a joint report can start from it: the day after the information came is not over."""
        return bool(self.received_at and at < revives_at(self.received_at))

    @property
    def is_late(self) -> bool:
        return bool(self.sent_at and self.due_at and self.sent_at > self.due_at)


def own_clocks(*, actor: Actor) -> list[KeptClock]:
    """The signed-in person's kept clocks, newest first."""
    return _own(actor)


def own_clock(*, actor: Actor, ref: str) -> KeptClock:
    """One of the signed-in person's clocks; anyone else's is `NotFound`, whatever the actor's role."""
    found = _own(actor, ref=ref)
    if not found:
        raise NotFound("clock")
    return found[0]


def clocks_kept(*, actor: Actor, at: dt.datetime) -> int | None:
    """How many accounts kept clocks in the school year that ended before `at`; None when too few to be told.

    Needs `report.count`. The number is the whole district's, and no list stands behind it. Of the year under way
    nothing is told: a number that can be watched says on which day it grew.
    """
    require(actor, "report.count", Place(actor.district_id))
    row = ClockYear.objects.filter(district_id=actor.district_id, starts_in=school_year(at) - 1).first()
    return told(row.clocks_count if row else 0)


def _own(actor: Actor, **only: str) -> list[KeptClock]:
    rows = ReportClock.objects.filter(district_id=actor.district_id, account_id=actor.account_id or 0, **only)
    clocks = list(rows.order_by("-opened_at", "-pk"))
    lines: dict[int, list[ReportClockLine]] = {clock.pk: [] for clock in clocks}
    for line in ReportClockLine.objects.filter(clock_id__in=lines).order_by("number"):
        lines[line.clock_id].append(line)
    return [_shown(clock, lines[clock.pk]) for clock in clocks]


def _shown(clock: ReportClock, lines: list[ReportClockLine]) -> KeptClock:
    replaced = {line.replaces: line.number for line in lines if line.replaces}
    return KeptClock(
        ref=clock.ref,
        state=clock.state,
        zone=ZoneInfo(clock.zone),
        hours=clock.hours,
        opened_at=clock.opened_at,
        keep_until=clock.keep_until,
        reminds=bool(clock.remind_to),
        lines=tuple(_line(line, replaced.get(line.number)) for line in lines),
    )


def _line(line: ReportClockLine, replaced_by: int | None) -> KeptLine:
    return KeptLine(
        number=line.number,
        kind=line.kind,
        kind_name=line.get_kind_display(),
        happened_at=line.happened_at,
        agency=line.agency,
        agency_name=line.get_agency_display(),
        manner=line.manner,
        manner_name=line.get_manner_display(),
        last_four=line.last_four,
        recorded_at=line.recorded_at,
        replaces=line.replaces,
        replaced_by=replaced_by,
    )
