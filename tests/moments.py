"""The moment at which the suite lives. No test may depend on the day on which it runs."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

AT = dt.datetime(2026, 11, 16, 17, 0, tzinfo=dt.UTC)  # a Monday, 9 in the morning in California
TODAY = AT.astimezone(ZoneInfo("America/Los_Angeles")).date()
SUITE_BEGINS = AT + dt.timedelta(minutes=1)  # what factories record at AT is known by then


def put_clock(file: Path, at: dt.datetime) -> None:
    """Put a product clock to a moment, from which it runs on: its file holds the seconds to add."""
    file.write_text(str(int((at - dt.datetime.now(dt.UTC)).total_seconds())))
