"""The coordinator looks first, then starts; what was typed stays; principals find whom to tell in person."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_site
from tests.factories.visits import holder
from tests.program.compliance.test_reminders import after, begun, run, staff
from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.models import ReminderSchedule

pytestmark = pytest.mark.django_db
PAGE = "/en/reminders/"
TYPED = {"person_days": "-7, 1", "site_days": "7", "region_days": "", "from_hour": "9", "until_hour": "16"}


@pytest.fixture
def district() -> District:
    from tests.factories import make_district

    return begun(make_district())


def words(client: Client, path: str, query: dict[str, str] | None = None) -> str:
    answer = client.get(path, query or {})
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_coordinator_looks_reads_the_mail_and_saves(district: District) -> None:
    person = staff(district, make_site(district, "Birch"), given_name="Ana", family_name="Sol")
    client = holder(district)
    assert "People are reminded of what is due for them" in words(client, PAGE)
    look = {**TYPED, "on": after(1).isoformat()}
    text = words(client, f"{PAGE}preview/", look)
    assert "people would get a mail" in text or "person would get a mail" in text
    assert "Ana Sol" in text and "Birch" in text
    text = words(client, f"{PAGE}preview/{person.ref}/", look)
    assert "Your week: a few days to keep in mind" in text and "Su semana: algunas fechas" in text
    assert client.post(PAGE, {**TYPED, "move": "look"})["Location"].startswith(f"{PAGE}preview/?person_days=-7%2C+1&")
    with in_district(district.pk):
        assert (Notice.objects.count(), ReminderSchedule.objects.count()) == (0, 1)
    assert client.post(PAGE, {**TYPED, "move": "off"}).status_code == 302
    assert "Nobody is reminded" in words(client, PAGE)
    with in_district(district.pk):
        newest = ReminderSchedule.objects.order_by("-pk")[0]
        assert (newest.person_days, newest.region_days, newest.from_hour, newest.is_on) == ([-7, 1], None, 9, False)


@pytest.mark.parametrize(
    "change",
    [{"person_days": "soon"}, {"person_days": "-500"}, {"site_days": "x"}, {"from_hour": "17"}, {"until_hour": "3"}],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(district: District, change: dict[str, str]) -> None:
    answer = holder(district).post(PAGE, {**TYPED, **change, "move": "on"})
    assert answer.status_code == 422
    assert "Please look at this again" in answer.content.decode()
    assert 'value="-7, 1"' in answer.content.decode() or "person_days" in change
    with in_district(district.pk):
        assert ReminderSchedule.objects.count() == 1


@pytest.mark.parametrize("query", [{"on": "yesterday"}, {"page": "0"}, {"page": "99999999"}, {**TYPED, "on": "x"}])
def test_an_odd_address_is_answered_kindly(district: District, query: dict[str, str]) -> None:
    assert holder(district).get(f"{PAGE}preview/", query).status_code in {200, 422}
    assert holder(district).get(f"{PAGE}preview/0123456789AB/", query).status_code == 404


def test_a_principal_finds_whom_to_tell_at_their_own_site_only(district: District) -> None:
    birch, cedar = make_site(district, "Birch"), make_site(district, "Cedar")
    staff(district, birch, email="", family_name="Silent")
    staff(district, cedar, email="", family_name="Elsewhere")
    text = words(holder(district, "site_administrator", site=birch), f"{PAGE}in-person/")
    assert "Silent" in text and "Elsewhere" not in text


def test_the_log_says_who_and_why_not_in_as_many_queries_for_many(district: District) -> None:
    site, client = make_site(district, "Birch"), holder(district)
    counts = []
    for number, day in ((1, after(1)), (20, after(2))):
        for each in range(number):
            staff(district, site, email="" if each % 2 else f"{day}{each}@example.org", family_name=f"No{each}")
        run(district, day)
        with CaptureQueriesContext(connection) as asked:
            text = words(client, f"{PAGE}log/")
        preview = CaptureQueriesContext(connection)
        with preview:
            words(client, f"{PAGE}preview/", {"on": after(20).isoformat()})
        counts.append((len(asked), len(preview)))
    assert counts[0] == counts[1]
    assert "no mail address: to be told in person" in text and "1 day after" in text
