"""Facts for their editors, the sources every reader sees, and one changed number seen by everything that shows it."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from tests.factories import make_site
from tests.factories.visits import holder, read_page
from tests.moments import TODAY
from upstander.district.places.models import District
from upstander.foundation.documents import engine
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.facts.selectors import facts_by_key
from upstander.program.library.selectors.pages import shipped_pages

pytestmark = pytest.mark.django_db

HOTLINE = "line.san_mateo.child_welfare"
OLD, NEW = "1-800-632-4615", "1-800-555-0142"


@pytest.fixture
def coordinator(district: District) -> Client:
    return holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")


@pytest.fixture
def deputy(district: District) -> Client:
    return holder(district, "coordinator", address="deputy@example.org", name="Dana P")


def typed(**more: str) -> dict[str, str]:
    soon = TODAY + dt.timedelta(days=180)
    return {
        "over": "0",
        "value": NEW,
        "reason": "moved",
        "source_name": "The county office, by phone",
        "source_address": "https://example.org/report",
        "read_on": f"{TODAY}",
        "expires_on": f"{soon}",
        **more,
    }


def correct(client: Client, key: str = HOTLINE, **more: str) -> None:
    assert client.post(f"/en/facts/{key}/correct/", typed(**more)).status_code == 302


USERS = (
    "/en/learn/staff/whom_to_call/",
    "/es/learn/staff/whom_to_call/",
    "/en/cards/staff/call/",
    "/en/guide/",
    "/en/guide/call/",
    "/es/guide/call/",
    "/en/guide/door/when/noticed/",
    "/en/sources/",
)


OPEN = ("/en/guide/call/", "/es/guide/", "/en/cards/told/", "/en/sources/")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes into the PDFs drawn meanwhile."""
    found: list[str] = []
    compiled = engine._compiled

    def spy(template: object, inputs: dict[str, str], *rest: object) -> bytes:
        found.append(inputs["data"])
        return compiled(template, inputs, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "_compiled", spy)
    return found


def test_one_changed_number_is_seen_by_everything_that_shows_it(
    district: District,
    coordinator: Client,
    deputy: Client,
    printed: list[str],
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Pages, cards, guide, call screen, its site's sheet, sources, PDFs, the selectors; and all of it back again."""
    settings.KEPT_SECONDS = 30
    site, reader = make_site(district, "Alder High"), Client(SERVER_NAME="localhost")
    pdfs = ("/en/cards/staff/call/pdf/", f"/en/cards/site/{site.ref}/pdf/")
    committed = django_capture_on_commit_callbacks
    pages = (*USERS, f"/en/cards/site/{site.ref}/", f"/en/guide/call/at/{site.ref}/")

    def read(number: str, gone: str) -> None:
        for client, path in [*((coordinator, path) for path in pages), *((reader, path) for path in OPEN)]:
            text = read_page(client, path)
            assert number in text and gone not in text, path
        printed.clear()
        for path in pdfs:
            assert coordinator.get(path).content.startswith(b"%PDF")
        assert len(printed) == len(pdfs) and all(number in data and gone not in data for data in printed)
        with in_district(district.pk):
            book = facts_by_key(actor=visitor(district.pk), keys=[HOTLINE], language="es", on=TODAY)
            assert book[HOTLINE].value == number

    read(OLD, NEW)
    with committed(execute=True):
        correct(coordinator)
    read(NEW, OLD)
    with committed(execute=True):
        take_back = {"move": "take_back", "over": "1"}
        assert deputy.post(f"/en/facts/{HOTLINE}/", take_back).status_code == 302
    read(OLD, NEW)


def test_a_second_person_is_asked_and_confirms(coordinator: Client, deputy: Client) -> None:
    correct(coordinator)
    assert "corrected number to look at" not in read_page(coordinator, "/en/staff/")
    assert "1 corrected number to look at" in read_page(deputy, "/en/staff/")
    assert "1 número corregido por revisar" in read_page(deputy, "/es/staff/")
    address = f"/en/facts/{HOTLINE}/"
    assert "Confirm: this is right" not in read_page(coordinator, address)
    shown = read_page(deputy, address)
    assert (
        "corrected it. A second person looks at it by" in shown and "Confirm: this is right" in shown and OLD in shown
    )
    deputy.post(address, {"move": "confirm", "over": "1"})
    assert "A second person looks at it by" not in read_page(deputy, address)
    assert "Confirmado por una segunda persona" in read_page(deputy, f"/es/facts/{HOTLINE}/")


def test_what_was_typed_stays_when_somebody_was_faster_or_something_is_wrong(
    coordinator: Client, deputy: Client
) -> None:
    correct(coordinator)
    late = deputy.post(f"/en/facts/{HOTLINE}/correct/", typed(value="1-800-555-0177"))
    wrong = deputy.post(f"/en/facts/{HOTLINE}/correct/", typed(over="1", value="call us"))
    for answer, sentence in ((late, "in the meantime"), (wrong, "Please write a phone number")):
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert 'value="1-800-555-0177"' in late.content.decode()
    odd = [{"move": "confirm", "over": "x"}, {"move": "confirm", "over": "9" * 99}, {"check": "1", "over": "1"}]
    assert [deputy.post(f"/en/facts/{HOTLINE}/", sent).status_code for sent in odd] == [302, 302, 422]
    assert deputy.post(f"/en/facts/{HOTLINE}/", {"move": "sing"}).status_code == 404
    assert deputy.get("/en/facts/made.up/").status_code == 404


def test_reading_again_is_told_with_its_two_days(coordinator: Client) -> None:
    address, late = f"/en/facts/{HOTLINE}/", f"{TODAY + dt.timedelta(days=300)}"
    sent = {"check": "1", "over": "0", "read_on": f"{TODAY}", "expires_on": late}
    assert coordinator.post(address, sent).status_code == 302
    assert "Read again" in read_page(coordinator, address)
    assert "with a signed edition only" in read_page(coordinator, "/en/facts/ca.report.written_hours/")
    assert coordinator.post("/en/facts/ca.report.written_hours/correct/", typed(value="24")).status_code == 422


def test_the_page_of_a_fact_names_every_kind_of_place_that_shows_it(coordinator: Client) -> None:
    shown = read_page(coordinator, f"/en/facts/{HOTLINE}/")
    for place in ("/en/learn/staff/", "/en/cards/", "/en/guide/call/", "/en/guide/law/", "/en/guide/doors/"):
        assert f'<a href="{place}' in shown, place


def test_the_list_costs_the_same_however_much_was_corrected(
    coordinator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as before:
        read_page(coordinator, "/en/facts/?search=line.")
        count = len(before)
    for key in ("line.childhelp", "line.crisis_988", HOTLINE):
        correct(coordinator, key)
    with django_assert_num_queries(count):
        text = read_page(coordinator, "/en/facts/?search=line.")
    assert text.count("A second person looks at it</span>") == 3
    assert "Nothing fits" in read_page(coordinator, "/en/facts/?search=zebra")


def test_sources_tell_every_reader_where_the_open_pages_come_from(district: District) -> None:
    reader = Client(SERVER_NAME="localhost")
    for language, heading in (("en", "Where everything here comes from"), ("es", "De dónde viene todo")):
        text = read_page(reader, f"/{language}/sources/")
        assert heading in text
        assert f"/{language}/learn/numbers/" in text and "/staff/" not in text and "at_risk_rule" not in text
    assert text.count("<details>") < 100, "each is a stop for whoever goes by keyboard"


def test_every_fact_of_an_open_page_is_among_its_sources(district: District) -> None:
    """No page shows a fact that the registry of uses does not know."""
    text = read_page(Client(SERVER_NAME="localhost"), "/en/sources/")
    for found in shipped_pages().values():
        if found.is_public:
            assert [key for key in found.fact_keys() if f'id="f-{key}"' not in text] == [], found.key
