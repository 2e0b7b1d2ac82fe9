"""Proof of training: the public check names nobody and sets no cookie; papers reach their owners only."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.factories import make_account, make_district, make_person
from tests.factories.visits import signed_in
from tests.moments import AT
from tests.program.compliance.world import SUBJECT, clerk, terms
from upstander.district.people.models import Person
from upstander.district.places.models import District
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import Certificate
from upstander.program.compliance.selectors.certificates import private_token
from upstander.program.compliance.services import (
    Entry,
    correct_completion,
    issue_certificates,
    record_completions,
    set_requirement,
)
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 5)


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def person(district: District) -> Person:
    return make_person(district, account=make_account(), given_name="Inés", family_name="Quintana")


@pytest.fixture
def certificate(district: District, person: Person) -> Certificate:
    actor = clerk(district)
    with in_district(district.pk):
        set_requirement(actor=actor, terms=terms(), starts_on=dt.date(2026, 7, 1), at=AT)
        refs = record_completions(actor=actor, entries=[Entry(person.pk, SUBJECT, DAY, "session", "S1")], at=AT)
        issue_certificates(actor=actor, refs=refs, at=AT)
        return Certificate.objects.select_related("completion").get()


@pytest.fixture
def anyone() -> Client:
    return Client(SERVER_NAME="localhost")


def typed(client: Client, code: str, language: str = "en") -> str:
    data = {"code": code, "form_token": form_token("verify")}
    answer = client.post(f"/{language}/verify/", data, headers={"origin": "http://localhost"})
    assert answer.cookies == {}
    return answer.content.decode()


def test_a_code_by_address_or_typed_says_valid_and_no_name(anyone: Client, certificate: Certificate) -> None:
    by_address = anyone.get(f"/en/verify/{certificate.code}/")
    assert by_address["X-Robots-Tag"] == "noindex, noarchive"
    assert by_address.cookies == {}
    for page in (by_address.content.decode(), typed(anyone, certificate.code.lower())):
        assert "This certificate is valid" in page
        assert "October 4, 2027" in page.replace("Oct. 4", "October 4")
        assert "Quintana" not in page
        assert re.search(r"<title>Check a paper</title>", page)
    assert "Esta constancia es válida" in typed(anyone, certificate.code, "es")


def test_unknown_expired_and_withdrawn_codes_say_so(
    anyone: Client, district: District, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No certificate has this code" in typed(anyone, "0000-0000-0000-0000")
    with monkeypatch.context() as later:
        later.setattr(clock, "_shift", lambda: dt.timedelta(days=700))
        assert "This certificate has expired" in anyone.get(f"/en/verify/{certificate.code}/").content.decode()
    with in_district(district.pk):
        correct_completion(actor=clerk(district), ref=certificate.completion.ref, reason="not_present", at=AT)
    page = typed(anyone, certificate.code)
    assert "This certificate was withdrawn" in page
    assert "Valid through" not in page


def test_a_paper_whose_day_was_put_right_sends_to_the_newer_one(
    anyone: Client, district: District, certificate: Certificate
) -> None:
    with in_district(district.pk):
        told = {"reason": "wrong_day", "completed_on": certificate.completion.completed_on - dt.timedelta(days=1)}
        correct_completion(actor=clerk(district), ref=certificate.completion.ref, at=AT, **told)
    page = typed(anyone, certificate.code)
    assert "replaced by a newer one" in page
    assert "What it says was put right since" in page
    assert not any(word in page for word in ("Completed on", "Quintana"))
    assert "se corrigió después" in typed(anyone, certificate.code, "es")


def test_trying_codes_by_the_form_is_slowed_down(anyone: Client, district: District) -> None:
    data = {"code": "0" * 16, "form_token": form_token("verify")}
    found = [anyone.post("/en/verify/", data, headers={"origin": "http://localhost"}).status_code for _ in range(21)]
    assert found == [200] * 20 + [429]


def test_a_form_from_elsewhere_is_refused(anyone: Client, district: District) -> None:
    data = {"code": "0" * 16, "form_token": form_token("verify")}
    assert anyone.post("/en/verify/", data, headers={"origin": "http://elsewhere.example"}).status_code == 403


def test_people_find_and_open_their_certificates(person: Person, certificate: Certificate) -> None:
    client = signed_in(person.account)
    assert f"/en/certificates/{certificate.ref}/" in client.get("/en/certificates/").content.decode()
    answer = client.get(f"/en/certificates/{certificate.ref}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'inline; filename="certificate.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_nobody_opens_anothers_certificate(district: District, certificate: Certificate) -> None:
    colleague = signed_in(make_person(district, account=make_account()).account)
    assert "No certificate yet" in colleague.get("/en/certificates/").content.decode()
    assert colleague.get(f"/en/certificates/{certificate.ref}/").status_code == 404


def test_the_private_link_opens_the_paper_without_an_account(
    anyone: Client, district: District, certificate: Certificate
) -> None:
    path = f"/es/certificate/{private_token(certificate.ref)}/"
    answer = anyone.get(path)
    assert (answer.status_code, answer["Content-Type"], answer.cookies) == (200, "application/pdf", {})
    make_district("fork", "north.localhost")
    assert Client(SERVER_NAME="north.localhost").get(path).status_code == 404
    with in_district(district.pk):
        correct_completion(actor=clerk(district), ref=certificate.completion.ref, reason="not_present", at=AT)
    assert anyone.get(path).status_code == 404


def test_a_link_that_ended_says_where_to_go(anyone: Client, district: District) -> None:
    answer = anyone.get("/en/certificate/made-up/")
    assert answer.status_code == 404
    assert "This link no longer works" in answer.content.decode()
