"""Counting tries, so that guessing does not pay. The counter is one row changed by one statement.

It is counted on a connection of its own, outside the request's transaction: nobody waits for a neighbor's count while
that neighbor's password is being hashed, and a try counts although its request fails and is rolled back.
"""

import datetime as dt

from django.conf import settings
from django.db import connections

from upstander.foundation.kernel.models import RateCount
from upstander.foundation.kernel.secrets import pseudonym

COUNT = """
    INSERT INTO kernel_ratecount AS r (key, window_starts_at, tries_count) VALUES (%(key)s, %(at)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        tries_count = CASE WHEN r.window_starts_at <= %(old)s THEN 1 ELSE r.tries_count + 1 END,
        window_starts_at = CASE WHEN r.window_starts_at <= %(old)s THEN %(at)s ELSE r.window_starts_at END
    RETURNING tries_count
"""


def within_limit(what: str, who: str, *, most: int, seconds: int, at: dt.datetime) -> bool:
    """Count one try of `what` by `who` and say whether it is among the first `most` in this window."""
    key = pseudonym(f"limit:{what}", who)
    old = at - dt.timedelta(seconds=seconds)
    with connections[settings.COUNTING_DATABASE].cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "at": at, "old": old})
        (count,) = cursor.fetchone()
    return bool(count <= most)


def forget_counts(*, before: dt.datetime) -> int:
    """Delete counters whose window began before the moment; gives their number. Doing it again changes nothing."""
    return RateCount.objects.filter(window_starts_at__lt=before).delete()[0]
