"""Of two jobs for one record, the one whose moment has come runs, whichever was queued first."""

import datetime as dt

import pytest
from django.db import connection

from upstander.foundation.queue.queue import defer_until

pytestmark = pytest.mark.django_db
NAME = "guidance.remind"


def test_a_job_for_later_holds_up_no_earlier_one() -> None:
    now = dt.datetime.now(dt.UTC)
    for moment in (now + dt.timedelta(days=9), now - dt.timedelta(days=1)):
        defer_until(NAME, district_id=1, ref="AAAA", at=moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT lock) FROM procrastinate_jobs WHERE task_name = %s", [NAME])
        assert cursor.fetchone() == (2, 2)
