"""The copy on the server as its owner uses it, and a canary: what it holds is found nowhere else."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.access.test_routes import routes, signed_in
from tests.factories import make_account, make_district, make_person, make_post
from upstander.district.accounts.models import Account
from upstander.district.places.models import District
from upstander.engines.proofs import find
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.logs import JsonLines
from upstander.program.guidance.models import ReportClock, ReportClockLine
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db
START = {"understood": "on", "zone_key": "America/Los_Angeles", "day": "2019-02-03", "time": "04:56"}
CALL = {"kind": "attempt", "day": "2019-02-03", "time": "05:07", "agency": "probation", "manner": "cut_off"}
HEADERS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture
def district() -> District:
    return make_district("alder", "localhost", county_key="us-ca-san-mateo")


def person(district: District, role: str) -> tuple[Client, Account]:
    account = make_account()
    make_post(make_person(district, account=account), role)
    return signed_in(Client(SERVER_NAME="localhost", enforce_csrf_checks=False), account), account


def kept(client: Client) -> str:
    """The address of a new copy with one call in it."""
    answer = client.post("/en/report/copies/new/", START, headers=HEADERS)
    assert answer.status_code == 302, answer.content.decode()
    address = str(answer["Location"])
    assert client.post(address, {**CALL, "last_four": "7391"}, headers=HEADERS).status_code == 302
    return address


def test_the_warning_comes_first_and_has_to_be_read(district: District) -> None:
    client, _ = person(district, "teacher")
    page = client.get("/en/report/copies/new/").content.decode()
    assert (
        page.index("A court can demand it")
        < page.index("It can show that something was late")
        < page.index('action="/en/report/copies/new/"')
    )
    answer = client.post("/en/report/copies/new/", {**START, "understood": ""}, headers=HEADERS)
    assert answer.status_code == 422
    with in_district(district.pk):
        assert ReportClock.objects.count() == 0


def test_its_owner_sees_when_it_is_due_and_what_was_done(district: District) -> None:
    client, _ = person(district, "teacher")
    page = client.get(kept(client)).content.decode()
    for words in ("Monday at 4:56 in the afternoon", "That moment has passed", "The call was cut off", "…7391"):
        assert words in page
    spanish = client.get(kept(client).replace("/en/", "/es/")).content.decode()
    assert "lunes a las 4:56 de la tarde" in spanish and "Ese momento ya pasó" in spanish
    assert client.get(kept(client))["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"day": "2018-11-04", "time": "01:30"}, "this time came twice. Please say which."),
        ({"day": "2019-03-10", "time": "02:30"}, "this time did not exist"),
        ({"day": "2090-01-01"}, "This moment has not come yet."),
        ({"agency": ""}, "This field is required"),
        ({"last_four": "12a4"}, "exactly the last four digits"),
    ],
)
def test_what_cannot_be_meant_is_asked_about(district: District, told: dict[str, str], says: str) -> None:
    client, _ = person(district, "teacher")
    answer = client.post(kept(client), {**CALL, **told}, headers=HEADERS)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_which_hour_was_meant_is_asked_only_when_it_came_twice(district: District) -> None:
    client, _ = person(district, "teacher")
    address, twice = kept(client), {**CALL, "day": "2018-11-04", "time": "01:30"}
    assert 'type="radio"' not in client.get(address).content.decode()
    assert 'type="radio"' in client.post(address, twice, headers=HEADERS).content.decode()
    client.post(address, {**twice, "which": "later"}, headers=HEADERS)
    assert "Nov. 4, 2018, 1:30 a.m." in client.get(address).content.decode()


def test_it_is_closed_kept_longer_and_erased(district: District) -> None:
    client, account = person(district, "teacher")
    address = kept(client)
    for step, words in (("close/", "Its lines are erased on"), ("extend/", "Its lines are erased on")):
        assert client.post(address + step, headers=HEADERS).status_code == 302
        assert words in client.get(address).content.decode()
    page = client.post(address + "erase/", headers=HEADERS, follow=True).content.decode()
    assert "Rows destroyed: 3" in page and "Nothing of yours is kept here" in page
    with in_district(district.pk, account_id=account.pk):
        assert (ReportClock.objects.count(), ReportClockLine.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["coordinator", "site_administrator", "cadre_member", "it_administrator"])
def test_everyone_else_is_told_that_there_is_no_such_page(district: District, role: str) -> None:
    address = kept(person(district, "teacher")[0])
    other, _ = person(district, role)
    assert other.get(address).status_code == 404
    assert other.post(address, CALL, headers=HEADERS).status_code == 404
    for step in ("close/", "extend/", "erase/"):
        assert other.post(address + step, headers=HEADERS).status_code == 404
    assert "Nothing of yours is kept here" in other.get("/en/report/copies/").content.decode()


def tables(account_id: int | None, district: District) -> str:
    """Every row of every table, as this account's session can read it; jobs and sessions too."""
    found = []
    with in_district(district.pk, account_id=account_id), connection.cursor() as cursor:
        names = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
        for name in sorted({*names, "procrastinate_jobs", "procrastinate_events"}):
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_what_a_copy_holds_is_found_nowhere_else(district: District, caplog: pytest.LogCaptureFixture) -> None:
    """The canary: its moments, its ref and its four digits, looked for everywhere else."""
    client, account = person(district, "teacher")
    coordinator, boss = person(district, "coordinator")
    with caplog.at_level(logging.DEBUG, "upstander"):
        address = kept(client)
        for step in ("", "close/"):
            client.post(address + step, headers=HEADERS) if step else client.get(address)
    ref = address.rstrip("/").rpartition("/")[2]
    canaries = ["7391", "2019, 2, 3", "2019-02-03", "cut_off", "probation"]
    own = tables(account.pk, district)
    assert [one for one in [ref, *canaries[:2], *canaries[3:]] if one not in own] == [], "this test is blind"
    theirs = tables(boss.pk, district)
    assert [one for one in canaries if one in theirs] == []
    in_queue = [line for line in theirs.splitlines() if ref in line]
    assert in_queue and all("guidance.tidy_clock" in line for line in in_queue)  # the job, which says nothing more
    ours: list[Any] = [record for record in caplog.records if record.name.startswith("upstander")]
    written = "\n".join(JsonLines().format(record) for record in ours)
    assert ours and [one for one in [ref, account.ref, account.email, *canaries] if one in written] == []
    for name, (path, _view) in routes().items():
        seen = coordinator.get(path)
        page = seen.getvalue().decode(errors="replace")
        assert not [one for one in (ref, "2019", "…7391") if one in page], name


def test_the_audit_and_the_sessions_name_no_reporter(district: District) -> None:
    client, account = person(district, "teacher")
    kept(client)
    with in_district(district.pk), connection.cursor() as cursor:
        cursor.execute("SELECT event, actor_name FROM audit_auditevent WHERE event LIKE 'guidance.clock%%'")
        names = [name for _event, name in cursor.fetchall()]
    assert len(names) == 2 and account.ref not in names


def test_a_proof_is_made_opened_and_checked_by_anyone(district: District) -> None:
    client, account = person(district, "teacher")
    address = kept(client)
    paper = str(client.post(address + "proof/", headers=HEADERS)["Location"])
    answer = client.get(paper)
    assert answer["Content-Type"] == "application/pdf" and "record.pdf" in answer["Content-Disposition"]
    assert person(district, "coordinator")[0].get(paper).status_code == 404
    proof = find(answer.getvalue().decode("latin-1"))
    visitor = Client(SERVER_NAME="localhost")
    told = {"form_token": form_token("report-proof"), "proof": f"http://localhost/en/report/verify/#{proof}"}
    page = visitor.post("/en/report/verify/", told, headers=HEADERS).content.decode()
    assert "This record is valid" in page and "The call was cut off" in page
    assert account.display_name not in page and "7391" not in page
    page = visitor.post("/en/report/verify/", {**told, "proof": f"{proof}"[:-5]}, headers=HEADERS).content.decode()
    assert "This record is not valid" in page
    (key,) = visitor.get("/en/report/keys.json").json()["keys"].values()
    assert key["retired_at"] is None and key["public_key"] in visitor.get("/es/report/keys/").content.decode()
    assert not visitor.cookies
