"""Steps of set-up that happen once per database."""

import datetime as dt

from upstander.foundation.kernel.models import Marker


def is_done(name: str) -> bool:
    """Whether the step has been finished in this database."""
    return Marker.objects.filter(name=name).exists()


def mark_done(name: str, at: dt.datetime) -> None:
    """Remember that the step is finished; to be called inside the step's own transaction."""
    Marker.objects.create(name=name, done_at=at)
