"""What happens by the clock. A worker queues each entry once a time, however many workers there are."""

import datetime as dt

from procrastinate.contrib.django import app

from upstander.district.accounts.disposal import forget_sessions
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.limits import forget_counts
from upstander.jobs.tasks import RETRY

COUNTS_ARE_KEPT = dt.timedelta(days=1)  # far longer than any window in which tries are counted


@app.periodic(cron="40 10 * * *")  # UTC: the small hours of the Americas
@app.task(name="house.forget", queueing_lock="house.forget", retry=RETRY)
def forget(timestamp: int) -> None:
    """Delete ended sessions and old counters; they belong to no district. Safe to run twice, or late."""
    at = now()
    forget_counts(before=at - COUNTS_ARE_KEPT)
    forget_sessions(at=at)
