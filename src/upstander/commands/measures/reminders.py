"""Reminders of the whole large district in one run: everyone is late with one training, and has an address."""

import datetime as dt
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import connection

from upstander.commands.database import take_statistics
from upstander.commands.measures.readings import YARDSTICK, CannotRun, Reading, yardstick
from upstander.commands.measures.visits import first_district
from upstander.engines.obligations import Cadence
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.content.schedules import usual_schedule
from upstander.program.compliance.selectors.reminders import next_mail_day
from upstander.program.compliance.services import Terms, set_requirement, set_schedule, write_reminders

FEWEST, MOST_SECONDS, MOST_STATEMENTS, MOST_MEBIBYTES = 60_000, 60.0, 200, 512.0
MAY = frozenset({"requirements.manage", "coverage.read"})
SUBJECT, LATE = "asked-of-all", dt.timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did, and what it took."""

    mails: int
    seconds: float
    statements: int
    mebibytes: float


def measure() -> list[Reading]:
    """A run in which everybody is told, and one right after it, in which nobody is."""
    district, at = first_district(), clock.now()
    actor, schedule = job("bench", district.pk, MAY), usual_schedule()
    with in_district(district.pk):
        on = next_mail_day(actor=actor, after=at.date())
        if on is None:
            raise CannotRun("the demo's calendar has no school day ahead")
        set_schedule(actor=actor, schedule=schedule, is_on=True, at=at)
        set_requirement(actor=actor, terms=_terms(), starts_on=on - LATE, at=at)
    take_statistics()
    moment = dt.datetime.combine(on, dt.time(schedule.from_hour), ZoneInfo(district.zone))
    told, again = _run(actor, moment), _run(actor, moment)
    return [
        Reading(YARDSTICK, yardstick(), "ms"),
        Reading("people reminded in one run", told.mails, "people", at_least=FEWEST),
        Reading("reminders of everyone", told.seconds, "s", at_most=MOST_SECONDS),
        Reading("reminders of everyone, statements", told.statements, "", at_most=MOST_STATEMENTS),
        Reading("reminders of everyone, memory", told.mebibytes, "MiB", at_most=MOST_MEBIBYTES),
        Reading("people reminded once more", again.mails, "people", at_most=0),
        Reading("a run with nothing to tell", again.seconds, "s"),
    ]


def _terms() -> Terms:
    words = ("Bench",) * 6  # title, source and who answers for it, in both languages
    return Terms(SUBJECT, "all_staff", 100, 12, *words, cadence=Cadence.SCHOOL_YEAR)


def _run(actor: Actor, at: dt.datetime) -> Run:
    asked = 0

    def count(execute: Callable[..., object], *given: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*given)

    before, began = _most_memory(), time.perf_counter()
    with in_district(actor.district_id), connection.execute_wrapper(count):
        mails = write_reminders(actor=actor, at=at)
    return Run(mails, time.perf_counter() - began, asked, _most_memory() - before)


def _most_memory() -> float:
    """The most this process ever held, in mebibytes; Linux tells it in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
