"""Whether a session of some length fits the days that are wished for, and is given on them at all."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.program.training.models import Request
from upstander.program.training.selectors.offerings import days_without


def of_days(actor: Actor, kind: str, audience: str, minutes: int, days: Iterable[dt.date]) -> Iterator[Invalid]:
    """Wished days on which the district does not give an own length to these people: not yet, or not any more."""
    days = list(days)
    without = days_without(actor=actor, kind=kind, audience=audience, minutes=minutes, days=days)
    for position, day in enumerate(days):
        if day in without:
            yield Invalid(_("The district does not give this length on this day."), f"windows_{position}")


def of_request(actor: Actor, request: Request, audience: str, minutes: int) -> Iterator[Invalid]:
    """The same of the days that a request has, where another length is put in or it is for others."""
    days = request.windows.order_by("on").values_list("on", flat=True)
    for day in days_without(actor=actor, kind=request.kind, audience=audience, minutes=minutes, days=days)[:1]:
        sentence = _("The district does not give this length on %(day)s. Please wish other days first.")
        yield Invalid(sentence % {"day": date_format(day, "DATE_FORMAT")}, "minutes")


def too_long(request: Request, minutes: int) -> Iterator[Invalid]:
    """A session that has become too long for a day that was wished for."""
    length = dt.timedelta(minutes=minutes)
    for window in request.windows.order_by("on", "starts"):
        if dt.datetime.combine(window.on, window.ends) - dt.datetime.combine(window.on, window.starts) < length:
            sentence = _("So long a session does not fit on %(day)s. Please wish other days first.")
            yield Invalid(sentence % {"day": date_format(window.on, "DATE_FORMAT")}, "minutes")
            return
