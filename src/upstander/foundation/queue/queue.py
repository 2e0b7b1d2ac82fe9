"""Handing work to the queue: in our own database, so that a job appears and vanishes with the change it belongs to."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from procrastinate.contrib.django import app


def defer_each(name: str, *, district_id: int, refs: Iterable[str]) -> None:
    """Queue the job `name` (see `jobs.tasks`) for each record, in one statement.

    Jobs carry a ref, never what it stands for; two jobs for the same record never run at once.
    """
    jobs = [
        app.configure_task(name, lock=f"{name}:{ref}").make_new_job(district_id=district_id, ref=ref) for ref in refs
    ]
    if jobs:
        app.job_manager.batch_defer_jobs(jobs)


def defer_until(name: str, *, district_id: int, ref: str, at: dt.datetime) -> None:
    """Queue the job `name` for one record, to be run at `at` or soon after. What it finds then may have moved on.

    The moment is part of the lock: of two jobs with one lock the older goes first, even if it waits for much longer.
    """
    app.configure_task(name, lock=f"{name}:{ref}:{at.isoformat()}", schedule_at=at).defer(
        district_id=district_id, ref=ref
    )


def withdraw(ref: str, *names: str) -> None:
    """Take back the waiting jobs of these names for one record that is no more, with what the queue noted of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY(%s) AND args->>'ref' = %s",
            [list(names), ref],
        )
