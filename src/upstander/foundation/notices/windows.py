"""When a notice may go out: not at night, or on a free day, where whoever wrote it promised that."""

import datetime as dt
from collections.abc import Iterable, Sequence

Window = tuple[dt.datetime, dt.datetime]  # from the first moment until before the second


def kept(windows: Iterable[Window]) -> list[list[str]]:
    """The windows as a notice keeps them."""
    return [[start.astimezone(dt.UTC).isoformat(), until.astimezone(dt.UTC).isoformat()] for start, until in windows]


def moment_to_go(windows: Sequence[Sequence[str]], at: dt.datetime) -> dt.datetime:
    """The first moment from `at` on that lies in a window; `at` itself without windows, or once the last is over.

    A mail that is late beyond its last window is still better read late than never.
    """
    read = sorted((dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(until)) for start, until in windows)
    return next((max(start, at) for start, until in read if at < until), at)
