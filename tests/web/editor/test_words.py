"""A district's own words: written, read by others, shown from a day on, and never in another district."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories import make_actor, make_district, make_site
from tests.factories.visits import granted, holder, read_page
from tests.moments import AT, TODAY
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library.content.passages import Spot, spots
from upstander.program.library.models import LocalPassage, PassageStep
from upstander.program.library.selectors.pages import shipped_pages
from upstander.program.library.selectors.passages import version_by_ref
from upstander.program.library.services.passages import enter_passage

pytestmark = pytest.mark.django_db
PAGE = "at_my_school"
OFFICE = next(spot for spot in spots(shipped_pages()[PAGE]) if spot.kind == "confirm")
WORDS = next(spot for spot in spots(shipped_pages()[PAGE]) if spot.kind == "text")
TYPED = {"en": "You can talk to us at any time.", "es": "Puedes hablar cuando quieras.", "shows_on": TODAY.isoformat()}
ROOM = {"en": "Go to the health office, room 12, from 8 to 3.", "es": "Ve a la oficina de salud, salón 12, de 8 a 3."}


@pytest.fixture
def editor(district: District) -> Client:
    return holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")


@pytest.fixture
def principal(district: District) -> Client:
    return holder(district, "site_administrator", site=make_site(district, "Alder High"))


def at(spot: Spot) -> str:
    return f"/en/editor/{PAGE}/{spot.block}/{spot.item}/"


def written(client: Client, spot: Spot, **more: str) -> str:
    answer = client.post(at(spot), TYPED | more)
    assert answer.status_code == 302, re.findall(r'usa-error-message">([^<]+)', answer.content.decode())
    return str(answer["Location"])


def seen() -> str:
    return read_page(Client(SERVER_NAME="localhost"), f"/en/learn/{PAGE}/")


def test_an_office_is_shown_once_a_site_administrator_has_vetted_it(editor: Client, principal: Client) -> None:
    address = written(editor, OFFICE, **ROOM)
    assert "room 12" not in seen()
    assert "please look at it" in read_page(principal, "/en/editor/")
    assert "1 passage on a page waits for you" in read_page(principal, "/en/staff/")
    assert "waits for you" not in read_page(editor, "/en/staff/")
    assert "This is right" not in read_page(editor, address)
    assert principal.post(address, {"move": "vetted"}).status_code == 302
    assert "room 12" in seen()
    assert "salón 12" in read_page(Client(SERVER_NAME="localhost"), f"/es/learn/{PAGE}/")
    assert "Shown to readers" in read_page(editor, f"/en/editor/{PAGE}/")


def test_no_review_can_be_skipped(editor: Client, principal: Client, district: District) -> None:
    address = written(editor, WORDS)
    roles = {"legal": "legal_reviewer", "survivor_advisor": "survivor_advisor", "language": "language_reviewer"}
    for client, step in ((editor, "legal"), (principal, "legal"), (principal, "vetted"), (editor, "made_up")):
        client.post(address, {"move": step})
    assert PassageStep.objects.count() == 0
    for step, role in roles.items():
        assert TYPED["en"] not in seen()
        assert granted(district, role).post(address, {"move": step}).status_code == 302
    assert TYPED["en"] in seen()
    assert WORDS.words.en not in seen()
    assert AuditEvent.objects.filter(event="library.passage_step").count() == 3
    editor.post(address, {"move": "withdraw"})
    assert TYPED["en"] not in seen()
    assert WORDS.words.en in seen()


def test_nobody_takes_two_of_the_three_reviews_and_the_page_says_who_could(editor: Client, district: District) -> None:
    address = written(editor, WORDS)
    assert read_page(editor, address).count("Nobody can take it yet") == 3
    assert "You wrote it, so others read it." in read_page(editor, address)
    both = granted(district, "legal_reviewer", "language_reviewer")
    granted(district, "survivor_advisor")
    assert read_page(both, address).count("This is right") == 2
    both.post(address, {"move": "legal"})
    told = read_page(both, address)
    assert "This is right" not in told
    assert "Whoever takes one review takes no other" in told
    assert (told.count("Who can take it"), told.count("Nobody can take it yet")) == (1, 1)
    assert "You have had your part" in both.post(address, {"move": "language"}, follow=True).content.decode()
    assert "waits for you" not in read_page(both, "/en/staff/")
    step = PassageStep.objects.get()
    step.pk, step.step, step.ref = None, "language", "ANOTHERSTEP1"
    with pytest.raises(IntegrityError, match="passage_reviewer_once"), transaction.atomic():
        step.save(force_insert=True)


def test_what_is_for_a_later_day_waits_for_it(editor: Client, principal: Client) -> None:
    tomorrow = (TODAY + dt.timedelta(days=1)).isoformat()
    address = written(editor, OFFICE, **ROOM, shows_on=tomorrow)
    principal.post(address, {"move": "vetted"})
    assert "Reviewed, shown later" in read_page(editor, address)
    assert "room 12" not in seen()
    assert editor.post(at(OFFICE), TYPED | ROOM | {"shows_on": "2026-01-01"}).status_code == 422


def test_without_spanish_nobody_can_review(editor: Client, principal: Client) -> None:
    address = written(editor, OFFICE, en=ROOM["en"], es="")
    assert "Spanish is still missing" in read_page(principal, address)
    principal.post(address, {"move": "vetted"})
    assert PassageStep.objects.count() == 0


def test_refused_words_are_out_and_tell_who_refused_them(editor: Client, principal: Client) -> None:
    address = written(editor, OFFICE, **ROOM)
    principal.post(address, {"move": "refuse"})
    assert "Not shown" in read_page(editor, address)
    assert "refused" in read_page(editor, address)
    principal.post(address, {"move": "vetted"})
    assert "room 12" not in seen()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"en": "We rescue you."}, "“rescue”: better say support"),
        ({"es": "Te rescatamos."}, "better say support"),
        ({"en": "Call 650 555 0112."}, "Take numbers from facts"),
        ({"en": "See https://example.org now."}, "No addresses"),
        ({"en": "Call {line.nobody}.", "es": "Llama {line.nobody}."}, "This page has no fact line.nobody."),
        ({"en": "A { b."}, "Braces hold the key"),
        ({"en": ""}, "This field is required"),
        ({"en": WORDS.words.en, "es": WORDS.words.es}, "the words of the edition already"),
        (
            {"en": "Institutional accountability necessitates comprehensive documentation. " * 8},
            "its readers need 6",
        ),
    ],
)
def test_what_may_not_stand_is_told_with_what_is_better(editor: Client, typed: dict[str, str], said: str) -> None:
    answer = editor.post(at(WORDS), TYPED | typed)
    assert answer.status_code == 422
    assert said in re.sub(r"\s+", " ", answer.content.decode())
    assert LocalPassage.objects.count() == 0


def test_how_it_reads_is_shown_and_nothing_is_saved(editor: Client) -> None:
    answer = editor.post(at(WORDS), TYPED | {"move": "check"})
    assert answer.status_code == 200
    assert "easy enough" in answer.content.decode()
    assert LocalPassage.objects.count() == 0
    assert "Cómo se lee" in read_page(editor, at(WORDS).replace("/en/", "/es/"))


def test_a_list_of_pages_asks_as_much_of_the_database_with_many_words_as_with_one(
    editor: Client, district: District, django_assert_max_num_queries: object
) -> None:
    written(editor, OFFICE, **ROOM)
    read_page(editor, "/en/editor/")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        one = read_page(editor, "/en/editor/")
    for spot in [spot for spot in spots(shipped_pages()[PAGE]) if spot.kind in {"text", "list"}][:3]:
        written(editor, spot)
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        assert read_page(editor, "/en/editor/").count('class="door"') == one.count('class="door"') + 3


def test_words_written_anew_replace_what_stood_and_taking_them_out_brings_nothing_old_back(
    editor: Client, principal: Client
) -> None:
    first = written(editor, OFFICE, **ROOM)
    assert "under way already" in editor.post(at(OFFICE), TYPED | ROOM).content.decode()
    principal.post(first, {"move": "vetted"})
    second = written(editor, OFFICE, en="Go to room 14.", es="Ve al salón 14.")
    assert "room 12" in seen()
    principal.post(second, {"move": "vetted"})
    assert "room 14" in seen()
    assert "room 12" not in seen()
    assert "Replaced" in read_page(editor, first)
    editor.post(second, {"move": "withdraw"})
    assert "room 1" not in seen()


def test_a_version_taken_back_before_anyone_saw_it_leaves_what_stands(editor: Client, principal: Client) -> None:
    principal.post(written(editor, OFFICE, **ROOM), {"move": "vetted"})
    editor.post(written(editor, OFFICE, en="Go to room 14.", es="Ve al salón 14."), {"move": "withdraw"})
    assert "room 12" in seen()


def test_another_districts_words_are_nowhere(editor: Client, district: District) -> None:
    other = make_district("fork", "north.localhost")
    stranger = make_actor(other)
    with in_district(other.pk):
        asked = {"actor": stranger, "page": PAGE, "spot": OFFICE, "shows_on": TODAY, "on": TODAY, "at": AT}
        row = enter_passage(said=Text(ROOM["en"], ROOM["es"]), **asked)  # type: ignore[arg-type]
    assert editor.get(f"/en/editor/waiting/{row.ref}/").status_code == 404
    assert editor.post(f"/en/editor/waiting/{row.ref}/", {"move": "withdraw"}).status_code == 404
    assert "room 12" not in read_page(editor, f"/en/editor/{PAGE}/")
    ours = make_actor(district)
    with in_district(district.pk), pytest.raises(NotFound):
        version_by_ref(actor=ours, ref=row.ref, on=TODAY)


def test_the_database_lets_nobody_review_their_own(editor: Client, district: District) -> None:
    written(editor, OFFICE, **ROOM)
    with in_district(district.pk):
        row = LocalPassage.objects.get()
        own = {"entered_by_id": row.entered_by_id, "taken_by_id": row.entered_by_id, "taken_at": AT}
        with pytest.raises(IntegrityError), transaction.atomic():
            PassageStep.objects.create(district_id=district.pk, passage=row, step="vetted", **own)


def test_a_passage_that_may_not_be_changed_has_no_form(editor: Client) -> None:
    fixed = next(
        i
        for i, block in enumerate(shipped_pages()[PAGE].blocks)
        if block.kind not in {"text", "confirm", "list", "heading", "steps", "check"}
    )
    assert editor.get(f"/en/editor/{PAGE}/{fixed}/0/").status_code == 404
    assert editor.get("/en/editor/made_up/").status_code == 404
