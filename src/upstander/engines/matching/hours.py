"""When somebody can be asked on a day."""

from collections.abc import Iterable, Iterator
from datetime import date

from upstander.engines.matching.people import Away, Hours, Weekly


def hours_on(on: date, weekly: Iterable[Weekly], away: Iterable[Away]) -> list[Hours]:
    """When somebody can be asked on a day: the week with the hours beside it, joined where they meet, without those
    that they are away.
    """
    today = [each for each in away if each.starts_on <= on < each.ends_on]
    more = [(each.starts, each.ends) for each in today if each.is_extra and each.starts and each.ends]
    found = _joined([*((each.starts, each.ends) for each in weekly if each.weekday == on.weekday()), *more])
    for each in today:
        if each.starts is None or each.ends is None:
            return []
        if not each.is_extra:
            found = [rest for span in found for rest in _without(span, (each.starts, each.ends))]
    return found


def _joined(spans: Iterable[Hours]) -> list[Hours]:
    found: list[Hours] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((starts, ends))
    return found


def _without(span: Hours, out: Hours) -> Iterator[Hours]:
    """What is left of a stretch: before and after, where there is any."""
    before, after = (span[0], min(span[1], out[0])), (max(span[0], out[1]), span[1])
    yield from (each for each in (before, after) if each[0] < each[1])
