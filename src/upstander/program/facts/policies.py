"""What the steps of a fact need to know: the district's day, and why somebody may correct one."""

import datetime as dt

from upstander.district.places.selectors import district_of
from upstander.foundation.kernel.actor import Actor
from upstander.program.facts.models import FactChange

Reason = FactChange.Reason
OF_LINES = (Reason.WRONG, Reason.MOVED, Reason.HOURS, Reason.SOURCE)
OF_FIGURES = (Reason.WRONG, Reason.NEWER, Reason.SOURCE)


def today(actor: Actor, at: dt.datetime) -> dt.date:
    """The day it is in the district at the moment `at`."""
    return district_of(actor=actor).day(at)


def reasons(*, is_line: bool) -> list[tuple[str, str]]:
    """Why a line, or a figure, may be corrected: what is stored, and how it reads."""
    return [(str(reason.value), str(reason.label)) for reason in (OF_LINES if is_line else OF_FIGURES)]
