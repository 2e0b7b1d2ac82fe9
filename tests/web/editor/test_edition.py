"""Reviews of the pages that ship: taken by three people of a district, told on the page, open again when it changes."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories import make_district
from tests.factories.visits import granted, holder, read_page
from tests.moments import AT, TODAY
from upstander.district.accounts.models import Account
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.library.content.readings import Changed, changed, passages_of
from upstander.program.library.models import PageReview
from upstander.program.library.selectors import pages

pytestmark = pytest.mark.django_db
PAGE = "talking"
ROLES = {"legal": "legal_reviewer", "survivor_advisor": "survivor_advisor", "language": "language_reviewer"}


def seen(language: str = "en") -> str:
    return read_page(Client(SERVER_NAME="localhost"), f"/{language}/learn/{PAGE}/")


def sign(client: Client, step: str, edition: str = "") -> str:
    typed = {"step": step, "edition": edition or pages.shipped_editions()[PAGE]}
    answer = client.post(f"/en/editor/{PAGE}/review/", typed, follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_three_people_review_a_page_and_its_readers_are_told(district: District) -> None:
    assert "Still to be reviewed by: a lawyer, a survivor advisor, a language reviewer." in seen()
    for number, (step, role) in enumerate(ROLES.items(), 1):
        person = granted(district, role)
        assert f"This is right: {'review by a survivor advisor' if step == 'survivor_advisor' else step}" in read_page(
            person, f"/en/editor/{PAGE}/"
        )
        before = len(pages.shipped_pages())
        assert f"{before} pages of the edition for you to review" in read_page(person, "/en/staff/")
        assert "Your review stands" in sign(person, step)
        assert f"{before - 1} pages of the edition for you to review" in read_page(person, "/en/staff/")
        assert seen().count("Reviewed by") == number
    assert "Still to be reviewed" not in seen()
    assert "una persona asesora sobreviviente" in seen("es")
    told = AuditEvent.objects.filter(event="library.page_signed").order_by("id")
    assert [row.data["role"] for row in told] == list(ROLES)
    other = make_district("fork", "north.localhost")
    with in_district(other.pk):
        assert PageReview.objects.count() == 0


def test_nobody_takes_two_reviews_or_one_that_is_not_theirs(district: District) -> None:
    editor, both = holder(district, "coordinator"), granted(district, "legal_reviewer", "language_reviewer")
    assert sign(editor, "legal") == "403"
    assert sign(both, "survivor_advisor") == "403"
    assert sign(both, "made_up") == "404"
    sign(both, "legal")
    assert "Whoever takes one review takes no other" in read_page(both, f"/en/editor/{PAGE}/")
    assert "You have had your part" in sign(both, "language")
    assert "taken this review already" in sign(granted(district, "legal_reviewer"), "legal")
    row = PageReview.objects.get()
    row.pk, row.step, row.ref = None, "language", "ANOTHERSTEP1"
    with pytest.raises(IntegrityError, match="page_reviewer_once"), transaction.atomic():
        row.save(force_insert=True)


def test_a_review_taken_back_with_its_reason_opens_the_page_again_and_anyone_in_the_role_may_take_it(
    district: District,
) -> None:
    lawyer, editor = granted(district, "legal_reviewer"), holder(district, "coordinator")
    sign(lawyer, "legal")
    assert seen().count("Reviewed by") == 1
    back = f"/en/editor/{PAGE}/review/{PageReview.objects.get().ref}/back/"
    assert "Take this review back" not in read_page(editor, f"/en/editor/{PAGE}/")
    assert editor.post(back, {"reason": "mistaken"}).status_code == 403
    assert granted(district, "language_reviewer").post(back, {"reason": "mistaken"}).status_code == 403
    assert "choose why" in lawyer.post(back, {}, follow=True).content.decode()
    assert seen().count("Reviewed by") == 1
    assert "open for this review again" in lawyer.post(back, {"reason": "law_changed"}, follow=True).content.decode()
    assert seen().count("Reviewed by") == 0
    assert "The law or a rule has changed." in read_page(editor, f"/en/editor/{PAGE}/")
    assert lawyer.post(back, {"reason": "mistaken"}).status_code == 404
    successor = granted(district, "legal_reviewer")
    assert "Your review stands" in sign(successor, "legal")
    again = PageReview.objects.latest("id")
    assert lawyer.post(f"/en/editor/{PAGE}/review/{again.ref}/back/", {"reason": "not_theirs"}).status_code == 302
    assert "Your review stands" in sign(lawyer, "legal")
    told = AuditEvent.objects.filter(event="library.page_unsigned").order_by("id")
    assert [row.data["reason"] for row in told] == ["law_changed", "not_theirs"]


def test_a_new_edition_is_open_again_and_tells_what_changed(district: District) -> None:
    lawyer, now = granted(district, "legal_reviewer"), passages_of(pages.shipped_pages()[PAGE])
    earlier = [*now[:3], ["text", "We listen first.", "Primero escuchamos."], *now[3:-1]]
    with in_district(district.pk):
        PageReview(
            district_id=district.pk,
            page=PAGE,
            edition="an_older_one",
            step="legal",
            said=earlier,
            read_on=TODAY,
            taken_by=Account.objects.get(),
            taken_at=AT,
        ).save(force_insert=True)
    assert "Reviewed by" not in seen()
    told = read_page(lawyer, f"/en/editor/{PAGE}/")
    assert "2 passages have changed since the review of Nov. 16, 2026" in told
    assert "Primero escuchamos." in told and "This is gone." in told and "This was not there." in told
    assert "newer edition of this page has come" in sign(lawyer, "legal", "an_older_one")
    assert "Your review stands" in sign(lawyer, "legal")
    assert seen().count("Reviewed by") == 1
    assert "have changed since" not in read_page(lawyer, f"/en/editor/{PAGE}/")


def test_two_editions_tell_which_passages_changed() -> None:
    page = pages.shipped_pages()[PAGE]
    said = passages_of(page)
    new = [*said[:3], ["text", "New.", "Nuevo."], *said[4:]]
    assert changed(said, new) == [Changed(Text(said[3][1], said[3][2]), Text("New.", "Nuevo."))]
    assert changed(said, said[1:]) == [Changed(page.title, None)]
    assert changed(said, said) == []
