"""The schedule of reminders as it ships in `content/reminders/`: what a district starts from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from upstander.foundation.kernel.content import ContentRefused, read_documents

USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When whom: days from the day something is due (-7 is a week before), and hours of the district's own clock."""

    person_days: tuple[int, ...]
    site_days: int | None
    region_days: int | None
    from_hour: int
    until_hour: int


@cache
def usual_schedule() -> Schedule:
    """The schedule that ships, read once per process."""
    return read_schedule(settings.CONTENT)


def read_schedule(content: Path) -> Schedule:
    """Read and check the schedule of a content folder. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "reminders", content / "schemas" / "reminders.schema.json")
    faults = [fault for document in documents for fault in document.misnamed("schedule")]
    found = next((document for document in documents if document.data["schedule"] == USUAL), None)
    if faults or found is None:
        raise ContentRefused(faults)
    data = found.data
    return Schedule(
        tuple(data["person_days"]), data["site_days"], data["region_days"], data["from_hour"], data["until_hour"]
    )
