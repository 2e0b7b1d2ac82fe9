"""A reporter's own clock, kept on the server because they asked for it. Only its owner can do any of this."""

import datetime as dt
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.engines.clocks import ElapsedHours
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.guidance import events
from upstander.program.guidance.models import ClockYear, ReportClock, ReportClockLine
from upstander.program.guidance.policies import school_year
from upstander.program.guidance.services._joint import bring_nearer
from upstander.program.guidance.services._kept import KEPT, came_at, defer_to_midnight, end, lines_of, locked_clock
from upstander.program.guidance.services._kept import TIDY as TIDY
from upstander.program.guidance.services._veil import veiled_record
from upstander.program.guidance.states import MANNERS, Agency, ClockState, LineKind, moved

MOST_LINES = 60
MOST_OPEN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, in closed choices; see `states` for what each kind may say."""

    kind: str
    happened_at: dt.datetime
    agency: str = ""
    manner: str = ""
    last_four: str = ""
    replaces: int | None = None


@transaction.atomic
def keep_clock(
    *, actor: Actor, received_at: dt.datetime, zone: str, duty: ElapsedHours, at: dt.datetime
) -> ReportClock:
    """Keep a clock for the signed-in person, who has read what that means. Needs `report.own`.

    The clock starts when the person says that the information came, which may be long ago but not still to come
    (`Invalid`). Raises `WrongState` when too many of theirs are open. An account that keeps no other clock of this
    school year adds one to the year's number, so that nobody makes a hidden number visible alone.
    """
    require(actor, "report.own", Place(actor.district_id))
    assert actor.account_id is not None
    _must_have_come(received_at, zone, at)
    # Two requests at once wait for each other here, or both would count the same rows and pass the limit.
    Account.objects.select_for_update(no_key=True).get(pk=actor.account_id)
    others = list(ReportClock.objects.filter(account_id=actor.account_id).values_list("state", "opened_at"))
    if [state for state, _opened in others].count(ClockState.OPEN) >= MOST_OPEN:
        raise WrongState(_("You keep enough open records already. Please close or erase one first."))
    clock = ReportClock.objects.create(
        district_id=actor.district_id,
        account_id=actor.account_id,
        zone=zone,
        hours=duty.hours,
        opened_at=at,
        keep_until=at + KEPT,
    )
    _write(clock, Line(LineKind.RECEIVED, received_at), 1, at)
    if school_year(at) not in {school_year(opened) for _state, opened in others}:
        _count(actor.district_id, at)
    veiled_record(events.CLOCK_KEPT, actor=actor, ref=clock.ref, at=at)
    defer_to_midnight(TIDY, district_id=actor.district_id, ref=clock.ref, at=clock.keep_until)
    return clock


@transaction.atomic
def add_line(*, actor: Actor, ref: str, line: Line, at: dt.datetime) -> None:
    """Add a line to one's own clock. Late or early, it is taken as it is told; only what has not happened yet is not.

    Raises `Invalid` for a choice the kind does not allow, `WrongState` for a stub or a full record.
    """
    clock = locked_clock(actor, ref)
    lines = lines_of(clock.pk)
    _check(clock, lines, line, at)
    _write(clock, line, len(lines) + 1, at)
    told = came_at(lines)
    if line.kind == LineKind.RECEIVED and told:
        bring_nearer(actor, told, line.happened_at)
    if clock.state == ClockState.OPEN:
        clock.keep_until = at + KEPT
        clock.save(update_fields=["keep_until"])
    veiled_record(events.CLOCK_LINE_ADDED, actor=actor, ref=ref, at=at)


@transaction.atomic
def close_clock(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Say that the report is over. What the clock holds is kept for 90 days more."""
    clock = locked_clock(actor, ref)
    end(clock, at)
    veiled_record(events.CLOCK_CLOSED, actor=actor, ref=ref, at=at, by_time=False)


@transaction.atomic
def extend_clock(*, actor: Actor, ref: str, at: dt.datetime) -> None:
    """Keep a closed clock for 90 days from now, as often as its owner wishes."""
    clock = locked_clock(actor, ref)
    clock.state = moved(clock.state, "extend")
    clock.keep_until = at + KEPT
    clock.save(update_fields=["state", "keep_until"])
    veiled_record(events.CLOCK_EXTENDED, actor=actor, ref=ref, at=at)


def _write(clock: ReportClock, line: Line, number: int, at: dt.datetime) -> None:
    ReportClockLine.objects.create(
        district_id=clock.district_id, clock=clock, number=number, recorded_at=at, **asdict(line)
    )


def _check(clock: ReportClock, lines: list[ReportClockLine], line: Line, at: dt.datetime) -> None:
    if clock.state == ClockState.STUB or len(lines) >= MOST_LINES:
        raise WrongState(_("This record takes no more lines."))
    _must_have_come(line.happened_at, clock.zone, at)
    if line.last_four and not (len(line.last_four) == 4 and line.last_four.isascii() and line.last_four.isdigit()):
        raise Invalid(_("Please give exactly the last four digits, or leave this empty."), "last_four")
    allowed = MANNERS[line.kind]
    if allowed and not (line.manner in allowed and line.agency in Agency.values):
        raise Invalid(_("Please choose from the list."), "agency")
    if line.replaces is not None and line.replaces not in {one.number for one in lines if one.kind == line.kind}:
        raise Invalid(_("There is no such line to correct."), "replaces")


def _must_have_come(moment: dt.datetime, zone: str, at: dt.datetime) -> None:
    """Refuse what is still to come, at the day if already the day is, else at the time."""
    if moment <= at:
        return
    here = ZoneInfo(zone)
    if moment.astimezone(here).date() > at.astimezone(here).date():
        raise Invalid(_("This day has not come yet."), "day")
    raise Invalid(_("This moment has not come yet."), "time")


def _count(district_id: int, at: dt.datetime) -> None:
    """Add one to the year's number. It names nobody, and it stays when the clock is erased."""
    year = school_year(at)
    ClockYear.objects.bulk_create([ClockYear(district_id=district_id, starts_in=year)], ignore_conflicts=True)
    ClockYear.objects.filter(district_id=district_id, starts_in=year).update(clocks_count=F("clocks_count") + 1)
