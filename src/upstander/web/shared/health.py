"""Probes for whoever runs the server. Neither tells a stranger anything about a district."""

from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, JsonResponse

OLDEST_JOB = """
    SELECT coalesce(extract(epoch FROM now() - min(e.at)), 0) FROM procrastinate_jobs j
    JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
"""
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'"
LATE_SECONDS = 600


def healthz() -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz() -> HttpResponse:
    """The database answers, no migration is missing, a worker lives, and no job has waited long."""
    try:
        with transaction.atomic():
            checks = {"database": True, "migrations": _migrated(), **_queue()}
    except DatabaseError:
        checks = {"database": False}
    ready = all(checks.values())
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)


def _migrated() -> bool:
    loader = MigrationLoader(connection)
    return set(loader.disk_migrations or {}) <= set(loader.applied_migrations or {})


def _queue() -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(WORKERS)
        workers = cursor.fetchone()[0]
        cursor.execute(OLDEST_JOB)
        oldest = cursor.fetchone()[0]
    return {"worker": workers > 0, "queue": oldest < LATE_SECONDS}


PROBES: dict[str, Callable[[], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}
