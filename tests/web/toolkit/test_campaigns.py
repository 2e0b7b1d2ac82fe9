"""The calendar of observances: as a page and as a file, in both languages, each leading to its kit."""

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories.guide import make_guide_world
from upstander.program.library.selectors.observances import shipped_observances


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_guide_world()


@pytest.mark.parametrize(("language", "first"), [("en", "The December campaign"), ("es", "La campaña de diciembre")])
def test_the_page_tells_what_comes_next_first_and_leads_to_each_kit(language: str, first: str) -> None:
    response = Client(SERVER_NAME="localhost").get(f"/{language}/toolkit/campaigns/")
    page = response.content.decode()
    assert (response.status_code, len(response.cookies)) == (200, 0)
    names = [each.name.in_language(language) for each in shipped_observances().values()]
    assert min(names, key=page.index) == first
    assert all(f"/{language}/learn/{each.page}/" in page for each in shipped_observances().values())


def test_the_file_holds_three_years_of_whole_days_that_take_nobody() -> None:
    response = Client(SERVER_NAME="localhost").get("/en/toolkit/campaigns/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(events) == 3 * len(shipped_observances())
    assert len({str(event["UID"]) for event in events}) == len(events)
    blue = next(event for event in events if str(event["UID"]).startswith("wear_blue-2027@"))
    assert (str(blue.decoded("DTSTART")), str(blue.decoded("DTEND"))) == ("2027-01-11", "2027-01-12")
    assert str(blue["URL"]).endswith("/en/learn/blue_day/")
    assert all(str(event["TRANSP"]) == "TRANSPARENT" for event in events)
