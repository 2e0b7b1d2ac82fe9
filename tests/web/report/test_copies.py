"""The copy on the server as its owner uses it, and a canary: what it holds is found nowhere else."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.access.test_routes import routes
from tests.factories import make_account, make_district, make_person, make_post
from tests.factories.visits import signed_in
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
    return signed_in(account), account


def recent(client: Client) -> str:
    """The address of a new copy whose report is not due yet."""
    start = {**START, "day": "2026-11-16", "time": "08:30"}
    return str(client.post("/en/report/copies/new/", start, headers=HEADERS)["Location"])


def invited(client: Client, joint: str) -> str:
    """A one-time code, as the page shows it once."""
    page = client.post(joint, {"step": "invite"}, headers=HEADERS).content.decode()
    return page.split('class="code-big">')[1].split("<")[0]


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


def test_information_that_has_not_come_starts_no_clock(district: District) -> None:
    client, _ = person(district, "teacher")
    answer = client.post("/en/report/copies/new/", {**START, "day": "2090-01-01"}, headers=HEADERS)
    assert answer.status_code == 422 and "Day: This day has not come yet." in answer.content.decode()


def test_its_owner_sees_when_it_is_due_and_what_was_done(district: District) -> None:
    client, _ = person(district, "teacher")
    page = client.get(kept(client)).content.decode()
    for words in ("Monday at 4:56 in the afternoon", "That moment has passed", "The call was cut off", "…7391"):
        assert words in page
    spanish = client.get(kept(client).replace("/en/", "/es/")).content.decode()
    assert "lunes a las 4:56 de la tarde" in spanish and "Ese momento ya pasó" in spanish
    assert "(Hora del Pacífico)" in spanish and "America/" not in spanish
    assert "<summary>Llamada</summary>" in spanish and "<p>Llamada ·" in spanish
    assert client.get(kept(client))["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"day": "2018-11-04", "time": "01:30"}, "this time came twice. Please say which."),
        ({"day": "2019-03-10", "time": "02:30"}, "this time did not exist"),
        ({"day": "2090-01-01"}, "Day: This day has not come yet."),
        ({"day": "9999-12-31", "time": "23:00"}, "Please check this day."),
        ({"day": "0001-01-01", "time": "00:00"}, "Please check this day."),
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
    paper = str(client.post(address + "proof/", headers=HEADERS)["Location"])
    page = client.get(address + "erase/").content.decode()
    assert paper in page and "stays valid" in page  # asked first, and nothing is gone yet
    assert client.get(address).status_code == 200
    page = client.post(address + "erase/", headers=HEADERS, follow=True).content.decode()
    assert "Everything is erased." in page and "Nothing of yours is kept here" in page
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
    assert other.get(address + "erase/").status_code == 404
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
        assert not [one for one in (ref, "2019-02-03", "Feb. 3, 2019", "…7391") if one in page], name


def test_what_a_reminder_a_proof_and_a_joint_report_hold_is_found_nowhere_else(
    district: District, caplog: pytest.LogCaptureFixture
) -> None:
    client, account = person(district, "teacher")
    coordinator, boss = person(district, "coordinator")
    with caplog.at_level(logging.DEBUG, "upstander"):
        address = recent(client)
        client.post(address + "reminder/", {"email": "canary@home.example"}, headers=HEADERS)
        paper = str(client.post(address + "proof/", headers=HEADERS)["Location"])
        joint = str(client.post(address + "joint/", headers=HEADERS)["Location"])
        code = invited(client, joint)
        client.post(joint, {"step": "reminder", "email": "canary@home.example"}, headers=HEADERS)
    canaries = ["canary@home.example", paper.rstrip("/").rpartition("/")[2], joint.rstrip("/").rpartition("/")[2]]
    own = tables(account.pk, district)
    assert [one for one in canaries if one not in own] == [], "this test is blind"
    theirs = tables(boss.pk, district)
    ours = [record for record in caplog.records if record.name.startswith("upstander")]
    written = "\n".join(JsonLines().format(record) for record in ours)
    pages = "".join(coordinator.get(path).getvalue().decode(errors="replace") for path, _view in routes().values())
    found = [one for one in [*canaries, code] for place in (theirs, written, pages) if one in place]
    assert ours and found == [] and code not in own


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
    assert set(key) == {"public_key", "started_on", "retired_on"} and len(key["started_on"]) == len("2026-11-16")
    assert key["retired_on"] is None and key["public_key"] in visitor.get("/es/report/keys/").content.decode()
    assert not visitor.cookies


@pytest.mark.parametrize("typed", ["JBFB-B0P4-98VX-XS5J", "jbfbb0p498vxxs5j", "what is on the paper"])
def test_a_records_number_is_told_apart_from_a_false_record(district: District, typed: str) -> None:
    told = {"form_token": form_token("report-proof"), "proof": typed}
    visitor = Client(SERVER_NAME="localhost")
    page = visitor.post("/en/report/verify/", told, headers=HEADERS).content.decode()
    assert "only the record’s number" in page and "not valid" not in page
    page = visitor.post("/es/report/verify/", told, headers=HEADERS).content.decode()
    assert "solo el número del registro" in page
    page = visitor.post("/en/report/verify/", {**told, "proof": "UP1.abc"}, headers=HEADERS).content.decode()
    assert "This record is not valid" in page


def test_a_joint_report_is_joined_by_code_and_seen_by_nobody_else(district: District) -> None:
    first, second, third = (person(district, role)[0] for role in ("teacher", "teacher", "coordinator"))
    joint = str(first.post(recent(first) + "joint/", headers=HEADERS)["Location"])
    assert "You call and sign." in first.get(joint).content.decode()
    code = invited(first, joint)
    assert code not in first.get(joint).content.decode()  # shown once
    assert second.get(joint).status_code == 404
    assert second.post("/en/report/joint/", {"code": code.lower()}, headers=HEADERS)["Location"] == joint
    assert "Somebody else of you calls and signs." in second.get(joint).content.decode()
    second.post(joint, {"step": "take_over"}, headers=HEADERS)
    assert "2 people take part" in first.get(joint).content.decode()
    first.post(joint, {"step": "know"}, headers=HEADERS)
    assert "You said that you know the report was made." in first.get(joint).content.decode()
    assert "You call and sign." in second.get(joint).content.decode()  # one's own word changes nothing for the other
    first.post(joint, {"step": "reopen"}, headers=HEADERS)
    assert "Somebody else of you calls and signs." in first.get(joint).content.decode()
    spanish = first.get(joint.replace("/en/", "/es/")).content.decode()
    assert "¿Sabe usted que el reporte se hizo?" in spanish
    assert third.get(joint).status_code == 404
    told = third.post("/en/report/joint/", {"code": code}, headers=HEADERS)
    assert told.status_code == 422 and "This code cannot be used." in told.content.decode()
    answer = first.post(joint, {"step": "leave"}, headers=HEADERS)
    assert answer["Location"] == "/en/report/joint/" and first.get(joint).status_code == 404


def test_guessing_codes_is_counted_and_tells_nothing(district: District) -> None:
    first, guesser = person(district, "teacher")[0], person(district, "teacher")[0]
    joint = str(first.post(recent(first) + "joint/", headers=HEADERS)["Location"])
    code = invited(first, joint)
    answers = [guesser.post("/en/report/joint/", {"code": "0" * 16}, headers=HEADERS) for _ in range(10)]
    answers.append(guesser.post("/en/report/joint/", {"code": code}, headers=HEADERS))
    assert {answer.status_code for answer in answers} == {422}
    assert all("This code cannot be used." in answer.content.decode() for answer in answers)


def test_a_record_whose_day_is_over_starts_no_joint_report_and_alarms_nobody(district: District) -> None:
    client, _ = person(district, "teacher")
    address = kept(client)
    client.post(address, {**CALL, "manner": "answered"}, headers=HEADERS)
    page = client.get(address).content.decode()
    assert "Start a joint report" not in page and "Your record tells of a report." in page
    page = client.post(address + "joint/", headers=HEADERS, follow=True).content.decode()
    assert "that day is over" in page and "call now" not in page
    assert "call now" not in client.get("/en/report/joint/").content.decode()
    page = client.get(recent(client)).content.decode()
    assert "Start a joint report" in page and "What counts is a proof made after" in page


def test_a_reminder_wants_an_own_address(district: District) -> None:
    client, _ = person(district, "teacher")
    address = recent(client)
    employer = {"email": "me@example.org"}
    page = client.post(address + "reminder/", employer, headers=HEADERS, follow=True).content.decode()
    assert "looks like your employer’s mail" in page
    answer = client.post(address + "reminder/", {"email": "nonsense"}, headers=HEADERS)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="nonsense"' in page and 'id="reminder-email_error"' in page
    joint = str(client.post(address + "joint/", headers=HEADERS)["Location"])
    answer = client.post(joint, {"step": "reminder", "email": "nonsense"}, headers=HEADERS)
    assert answer.status_code == 422 and 'value="nonsense"' in answer.content.decode()
    own = {"email": "me@home.example"}
    assert (
        "A reminder is set." in client.post(address + "reminder/", own, headers=HEADERS, follow=True).content.decode()
    )


def test_the_coordinator_sees_that_there_were_few_and_others_not_even_that(district: District) -> None:
    kept(person(district, "teacher")[0])
    words = "Accounts that kept a copy of a report clock last school year"
    page = person(district, "coordinator")[0].get("/en/staff/").content.decode()
    assert "fewer than 11" in page.split(words)[1]
    assert "told when the school year has ended" in page.split(words)[1]
    for role in ("teacher", "site_administrator", "it_administrator"):
        assert words not in person(district, role)[0].get("/en/staff/").content.decode()
