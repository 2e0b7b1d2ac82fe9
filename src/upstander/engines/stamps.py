"""Moments with what tells apart two of the same moment, and the time between them."""

import datetime as dt
from typing import NamedTuple

MINUTE = dt.timedelta(minutes=1)


class Stamp(NamedTuple):
    """When, and by which count of which device: no two events share one, so any two are in order."""

    moment: dt.datetime
    device: str
    counter: int


def whole_minutes(first: dt.datetime, last: dt.datetime) -> int:
    """The whole minutes from one moment to another; none where it is the other way round."""
    return max(0, (last - first) // MINUTE)


def earlier(one: Stamp | None, other: Stamp | None) -> Stamp | None:
    """The first of two, or the only one."""
    return other if one is None else one if other is None else min(one, other)


def later(one: Stamp | None, other: Stamp | None) -> Stamp | None:
    """The last of two, or the only one."""
    return other if one is None else one if other is None else max(one, other)


def is_after(one: Stamp | None, other: Stamp | None) -> bool:
    """Whether one came after the other, or alone."""
    return one is not None and (other is None or one > other)
