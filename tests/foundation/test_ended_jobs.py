"""The queue forgets what is done: on a database of its own, because the queue commits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.db import connection, connections

from upstander.foundation.notices.services import SEND
from upstander.foundation.queue.queue import defer_each
from upstander.jobs.timetable import forget_jobs


def _jobs_left() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'ref', status::text FROM procrastinate_jobs ORDER BY 1")
        return [(str(ref), str(status)) for ref, status in cursor.fetchall()]


def _forget() -> None:
    """Run the task as a worker does: in an event loop of its own, on connections of its own."""

    async def run() -> None:
        await forget_jobs.func(timestamp=0)
        await sync_to_async(connections.close_all)()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, run()).result()


def test_a_job_goes_a_week_after_it_ended_and_one_that_failed_or_waits_stays(cloned_database: str) -> None:
    ended = {"old": "succeeded", "new": "succeeded", "failed": "failed"}
    defer_each(SEND, district_id=1, refs=[*ended, "waits"])
    with connection.cursor() as cursor:
        for ref, status in ended.items():
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE args->>'ref' = %s", [status, ref])
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '8 days'"
            " WHERE job_id IN (SELECT id FROM procrastinate_jobs WHERE args->>'ref' <> 'new')"
        )
    for _ in range(2):
        _forget()
        assert _jobs_left() == [("failed", "failed"), ("new", "succeeded"), ("waits", "todo")]
