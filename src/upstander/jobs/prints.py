"""Making the papers of the public pages ahead: each day, and whenever somebody changed what they say."""

from procrastinate.contrib.django import app

from upstander.district.places.selectors import all_districts, district_of
from upstander.foundation.kernel.actor import job, visitor
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.db import in_district
from upstander.insights.prints import drop_former, former_of_sites, kept_pdf, make_all, pdf_of
from upstander.jobs.tasks import RETRY
from upstander.program.library.selectors.prints import Sheet
from upstander.program.library.services import MAKE_PRINTS
from upstander.program.library.services.editions import note_editions, note_taken


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
    """Make a district's papers as a visitor would read them, and note which they are from now on."""
    at, actor = now(), visitor(district_id)

    def handed_out(sheet: Sheet) -> bytes | None:
        """Of a single site only what somebody took."""
        kept = kept_pdf(actor=actor, sheet=sheet)
        return kept if kept or sheet.site_ref else pdf_of(actor=actor, sheet=sheet, at=at)

    with in_district(district_id, read_only=True):
        on = district_of(actor=actor).day(at)
        present = make_all(actor=actor, on=on, at=at)
    with in_district(district_id):
        clerk = job(MAKE_PRINTS, district_id, frozenset())
        note_taken(actor=clerk, taken=former_of_sites(actor=actor, present=present), sheets=present.sheets, at=at)
        note_editions(actor=clerk, sheets=present.sheets, pdf=handed_out, at=at)
    drop_former(actor=actor, present=present)  # not before they are rows: nothing else holds what they said
