"""Certificates: one per completion, proved by a code that names nobody, mailed as a private link that ends."""

import datetime as dt
import io
import time

import pikepdf
import pytest
from django.core import mail, signing
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_district, make_person
from tests.moments import AT
from tests.program.compliance.world import SUBJECT, clerk, terms
from upstander.district.people.models import Person
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.notices.models import Notice, NoticeSent
from upstander.foundation.notices.selectors import sent_mail
from upstander.foundation.notices.services import send_notice
from upstander.program.compliance.models import CODE_LENGTH, Certificate
from upstander.program.compliance.selectors.certificates import (
    LINK_DAYS,
    Standing,
    Verdict,
    certificate_by_code,
    certificate_by_token,
    own_certificate,
    own_certificates,
    private_token,
)
from upstander.program.compliance.selectors.completions import completions_of
from upstander.program.compliance.selectors.papers import certificate_pdf, spaced
from upstander.program.compliance.services import (
    Entry,
    correct_completion,
    issue_certificates,
    record_completions,
    set_requirement,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 5)
LAST = dt.date(2027, 10, 4)


@pytest.fixture
def district() -> District:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=dt.date(2026, 7, 1), at=AT)
    return district


def complete(district: District, person: Person) -> str:
    """Record a completion; returns its ref."""
    entries = [Entry(person.pk, SUBJECT, DAY, "session", "SESSION00001")]
    return record_completions(actor=clerk(district), entries=entries, at=AT)[0]


def issued(district: District, person: Person) -> Certificate:
    (ref,) = issue_certificates(actor=clerk(district), refs=[complete(district, person)], at=AT)
    return Certificate.objects.get(ref=ref)


def verdict(district: District, code: str, on: dt.date = DAY) -> Verdict:
    return certificate_by_code(actor=visitor(district.pk), code=code, on=on, language="en")


def test_each_completion_gets_one_certificate_and_one_mail(district: District) -> None:
    person = make_person(district, language="es", given_name="Inés", family_name="Quintana")
    with in_district(district.pk):
        ref = complete(district, person)
        first = issue_certificates(actor=clerk(district), refs=[ref], at=AT)
        assert issue_certificates(actor=clerk(district), refs=[ref], at=AT) == []
        notice = Notice.objects.get()
        assert (notice.kind, notice.recipient, notice.language) == ("certificate_ready", person.email, "es")
        assert (
            certificate_by_token(actor=visitor(district.pk), token=notice.facts["token"], on=DAY, language="en").ref
            == first[0]
        )
        with override_settings(MAIL_TRANSPORT="smtp"):
            send_notice(actor=clerk(district), ref=notice.ref, at=AT, site_address="http://alder.example")
        (sent,) = mail.outbox
        assert "Quintana" not in f"{sent.subject} {sent.body}"
        assert f"http://alder.example/es/certificate/{notice.facts['token']}/" in sent.body


def test_nobody_finds_the_private_link_in_the_sent_mail(district: District) -> None:
    reader = make_actor(district, "it_administrator")
    with in_district(district.pk):
        issued(district, make_person(district))
        send_notice(actor=clerk(district), ref=Notice.objects.get().ref, at=AT, site_address="http://localhost")
        assert NoticeSent.objects.get().body == ""
        assert sent_mail(actor=reader) == []


def test_without_an_address_the_certificate_waits_quietly(district: District) -> None:
    with in_district(district.pk):
        issued(district, make_person(district, email=""))
        assert (Certificate.objects.count(), Notice.objects.count()) == (1, 0)


def test_a_code_has_eighty_bits_and_is_read_as_people_write_it(district: District) -> None:
    with in_district(district.pk):
        code = issued(district, make_person(district)).code
        assert len(code) * 5 >= 80
        assert len(code) == CODE_LENGTH
        typed = [code, code.lower(), spaced(code), f" {code[:8]} {code[8:]} ", code.replace("1", "l").replace("0", "o")]
        assert {verdict(district, each).standing for each in typed} == {Standing.VALID}


def test_the_answer_to_a_code_names_nobody(district: District) -> None:
    with in_district(district.pk):
        code = issued(district, make_person(district, given_name="Inés", family_name="Quintana")).code
        found = verdict(district, code)
    assert found == Verdict(Standing.VALID, "title en", DAY, LAST, None)
    assert "Quintana" not in repr(found)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Awareness training"), ("es", "Capacitación de concientización")]
)
def test_a_session_before_anything_was_asked_has_a_name_in_the_readers_language(language: str, title: str) -> None:
    district = make_district("north", "north.localhost")
    with in_district(district.pk):
        person = make_person(district)
        code = issued(district, person).code
        found = certificate_by_code(actor=visitor(district.pk), code=code, on=DAY, language=language)
        assert found.title == title
        (done,) = completions_of(actor=clerk(district), person_ref=person.ref, language=language)
        assert done.title == title


def test_validity_ends_after_its_last_day(district: District) -> None:
    with in_district(district.pk):
        code = issued(district, make_person(district)).code
        standings = [verdict(district, code, day).standing for day in (LAST, LAST + dt.timedelta(days=1))]
    assert standings == [Standing.VALID, Standing.EXPIRED]


def test_taking_a_completion_back_withdraws_its_certificate(district: District) -> None:
    with in_district(district.pk):
        certificate = issued(district, make_person(district))
        correct_completion(actor=clerk(district), ref=certificate.completion.ref, reason="not_present", at=AT)
        found = verdict(district, certificate.code)
    assert (found.standing, found.revoked_at) == (Standing.REVOKED, AT)


def test_a_completion_put_right_gets_a_newer_paper_and_the_old_one_tells_no_wrong_day(district: District) -> None:
    right, later = DAY - dt.timedelta(days=7), AT + dt.timedelta(hours=1)
    with in_district(district.pk):
        old = issued(district, make_person(district, given_name="Inés", family_name="Quintana"))
        ref = correct_completion(
            actor=clerk(district), ref=old.completion.ref, reason="wrong_day", completed_on=right, at=AT
        )
        new = Certificate.objects.get(replaces=old)
        assert (new.completion.ref, new.issued_at, Notice.objects.count()) == (ref, AT, 2)
        assert verdict(district, old.code) == Verdict(Standing.REPLACED, "title en")
        assert verdict(district, new.code) == Verdict(Standing.VALID, "title en", right, LAST - dt.timedelta(days=7))
        assert issue_certificates(actor=clerk(district), refs=[str(ref)], at=AT) == []
        # It never was after all: neither paper proves anything, and the older one sends nobody to the newer.
        correct_completion(actor=clerk(district), ref=str(ref), reason="not_present", at=later)
        found = [verdict(district, row.code) for row in (old, new)]
    assert [(each.standing, each.revoked_at) for each in found] == [(Standing.REVOKED, later)] * 2


def test_without_a_paper_a_completion_put_right_brings_none(district: District) -> None:
    with in_district(district.pk):
        ref = complete(district, make_person(district))
        correct_completion(actor=clerk(district), ref=ref, reason="wrong_day", completed_on=DAY, at=AT)
        assert (Certificate.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize("code", ["", "ABC", "0" * CODE_LENGTH, "0" * 200, "'; --", "👋" * CODE_LENGTH])
def test_a_code_that_is_none_is_unknown(district: District, code: str) -> None:
    with in_district(district.pk):
        assert verdict(district, code) == Verdict(Standing.UNKNOWN)


def test_another_districts_code_is_unknown_here(district: District) -> None:
    other = make_district("fork", "north.localhost")
    with in_district(district.pk):
        code = issued(district, make_person(district)).code
    with in_district(other.pk):
        assert verdict(other, code).standing is Standing.UNKNOWN


def test_people_reach_their_own_certificates_only(district: District) -> None:
    mine, theirs = make_actor(district, "teacher"), make_actor(district, "teacher")
    with in_district(district.pk):
        certificate = issued(district, Person.objects.get(pk=mine.person_id or 0))
        assert [paper.ref for paper in own_certificates(actor=mine, on=DAY, language="en")] == [certificate.ref]
        assert own_certificates(actor=theirs, on=DAY, language="en") == []
        for stranger in (theirs, visitor(district.pk), make_actor(district, "coordinator")):
            with pytest.raises(NotFound):
                own_certificate(actor=stranger, ref=certificate.ref, on=DAY, language="en")


def test_a_private_link_ends_and_cannot_be_made_up(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    who = visitor(district.pk)
    with in_district(district.pk):
        certificate = issued(district, make_person(district))
        token = private_token(certificate.ref)
        assert certificate.code not in token
        forged = [token[:-1] + "A" * (token[-1] != "A") + "B" * (token[-1] == "A"), signing.dumps(certificate.ref), ""]
        for wrong in forged:
            with pytest.raises(NotFound):
                certificate_by_token(actor=who, token=wrong, on=DAY, language="en")
        later = time.time() + (LINK_DAYS + 1) * 24 * 60 * 60
        monkeypatch.setattr(time, "time", lambda: later)
        with pytest.raises(NotFound):
            certificate_by_token(actor=who, token=token, on=DAY, language="en")


def test_a_paper_is_read_in_one_statement(district: District) -> None:
    with in_district(district.pk):
        token = private_token(issued(district, make_person(district)).ref)
        with CaptureQueriesContext(connection) as asked:
            paper = certificate_by_token(actor=visitor(district.pk), token=token, on=DAY, language="es")
    assert (len(asked), paper.title, paper.standing) == (1, "title es", Standing.VALID)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Certificate of completion"), ("es", "Constancia de finalización")]
)
def test_the_paper_is_an_accessible_pdf_in_the_readers_language(district: District, language: str, title: str) -> None:
    person = make_person(district, given_name="Łucja", family_name="Nguyễn-O’Brien")
    with in_district(district.pk):
        token = private_token(issued(district, person).ref)
        paper = certificate_by_token(actor=visitor(district.pk), token=token, on=DAY, language=language)
    address = f"https://example.org/{language}/verify/{paper.code}/"
    drawn = certificate_pdf(
        actor=visitor(district.pk), paper=paper, district_name="Alder Unified", address=address, language=language
    )
    assert drawn.is_checked
    with pikepdf.open(io.BytesIO(drawn.pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert (str(pdf.Root.Lang), str(pdf.docinfo["/Title"])) == (language, title)
        links = [str(note.A.URI) for note in pdf.pages[0].Annots]
    assert links == [address]


def test_a_name_no_font_can_show_still_gets_its_paper(district: District) -> None:
    with in_district(district.pk):
        token = private_token(issued(district, make_person(district, given_name="สมชาย", family_name="ใจดี")).ref)
        paper = certificate_by_token(actor=visitor(district.pk), token=token, on=DAY, language="en")
    drawn = certificate_pdf(
        actor=visitor(district.pk), paper=paper, district_name="Alder", address="https://example.org/", language="en"
    )
    assert not drawn.is_checked
    assert drawn.pdf.startswith(b"%PDF")
