"""Days without school or with tests of a list, entered and taken back; the services of places say what may be."""

import datetime as dt

from upstander.district.places.services import DayOut, add_days_out, take_back_days_out
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.outcomes import Change
from upstander.program.imports.selectors.days import KIND_OF_DAY

MANAGE = "places.manage"


def record_days(actor: Actor, kind: str, writes: list[Change], at: dt.datetime) -> list[str]:
    """Enter the day of every line; the refs in the order of `writes`."""
    days = [
        DayOut(change.line.day, change.line.called, change.target or None, KIND_OF_DAY[kind])
        for change in writes
        if change.line.day  # a row without a day is never read
    ]
    return add_days_out(actor=lend(actor, MANAGE), days=days, at=at) if days else []


def take_back_days(actor: Actor, refs: list[str], at: dt.datetime) -> None:
    """The days are like any other again; sessions that were moved off them stay where they are."""
    take_back_days_out(actor=lend(actor, MANAGE), refs=refs, at=at)
