"""The one clock. Read once per request, job or command and passed down as `at`; rules never read it."""

import datetime as dt
from pathlib import Path

from django.conf import settings


def now() -> dt.datetime:
    """This moment in UTC; in demo and tests shifted by the seconds in `settings.CLOCK_FILE`."""
    return dt.datetime.now(dt.UTC) + _shift()


def _shift() -> dt.timedelta:
    if not settings.CLOCK_FILE:
        return dt.timedelta()
    try:
        return dt.timedelta(seconds=int(Path(settings.CLOCK_FILE).read_text().strip() or "0"))
    except FileNotFoundError:
        return dt.timedelta()
