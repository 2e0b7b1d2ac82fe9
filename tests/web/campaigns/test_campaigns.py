"""A district's own campaign: written, looked at by three, shown beside the others; and counted school by school."""

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from tests.factories import make_account, make_district, make_region, make_site
from tests.factories.visits import granted, holder, signed_in, statements
from tests.moments import AT, TODAY
from upstander.district.access.models import RoleGrant
from upstander.district.places.models import District, Site
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import visitor
from upstander.insights.prints import pdf_of
from upstander.program.library.models import Campaign, CampaignCount, CampaignStep
from upstander.program.library.selectors.kits import kit_sheet

pytestmark = pytest.mark.django_db
REVIEWERS = {"legal": "legal_reviewer", "survivor_advisor": "survivor_advisor", "language": "language_reviewer"}
TYPED = {
    "name_en": "Kind Words Week",
    "name_es": "Semana de palabras amables",
    "first_on": (TODAY + dt.timedelta(days=7)).isoformat(),
    "last_on": (TODAY + dt.timedelta(days=11)).isoformat(),
    "returns": "same_weekday",
    "audience": "everyone",
    "aims": ["be_a_friend", "where_help_is"],
    "nobody": "on",
    "announcement_en": "This week our school looks at how we talk to each other.",
    "announcement_es": "Esta semana nuestra escuela mira cómo nos hablamos.",
    "bulletin_en": "One kind word can open a door.\nIf it is too big for two, bring an adult.",
    "bulletin_es": "Una palabra amable abre una puerta.\nSi es demasiado para dos, avisa a un adulto.",
    "posts_en": "Today we collect kind words.",
    "posts_es": "Hoy juntamos palabras amables.",
    "sheet_en": "Someone here will listen.",
    "sheet_es": "Aquí hay quien te escucha.",
}
HARD = (
    "Institutional accountability necessitates comprehensive documentation of organizational responsibilities, "
    "notwithstanding considerable administrative inconvenience for everybody at all times."
)


@pytest.fixture
def school(district: District) -> Site:
    return make_site(district, "Alder High", region=make_region(district))


@pytest.fixture
def editor(district: District) -> Client:
    return holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def written(client: Client, address: str = "/en/campaigns/new/", **more: object) -> str:
    answer = client.post(address, TYPED | more)
    assert answer.status_code == 302, re.findall(r'usa-error-message">([^<]+)', answer.content.decode())
    return str(answer["Location"])


def reviewed(district: District, address: str) -> None:
    for step in REVIEWERS:
        assert granted(district, REVIEWERS[step]).post(address, {"move": step}).status_code == 302


def calendar(language: str = "en") -> str:
    return read(Client(SERVER_NAME="localhost"), f"/{language}/toolkit/campaigns/")


def test_readers_see_it_once_three_others_have_looked_at_it_and_its_words_from_its_first_day(
    editor: Client, district: District, set_clock: Callable[[dt.datetime], None]
) -> None:
    address = written(editor)
    assert "This is right" not in read(editor, address)
    assert editor.post(address, {"move": "legal"}).status_code == 302
    for step in REVIEWERS:
        assert "Kind Words Week" not in calendar()
        client = granted(district, REVIEWERS[step])
        assert "A campaign waits for you: Kind Words Week" in read(client, "/en/staff/")
        client.post(address, {"move": step})
        assert "waits for you" not in read(client, "/en/staff/")
    assert "Kind Words Week" in calendar() and "Friends look out for each other." in calendar()
    assert "Semana de palabras amables" in calendar("es")
    row = Campaign.objects.get()
    path = f"/es/toolkit/campaigns/{row.key}/"
    assert "Si es demasiado para dos" in read(editor, f"/es/toolkit/staff/campaigns/{row.key}/")
    assert "Si es demasiado para dos" not in read(Client(SERVER_NAME="localhost"), path, 404)
    set_clock(AT + dt.timedelta(days=7))
    kit = read(Client(SERVER_NAME="localhost"), path)
    assert "Si es demasiado para dos, avisa a un adulto." in kit and "<title>Palabras para llevar</title>" in kit
    address, actor = f"/en/toolkit/campaigns/{row.key}/sheet.pdf", visitor(district.pk)
    read(Client(SERVER_NAME="localhost"), address, 503)
    pdf_of(
        actor=actor, sheet=kit_sheet(actor=actor, key=row.key, language="en", on=row.first_on, is_staff=False), at=AT
    )
    assert Client(SERVER_NAME="localhost").get(address)["Content-Type"] == "application/pdf"
    assert {each.event for each in AuditEvent.objects.filter(event__startswith="library.")} == {
        "library.campaign_entered",
        "library.campaign_step",
    }


def test_it_comes_back_each_year_in_the_calendar_file(editor: Client, district: District) -> None:
    reviewed(district, written(editor))
    feed = Client(SERVER_NAME="localhost").get("/en/toolkit/campaigns/calendar.ics").content
    own = [e for e in Calendar.from_ical(feed).walk("VEVENT") if str(e["SUMMARY"]) == "Kind Words Week"]
    # The fourth Monday of November, for five days.
    assert [(str(e.decoded("DTSTART")), str(e.decoded("DTEND"))) for e in own] == [
        ("2026-11-23", "2026-11-28"),
        ("2027-11-22", "2027-11-27"),
        ("2028-11-27", "2028-12-02"),
    ]
    assert "/en/toolkit/campaigns/" in str(own[0]["URL"])


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("posts_en", "Come to Alder High.", "Leave out the name of the school"),
        ("posts_en", "Our friend Maria Lopez says hello.", "reads like somebody’s name"),
        ("posts_en", "Send us your selfie.", "A face on the internet stays there"),
        ("posts_es", "Comparte tu ubicación.", "A tag tells strangers where students are."),
        ("posts_en", "We rescue children.", "better say"),
        ("posts_en", "Call 555-0100.", "lines to call stand on the sheet by themselves"),
        ("posts_en", "See www.example.org.", "No numbers, addresses or signs"),
        ("posts_es", "Una.\nDos.", "Write as many lines as in English"),
        ("name_en", "Kind Words at Alder High", "Leave out the name of the school"),
        ("announcement_en", HARD, "its readers need"),
        ("last_on", "2026-11-20", "The last day is before the first one."),
        ("last_on", "2027-11-20", "Keep it to two months."),
        ("first_on", "2026-01-01", "Keep it to two months."),
        ("aims", [], "This field is required."),
        ("nobody", "", "Read the words once more for this"),
    ],
)
def test_what_may_not_go_out_is_refused_at_its_field_and_nothing_typed_is_lost(
    editor: Client, school: Site, field: str, words: object, said: str
) -> None:
    answer = editor.post("/en/campaigns/new/", {**TYPED, field: words})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and said in page
    assert "Hoy juntamos palabras amables." in page or field == "posts_es"
    assert not Campaign.objects.exists()


def test_a_new_version_takes_the_place_of_the_old_one_and_both_go_when_it_is_taken_out(
    editor: Client, district: District
) -> None:
    first = written(editor)
    reviewed(district, first)
    again = written(editor, f"{first}again/", name_en="Warm Words Week")
    assert "Kind Words Week" in calendar() and "Warm Words" not in calendar()
    assert "under way already" in editor.post(f"{first}again/", TYPED).content.decode()
    for step in REVIEWERS:
        signed_in(RoleGrant.objects.get(role=REVIEWERS[step]).account).post(again, {"move": step})
    assert "Warm Words Week" in calendar() and "Kind Words Week" not in calendar()
    assert Campaign.objects.values("key").distinct().count() == 1
    editor.post(again, {"move": "ended"})
    assert "Words Week" not in calendar()


def test_the_database_itself_lets_nobody_review_their_own_or_twice(editor: Client, district: District) -> None:
    written(editor)
    row = Campaign.objects.get()
    step = {"district_id": district.pk, "campaign": row, "entered_by": row.entered_by, "taken_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignStep.objects.create(step="legal", taken_by=row.entered_by, **step)
    other = make_account("other@example.org")
    CampaignStep.objects.create(step="legal", taken_by=other, **step)
    with pytest.raises(IntegrityError, match="campaign_reviewer_once"), transaction.atomic():
        CampaignStep.objects.create(step="language", taken_by=other, **step)


def test_another_district_neither_sees_nor_decides(editor: Client, district: District) -> None:
    address = written(editor)
    reviewed(district, address)
    key = Campaign.objects.get().key
    other = make_district("fork", "north.localhost", county_key="us-ca-los-angeles")
    assert "Kind Words Week" not in read(Client(SERVER_NAME="north.localhost"), "/en/toolkit/campaigns/")
    read(Client(SERVER_NAME="north.localhost"), f"/en/toolkit/campaigns/{key}/", 404)
    assert other.pk != district.pk


def test_a_school_says_how_many_puts_it_right_and_undoes_it(editor: Client, district: District, school: Site) -> None:
    make_site(district, "Birch Middle")
    principal = holder(district, "site_administrator", site=school)
    december = f"/en/campaigns/december/2026/{school.ref}/"
    assert "Take part" in read(principal, "/en/campaigns/")
    for typed, told in ((("-1"), 422), (("20001"), 422), (("many"), 422), (("340"), 302), (("355"), 302)):
        assert principal.post(december, {"people": typed}).status_code == told, typed
    assert "355" in read(principal, "/en/campaigns/") and "1 of 1" in read(principal, "/en/campaigns/")
    assert "1 of 2" in read(editor, "/en/campaigns/")
    assert "355" in read(editor, "/en/campaigns/december/2026/")
    assert principal.post(december, {"move": "undo"}).status_code == 302
    assert "0 of 1" in read(principal, "/en/campaigns/")
    again = principal.post(december, {"move": "undo"}, follow=True)
    assert "This site has not signed up." in again.content.decode()
    assert [row.people for row in CampaignCount.objects.order_by("id")] == [340, 355, None]
    assert AuditEvent.objects.filter(event="library.campaign_counted").count() == 3


def test_a_school_out_of_reach_and_a_campaign_that_is_not_open_are_not_there(district: District, school: Site) -> None:
    other = make_site(district, "Birch Middle")
    principal = holder(district, "site_administrator", site=school)
    read(principal, f"/en/campaigns/december/2026/{other.ref}/", 404)
    read(principal, f"/en/campaigns/december/2024/{school.ref}/", 404)
    read(principal, f"/en/campaigns/made_up/2026/{school.ref}/", 404)


def test_the_list_of_schools_asks_as_often_for_one_as_for_many(
    editor: Client, district: District, school: Site
) -> None:
    page = "/en/campaigns/december/2026/"
    before, first = statements(editor, page), statements(editor, "/en/campaigns/")
    for number in range(12):
        make_site(district, f"School {number}")
    assert (statements(editor, page), statements(editor, "/en/campaigns/")) == (before, first)


def test_a_school_sees_what_comes_later_and_from_when_it_may_sign_up(district: District, school: Site) -> None:
    principal = holder(district, "site_administrator", address="ngozi@example.org", name="Ngozi Q", site=school)
    later = read(principal, "/en/campaigns/").partition('id="later"')[2]
    assert "April 1, 2027 to April 30, 2027. Sign-up from Dec. 2, 2026." in re.sub(r"<[^>]+>", "", later)
    assert "Dec. 31, 2026" not in later
    read(principal, f"/en/campaigns/april/2027/{school.ref}/", 404)
