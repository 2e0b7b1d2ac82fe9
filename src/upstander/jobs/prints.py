"""Making the papers of the public pages ahead: each day, and whenever somebody changed what they say."""

from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from upstander.district.places.selectors import all_districts, district_of
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.insights.prints import make_all
from upstander.jobs.tasks import RETRY
from upstander.program.library.services import MAKE_PRINTS


@app.periodic(cron="25 11 * * *")  # UTC: the small hours of the Americas, after the day's facts are in
@app.task(name="house.make_prints", queueing_lock="house.make_prints", retry=RETRY)
def make_prints(timestamp: int) -> None:
    """Make every district's papers that read otherwise than yesterday. Safe to run twice, or late."""
    for district in all_districts():
        make_district(district.pk)


@app.task(name=MAKE_PRINTS, retry=RETRY)
def make_changed(district_id: int, ref: str) -> None:
    """Make the papers of a district in which something reads otherwise. Safe to run twice, or late.

    One that was killed left whole papers: the next one makes the rest.
    """
    make_district(district_id)


def make_district(district_id: int) -> None:
    """Make a district's papers as a visitor would read them."""
    at, actor = now(), visitor(district_id)
    with in_district(district_id, read_only=True):
        on = at.astimezone(ZoneInfo(district_of(actor=actor).zone)).date()
        make_all(actor=actor, on=on, at=at)
