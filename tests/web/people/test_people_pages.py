"""Leaves, names, certificates on a page: due days move with them, old papers say only that they were replaced."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_account, make_district, make_person, make_post, make_site
from tests.factories.visits import holder, signed_in
from tests.moments import AT, TODAY
from tests.program.compliance.test_reminders import DUE, begun, staff
from tests.program.compliance.world import SUBJECT, clerk, terms
from upstander.district.people.models import Leave, Person, Post
from upstander.district.people.services import put_on_leave
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.models import Certificate, Completion, Obligation, Requirement
from upstander.program.compliance.selectors.certificates import Standing, certificate_by_code
from upstander.program.compliance.services import Entry, issue_certificates, record_completions, set_requirement

pytestmark = pytest.mark.django_db
LAW = "mandated-reporter"
YEAR = dt.timedelta(days=365)


@pytest.fixture
def district() -> District:
    return begun(make_district())


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def leaves(district: District) -> list[tuple[dt.date, dt.date | None]]:
    with in_district(district.pk):
        return list(Leave.objects.filter(superseded_at=None).order_by("starts_on").values_list("starts_on", "ends_on"))


def known_leave(district: District) -> str:
    with in_district(district.pk):
        return Leave.objects.get(superseded_at=None).ref


def is_due(district: District, person: Person, on: dt.date) -> bool:
    with in_district(district.pk):
        return Obligation.objects.filter(person_id=person.pk, due_on=on).exists()


def away(district: District, *days: tuple[int, dt.date, dt.date | None]) -> None:
    with in_district(district.pk):
        put_on_leave(actor=lend(clerk(district), "people.amend"), leaves=days, at=AT)


def certify(district: District, person: Person, *days: dt.date) -> list[Certificate]:
    with in_district(district.pk):
        entries = [Entry(person.pk, LAW, day, "import", f"list {day}") for day in days]
        refs = record_completions(actor=clerk(district), entries=entries, at=AT)
        issue_certificates(actor=clerk(district), refs=refs, at=AT, tell=False)
        return list(Certificate.objects.select_related("completion").order_by("completion__completed_on"))


def standings(district: District, *rows: Certificate) -> list[Standing]:
    with in_district(district.pk):
        asked: dict[str, Any] = {"actor": visitor(district.pk), "on": TODAY, "language": "en"}
        return [certificate_by_code(code=row.code, **asked).standing for row in rows]


def test_a_leave_is_entered_corrected_and_taken_back_and_the_due_day_moves(district: District) -> None:
    person, client = staff(district, make_site(district)), holder(district)
    page = f"/en/people/{person.ref}/"
    assert client.post(page, {"move": "away", "starts_on": "2026-09-01", "ends_on": "2026-10-01"}).status_code == 302
    assert is_due(district, person, DUE + dt.timedelta(days=30))
    again = client.post(page, {"move": "away", "starts_on": "2026-09-30", "ends_on": ""})
    assert again.status_code == 422
    assert "away on some of these days already" in again.content.decode()
    assert 'value="2026-09-30"' in again.content.decode()
    ref = known_leave(district)
    backward = {"move": "correct", "leave": ref, f"{ref}-starts_on": "2026-09-05", f"{ref}-ends_on": "2026-09-05"}
    assert "day back has to be after" in client.post(page, backward).content.decode()
    assert client.post(page, {**backward, f"{ref}-ends_on": ""}).status_code == 302
    assert leaves(district) == [(dt.date(2026, 9, 5), None)]
    stale = client.post(page, {"move": "take_back", "leave": ref})
    assert stale.status_code == 422
    assert "changed by someone else" in stale.content.decode()
    assert person.full_name in words(client, "/en/people/")
    assert client.post(page, {"move": "take_back", "leave": known_leave(district)}).status_code == 302
    assert leaves(district) == []
    assert is_due(district, person, DUE)


def test_a_new_name_gives_new_numbers_and_old_papers_say_replaced_without_a_name(district: District) -> None:
    account = make_account()
    person = staff(district, make_site(district), account=account, email="a@example.org", family_name="Before")
    first, second = certify(district, person, dt.date(2026, 8, 20), dt.date(2026, 9, 1))
    name = {"move": "name", "given_name": "Ana", "family_name": "After"}
    client = holder(district)
    assert [client.post(f"/en/people/{person.ref}/", name).status_code for _ in range(2)] == [302, 302]
    with in_district(district.pk):
        new = list(Certificate.objects.filter(replaces__isnull=False).order_by("completion__completed_on"))
        assert [row.replaces_id for row in new] == [first.pk, second.pk]
        assert Notice.objects.filter(kind="certificate_ready").count() == 2
        assert AuditEvent.objects.get(event="compliance.certificates_reissued").data == {"count": 2}
    assert standings(district, first, second, *new) == [Standing.REPLACED] * 2 + [Standing.VALID] * 2
    shown = words(Client(SERVER_NAME="localhost"), f"/en/verify/{first.code}/")
    assert "replaced by a newer one" in shown
    assert "After" not in shown
    me = signed_in(account)
    assert words(me, "/en/certificates/").count("Replaced") == 2
    assert me.get(f"/en/certificates/{first.ref}/").status_code == 404


def test_each_year_has_its_own_paper_with_its_own_day_and_a_withdrawn_one_stands_no_more(district: District) -> None:
    account = make_account()
    person = staff(district, make_site(district), account=account)
    with in_district(district.pk):
        Requirement.objects.update(starts_on=dt.date(2025, 7, 1))
    old, new = certify(district, person, dt.date(2025, 9, 1), dt.date(2026, 9, 2))
    text = words(signed_in(account), "/en/certificates/")
    assert "Sept. 1, 2025" in text
    assert "Sept. 2, 2026" in text
    back = {"move": "withdraw", "completion": new.completion.ref, "reason": "not_present"}
    assert holder(district).post(f"/en/people/{person.ref}/", back).status_code == 302
    assert standings(district, old, new) == [Standing.EXPIRED, Standing.REVOKED]


def listed(district: District, person: Person, day: dt.date, subject: str = LAW) -> str:
    """A completion from a list, for which no certificate was issued."""
    with in_district(district.pk):
        (ref,) = record_completions(
            actor=clerk(district), entries=[Entry(person.pk, subject, day, "import", "list", day + YEAR)], at=AT
        )
        return ref


def test_a_wrong_line_of_a_list_is_put_right_or_taken_back_from_the_page(district: District) -> None:
    person, other = staff(district, make_site(district)), staff(district, make_site(district))
    client, page = holder(district), f"/en/people/{person.ref}/"
    ref = listed(district, person, dt.date(2026, 9, 1))
    assert "A list from elsewhere" in words(client, page)
    sent = {"move": "withdraw", "completion": ref, "reason": "wrong_day", "completed_on": "2026-12-24"}
    ahead = client.post(page, sent)
    assert ahead.status_code == 422
    assert "a day in the past" in ahead.text and 'value="2026-12-24"' in ahead.text
    assert client.post(f"/en/people/{other.ref}/", {**sent, "completed_on": ""}).status_code == 404
    assert client.post(page, {**sent, "completed_on": "2026-09-03"}).status_code == 302
    with in_district(district.pk):
        new = Completion.objects.get(replaces__ref=ref)
    assert (new.completed_on, new.evidence_kind, new.evidence_ref) == (dt.date(2026, 9, 3), "import", "list")
    assert client.post(page, {**sent, "completion": new.ref, "completed_on": ""}).status_code == 302
    assert words(client, page).count("Taken back") == 2
    assert client.post(page, {**sent, "completion": new.ref}).status_code == 422


def test_ones_own_page_tells_what_has_no_due_day_and_what_a_list_proves(district: District) -> None:
    account = make_account()
    person = staff(district, make_site(district), account=account)
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=dt.date(2026, 7, 1), at=AT)
    me = signed_in(account)
    assert "It has no day of its own" in words(me, "/en/certificates/")
    listed(district, person, dt.date(2026, 9, 1), SUBJECT)
    text = words(me, "/es/certificates/")
    assert "También en el registro" in text and "No tiene fecha límite propia" not in text
    assert "Una lista" in text


def test_ones_own_page_tells_the_cycle_and_the_days_of_grace_of_the_newly_hired(district: District) -> None:
    account = make_account()
    person = make_person(district, account=account)
    make_post(person, site=make_site(district), starts_on=TODAY - dt.timedelta(days=5))
    away(district, (person.pk, dt.date(2015, 1, 1), dt.date(2015, 1, 2)))
    text = words(signed_in(account), "/en/certificates/")
    assert "Open, in your first weeks" in text
    assert "you are in time" in text
    away(district, (person.pk, TODAY, None))
    assert "Waits until you are back" in words(signed_in(account), "/en/certificates/")


@pytest.mark.parametrize(
    "sent",
    [
        {"move": "away", "starts_on": "x"},
        {"move": "name", "given_name": " "},
        {"move": "withdraw", "completion": "x", "reason": "not_present"},
    ],
)
def test_odd_input_is_refused_kindly(district: District, sent: dict[str, str]) -> None:
    person = staff(district, make_site(district))
    assert holder(district).post(f"/en/people/{person.ref}/", sent).status_code in {404, 422}
    assert leaves(district) == []


def test_an_unknown_move_is_not_found_and_others_may_not_enter(district: District) -> None:
    site = make_site(district)
    person = staff(district, site)
    assert holder(district).post(f"/en/people/{person.ref}/", {"move": "x"}).status_code == 404
    assert holder(district, "site_administrator", site=site).get(f"/en/people/{person.ref}/").status_code == 403


def test_people_are_found_by_number_or_name_in_as_many_queries_for_many(district: District) -> None:
    site, client = make_site(district), holder(district)
    counts, text = [], ""
    for number in (1, 20):
        people = [staff(district, site, family_name="Solano", sort_key=f"solano {n}") for n in range(number)]
        away(district, *((person.pk, TODAY, None) for person in people))
        with CaptureQueriesContext(connection) as asked:
            text = words(client, "/en/people/?text=Solan")
        counts.append(len(asked))
        assert people[0].staff_number in words(client, f"/en/people/?text={people[0].staff_number}")
    assert "Solano" in text
    assert counts[0] == counts[1]


def posts(district: District, person: Person) -> list[tuple[str, str, dt.date, dt.date | None]]:
    with in_district(district.pk):
        known = Post.objects.filter(person=person, superseded_at=None).select_related("site").order_by("starts_on")
        return [(row.role, row.site.name if row.site else "", row.starts_on, row.ends_on) for row in known]


def test_somebody_is_hired_moves_and_leaves_and_what_was_said_stays_on_record(district: District) -> None:
    client = holder(district)
    here, there = make_site(district, "North"), make_site(district, "South")
    wanted = {"staff_number": "5001", "given_name": "Ana", "family_name": "Ruiz", "email": "", "language": "en"}
    wanted |= {"role": "site_administrator", "site": "", "region": "", "starts_on": "2026-08-10", "last_on": ""}
    refused = client.post("/en/people/new/", wanted)
    assert (refused.status_code, "Some posts are held at a site" in refused.content.decode()) == (422, True)
    assert 'value="5001"' in refused.content.decode()
    answer = client.post("/en/people/new/", {**wanted, "site": here.ref})
    assert answer.status_code == 302
    again = client.post("/en/people/new/", {**wanted, "site": here.ref})
    assert "has this staff number already" in again.content.decode()
    page, person = answer["Location"], Person.objects.get(staff_number="5001")
    first = Post.objects.get(person=person)
    move = {
        "move": "post_move",
        "post": first.ref,
        f"to-{first.ref}-site": there.ref,
        f"to-{first.ref}-on": "2026-08-01",
    }
    assert "last day lies before the first" in client.post(page, move).content.decode()
    assert client.post(page, {**move, f"to-{first.ref}-on": "2026-10-01"}).status_code == 302
    begun_on, moved_on = dt.date(2026, 8, 10), dt.date(2026, 10, 1)
    rows = [("site_administrator", "North", begun_on, moved_on), ("site_administrator", "South", moved_on, None)]
    assert posts(district, person) == rows
    second = Post.objects.get(person=person, superseded_at=None, site=there)
    days = {"move": "post_days", "post": second.ref, f"{second.ref}-starts_on": "2026-10-01"}
    assert client.post(page, {**days, f"{second.ref}-last_on": "2026-10-30"}).status_code == 302
    assert posts(district, person)[1][3] == dt.date(2026, 10, 31)
    stale = client.post(page, {"move": "post_take_back", "post": second.ref})
    assert "changed by someone else" in stale.content.decode()
    new = {
        "move": "post",
        "post-role": "cadre_member",
        "post-site": "",
        "post-region": "",
        "post-starts_on": "2026-11-01",
    }
    assert client.post(page, new).status_code == 302
    assert posts(district, person)[2][:2] == ("cadre_member", "")
    shown = words(client, page)
    assert "What was on record before" in shown
    assert "Cadre member" in shown
    assert "IT administrator" not in shown
