"""The days that calls of the Cadre take up in a week, beside sessions."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db.models import Q

from upstander.district.places.models import District
from upstander.program.training.models import CALL_MADE, CallBack


def calls_of(members: Iterable[int], first: dt.date, last: dt.date) -> dict[int, list[dt.date]]:
    """The day of each call that these members (ids) made in the weeks of two days and between.

    Of each that they have in hand nobody knows yet when it will be: a place is kept for it in the week in which they
    took it, and in that of the day by which they call, if that is another.
    """
    since, until = first - dt.timedelta(days=first.weekday()), last + dt.timedelta(days=7 - last.weekday())
    made = Q(end__in=CALL_MADE, on__gte=since, on__lt=until)
    rows = list(CallBack.objects.filter(made | Q(ended_at__isnull=True), member__in=members).select_related("request"))
    zone = _zone(rows) if any(row.on is None for row in rows) else None
    found: dict[int, list[dt.date]] = {}
    for row in rows:
        days = _in_hand(row, zone) if zone and row.on is None else [row.on] if row.on else []
        found.setdefault(row.member_id, []).extend(day for day in days if since <= day < until)
    return found


def _in_hand(row: CallBack, zone: ZoneInfo) -> list[dt.date]:
    taken, due = row.taken_at.astimezone(zone).date(), row.request.due_on
    return [taken, due] if due and due.isocalendar()[:2] > taken.isocalendar()[:2] else [taken]


def _zone(rows: list[CallBack]) -> ZoneInfo:
    """Where the calls are made."""
    return ZoneInfo(District.objects.values_list("zone", flat=True).get(pk=rows[0].district_id))
