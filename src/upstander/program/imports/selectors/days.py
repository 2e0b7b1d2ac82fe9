"""What lists of days without school or with tests are held against, and the sessions that they meet."""

import datetime as dt

from django.utils.translation import gettext as _

from upstander.district.places.models import ClosedDay
from upstander.district.places.selectors import days_out_known
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.columns import CLOSED_DAYS, TESTING_DAYS
from upstander.program.imports.content.days import EVERYWHERE, Out, days_out
from upstander.program.imports.content.matching import Target
from upstander.program.imports.content.outcomes import Meaning, Preview
from upstander.program.imports.content.reading import Line
from upstander.program.training.models import Session
from upstander.program.training.selectors.sessions import agreed_on

KIND_OF_DAY: dict[str, str] = {CLOSED_DAYS: ClosedDay.Kind.CLOSED, TESTING_DAYS: ClosedDay.Kind.TESTING}


def whole_district() -> Target:
    """What a row means that names no site."""
    return Target(EVERYWHERE, "everywhere", "", _("The whole district"), "")


def agreed_then(*, actor: Actor, preview: Preview, at: dt.datetime) -> list[Session]:
    """Sessions that are agreed for days on which nobody is to be trained, once this is applied."""
    days = {(change.target or None, change.line.day) for change in preview.writes if change.line.day}
    return agreed_on(actor=actor, days=days, at=at) if days else []


def preview_of_days(actor: Actor, lines: list[Line], meaning: Meaning, kind: str) -> Preview:
    """What a list of this kind would change."""
    rows = days_out_known(actor=actor).values_list("site_id", "on", "kind")
    book = {(site or EVERYWHERE, on): Out(stands) for site, on, stands in rows}
    return days_out(lines, meaning, book, KIND_OF_DAY[kind])
