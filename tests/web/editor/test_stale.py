"""A newer edition asks the editor about the district's words: kept, taken out or written anew."""

import pytest
from django.test import Client

from tests.factories import make_account
from tests.factories.visits import holder, read_page
from tests.moments import AT, TODAY
from upstander.district.accounts.models import Account
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.program.library.content.passages import Spot, spots
from upstander.program.library.models import LocalPassage, PassageKept, PassageStep
from upstander.program.library.selectors.pages import shipped_editions, shipped_pages

pytestmark = pytest.mark.django_db
PAGE = "at_my_school"
OFFICE = next(spot for spot in spots(shipped_pages()[PAGE]) if spot.kind == "confirm")
TASK = "A new edition differs from 1 passage of yours"


@pytest.fixture
def editor(district: District) -> Client:
    return holder(district, "coordinator", address="marisol@example.org", name="Marisol Q")


def stands(district: District, spot: Spot, was: str) -> LocalPassage:
    """Words of the district that readers see, written for an edition which said `was` there."""
    writer, vetter = Account.objects.get(email="marisol@example.org"), make_account("vetter@example.org")
    with in_district(district.pk):
        row = LocalPassage.objects.create(
            district_id=district.pk,
            page=PAGE,
            kind=spot.kind,
            block=spot.block,
            item=spot.item,
            was_en=was,
            was_es="Antes.",
            en="Go to room 12.",
            es="Ve al salón 12.",
            shows_on=TODAY,
            entered_by=writer,
            entered_at=AT,
        )
        PassageStep.objects.create(
            district_id=district.pk,
            passage=row,
            step="vetted",
            entered_by=writer,
            taken_by=vetter,
            taken_at=AT,
        )
    return row


def decide(client: Client, row: LocalPassage, move: str, edition: str = "") -> str:
    typed = {"move": move, "edition": edition or shipped_editions()[PAGE]}
    return client.post(f"/en/editor/waiting/{row.ref}/", typed, follow=True).content.decode()


def test_words_are_kept_over_what_a_newer_edition_says(district: District, editor: Client) -> None:
    was = OFFICE.words.en + " Say it in a word."
    row = stands(district, OFFICE, was)
    assert TASK in read_page(editor, "/en/staff/")
    assert "Una edición nueva difiere de 1 pasaje suyo" in read_page(editor, "/es/staff/")
    shown = read_page(editor, f"/en/editor/{PAGE}/")
    assert [words in shown for words in (was, OFFICE.words.en, "Go to room 12.", "Keep ours")] == [True] * 4
    assert "does not ask this any more" in decide(editor, row, "keep", "another")
    assert "Your district goes on saying it" in decide(editor, row, "keep")
    assert TASK not in read_page(editor, "/en/staff/")
    assert "Keep ours" not in read_page(editor, f"/en/editor/{PAGE}/")
    assert "Go to room 12." in read_page(Client(SERVER_NAME="localhost"), f"/en/learn/{PAGE}/")
    assert AuditEvent.objects.get(event="library.passage_step").data["step"] == "kept"
    assert "does not ask this any more" in decide(editor, row, "keep")


def test_words_whose_passage_is_gone_are_kept_where_they_stood_or_taken_out(district: District, editor: Client) -> None:
    row = stands(district, OFFICE, "Zzz qqq xxx.")
    shown = read_page(editor, f"/en/editor/{PAGE}/")
    assert "no longer has the passage" in shown and "Take ours out" in shown and "This is gone." in shown
    decide(editor, row, "keep")
    with in_district(district.pk):
        assert PassageKept.objects.get().was_en == ""
    shown = read_page(editor, f"/en/editor/{PAGE}/")
    assert "no longer has the passage" in shown and "Take ours out" not in shown
    assert TASK not in read_page(editor, "/en/staff/")
    assert "The words of the edition stand there" in decide(editor, row, "withdraw")
    assert "Go to room 12." not in read_page(editor, f"/en/editor/{PAGE}/")


def test_words_written_anew_are_decided_about(district: District, editor: Client) -> None:
    stands(district, OFFICE, OFFICE.words.en + " Say it in a word.")
    typed = {"en": "Go to room 14.", "es": "Ve al salón 14.", "shows_on": TODAY.isoformat()}
    assert editor.post(f"/en/editor/{PAGE}/{OFFICE.block}/{OFFICE.item}/", typed).status_code == 302
    assert TASK not in read_page(editor, "/en/staff/")
    assert "Keep ours" not in read_page(editor, f"/en/editor/{PAGE}/")


def test_who_does_not_edit_keeps_nothing(district: District, editor: Client) -> None:
    row = stands(district, OFFICE, OFFICE.words.en + " Say it in a word.")
    principal = holder(district, "site_administrator")
    assert principal.post(f"/en/editor/waiting/{row.ref}/", {"move": "keep"}).status_code == 403
    with in_district(district.pk):
        assert not PassageKept.objects.exists()
