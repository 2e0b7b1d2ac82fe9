"""Handing work to the queue: in our own database, so that a job appears and vanishes with the change it belongs to."""

from procrastinate.contrib.django import app


def defer(name: str, *, district_id: int, ref: str) -> None:
    """Queue the job `name` (see `jobs.tasks`) for one record. Jobs carry a ref, never what it stands for."""
    app.configure_task(name, lock=f"{name}:{ref}").defer(district_id=district_id, ref=ref)
