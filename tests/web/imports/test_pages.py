"""The pages of a list's way, by requests: every step answers, refusals stand at their fields, nothing typed is lost."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_district, make_site
from tests.factories.spreadsheets import schools_trained
from tests.factories.training import make_world
from tests.factories.visits import HERE, client_of, holder
from tests.moments import AT
from tests.program.compliance.world import SUBJECT, clerk, terms
from tests.program.training.test_sessions import confirmed
from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.services import set_requirement
from upstander.program.imports.models import Import

pytestmark = pytest.mark.django_db
COLUMNS = {"column_0": "name", "column_1": "code", "column_2": "year", "column_3": "year", "column_4": "year"}


@pytest.fixture
def district() -> District:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=AT.date().replace(year=2020), at=AT)
    for code, name in (("0101", "Lincoln High School"), ("0102", "Lincoln High School"), ("0103", "Roosevelt Middle")):
        make_site(district, name, code=code)
    return district


@pytest.fixture
def client(district: District) -> Client:
    return holder(district)


def upload(client: Client, raw: bytes, name: str = "trained.xlsx", kind: str = "site_trainings") -> str:
    """Upload a list; the address of its first step."""
    file = BytesIO(raw)
    file.name = name
    response = client.post("/en/imports/", {"kind": kind, "file": file}, headers=HERE)
    assert response.status_code == 302, response.content
    return str(response["Location"])


def said(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))  # type: ignore[attr-defined]


def test_a_list_walks_through_its_pages(client: Client) -> None:
    at = upload(client, schools_trained())
    first = client.get(at, follow=True)
    assert "Column E: 2024-25" in said(first)
    answer = client.post(f"{at}columns/", {**COLUMNS, "subject": SUBJECT}, headers=HERE)
    assert (answer.status_code, "can be read in two ways" in said(answer)) == (422, True)
    answer = client.post(f"{at}columns/", {**COLUMNS, "subject": SUBJECT, "order": "mdy"}, headers=HERE, follow=True)
    assert "2 are known by their codes alone" in said(answer)
    names = re.findall(r'name="(q[0-9a-f]{16})" value="none"', answer.content.decode())
    answer = client.post(f"{at}match/", dict.fromkeys(names[:1], "none"), headers=HERE, follow=True)
    assert "These are still open" in said(answer)
    answer = client.post(f"{at}match/", dict.fromkeys(names, "none"), headers=HERE, follow=True)
    assert "Applying records 5 rows" in said(answer)
    assert "row 10, column A" in said(answer)
    seal = re.search(r'name="seal" value="(\w+)"', answer.content.decode())
    assert seal
    answer = client.post(f"{at}preview/", {"seal": seal[1]}, headers=HERE, follow=True)
    assert "Some cells cannot be read" in said(answer)
    wanted = {"seal": seal[1], "without_refused": "1"}
    answer = client.post(f"{at}preview/", wanted, headers=HERE, follow=True)
    assert "Applied: 5 rows were recorded" in said(answer)
    answer = client.post(f"{at}undo/", headers=HERE, follow=True)
    assert "Undone" in said(answer)
    assert Import.objects.get().state == "undone"


def test_a_list_of_hours_shows_every_line_before_it_is_entered(client: Client) -> None:
    rows = "0103,Wednesday,13:30,3 PM,2027-06-10,4\n0101,12/14/2026,8:00,9:30,,\n0101,12/14/2026,2:00,3:00,,\n"
    raw = f"Site code,Day,From,Until,Last day,Per year\n{rows}".encode()
    at = upload(client, raw, "hours.csv", "hours")
    first = client.get(at, follow=True)
    guessed = re.findall(r'<option value="(\w+)" selected', first.content.decode())
    roles = ["code", "when", "starts", "ends", "until", "most"]
    assert guessed[1:] == roles  # behind the row of the headings
    columns = {f"column_{index}": role for index, role in enumerate(roles)}
    answer = client.post(f"{at}columns/", columns, headers=HERE)
    assert (answer.status_code, "Say who is free then" in said(answer)) == (422, True)
    answer = client.post(f"{at}columns/", {**columns, "audience": "teachers"}, headers=HERE, follow=True)
    assert "Nothing is left to decide" in said(answer)
    page = said(client.post(f"{at}match/", headers=HERE, follow=True))
    assert "Wednesday, 1:30 p.m. – 3 p.m. Teachers, until June 10, 2027; at most 4 sessions" in page
    assert "Dec. 14, 2026, 8 a.m. – 9:30 a.m. Teachers" in page or "December 14, 2026, 8 a.m." in page
    assert "This hour can be at night or in the afternoon." in page


def test_a_list_of_days_without_school_names_the_district_and_the_sessions_it_meets(set_clock: Any) -> None:
    set_clock(AT)
    world = make_world()
    _, session = confirmed(world)
    coordinator = client_of(world.coordinator)
    raw = f"Holiday,Date\nRain,{session.on.isoformat()}\nFair,2027-03-06\n,soon\n".encode()
    at = upload(coordinator, raw, "days.csv", "closed_days")
    assert "What the day is called" in said(coordinator.get(at, follow=True))
    answer = coordinator.post(f"{at}columns/", {"column_0": "called", "column_1": "when"}, headers=HERE, follow=True)
    assert "Rows that name no site" in said(answer)
    question = re.findall(r'name="(q[0-9a-f]{16})" value="everywhere"[^>]*checked', answer.content.decode())
    page = said(coordinator.post(f"{at}match/", {question[0]: "everywhere"}, headers=HERE, follow=True))
    assert "1 session is agreed for one of these days" in page and "Cedar High: Nov. 18, 2026, 2 p.m." in page
    assert "The whole district" in page and "A weekend, which is free anyway" in page
    assert "row 4, column B" in page


def test_the_problems_are_a_file_that_runs_nothing(client: Client) -> None:
    at = upload(client, b"code,when\n0101,=1+1\n0102,@soon\n", "a.csv")
    client.post(f"{at}columns/", {"column_0": "code", "column_1": "when", "subject": SUBJECT}, headers=HERE)
    lines = client.get(f"{at}problems.csv").content.decode().splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == ['"\'=1+1"', '"\'@soon"']


@pytest.mark.parametrize(("raw", "sentence"), [(b"", "nothing in this file"), (b"%PDF\0", "no spreadsheet")])
def test_what_is_no_list_is_refused_at_the_field(client: Client, raw: bytes, sentence: str) -> None:
    file = BytesIO(raw)
    file.name = "a.csv"
    answer = client.post("/en/imports/", {"kind": "completions", "file": file}, headers=HERE)
    assert (answer.status_code, sentence in said(answer)) == (422, True)
    assert client.post("/en/imports/", {}, headers=HERE).status_code == 422


def test_odd_requests_are_answered_kindly(client: Client) -> None:
    at = upload(client, schools_trained())
    for query in ("?sheet=9&header=99", "?sheet=x", "?sheet=1&header=9", "?sheet=1"):
        assert client.get(f"{at}columns/{query}").status_code == 200
    assert client.get(f"{at}match/", follow=True).status_code == 200  # back to the columns
    assert client.post(f"{at}preview/", {}, headers=HERE, follow=True).status_code == 200
    assert client.get(f"{at}problems.csv").status_code == 404
    assert "Discarded" in said(client.post(f"{at}discard/", headers=HERE, follow=True))
    assert "meantime" in said(client.post(f"{at}discard/", headers=HERE, follow=True))


def test_the_list_of_lists_asks_the_same_for_one_and_for_many(
    client: Client, django_assert_num_queries: object
) -> None:
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            assert client.get("/en/imports/").status_code == 200
        return len(found)

    assert client.get("/en/imports/requests/").status_code == 200
    upload(client, b"code,when\n1,2024-25\n")
    one = queries()
    for number in range(12):
        upload(client, f"code,when\n{number},2023-24\n".encode())
    assert queries() == one


def test_a_list_of_the_staff_walks_through_its_pages(client: Client) -> None:
    head = b"Employee ID,Last Name,First Name,Job Title,School Code,Hire Date\n"
    rows = b"9001,Ruiz,Ana,Principal,0103,2026-08-10\n9002,Doe,Kim,student,0103,\n"
    at = upload(client, head + rows, "staff.csv", "roster")
    first = client.get(at, follow=True)
    assert "1 row speaks of a student or a family" in said(first)
    assert "Kim" not in first.content.decode()
    columns = {"column_0": "number", "column_1": "family", "column_2": "given", "column_3": "post", "column_4": "code"}
    answer = client.post(f"{at}columns/", {**columns, "column_5": "unused", "is_complete": "on"}, headers=HERE)
    assert (answer.status_code, "Say since when people are in post" in said(answer)) == (422, True)
    answer = client.post(
        f"{at}columns/", {**columns, "column_5": "when", "is_complete": "on"}, headers=HERE, follow=True
    )
    (name,) = re.findall(r'name="(q[0-9a-f]{16})" value="none"', answer.content.decode())
    answer = client.post(f"{at}match/", {name: "site_administrator"}, headers=HERE, follow=True)
    assert "9001 · Ana Ruiz · 0103" in said(answer)
    assert "1 post at a site: Site administrators" in said(answer)
    assert "Will be able to ask for trainings" in said(answer)
    answer = client.post(f"{at}vouch/", headers=HERE, follow=True)
    assert "Choose the posts that are right." in said(answer)
    (kind,) = re.findall(r'name="door" value="(site_administrator-[0-9a-f]{32})"', answer.content.decode())
    other = client.post(f"{at}vouch/", {"door": kind[:-1] + "x"}, headers=HERE, follow=True)
    assert "Something has changed since you looked." in said(other)
    answer = client.post(f"{at}vouch/", {"door": kind}, headers=HERE, follow=True)
    assert "1 post comes with this list." in said(answer)
    seal = re.search(r'name="seal" value="(\w+)"', answer.content.decode())
    assert seal
    answer = client.post(f"{at}preview/", {"seal": seal[1]}, headers=HERE, follow=True)
    assert "Applied: 1 row was recorded" in said(answer)
    assert "Ana Ruiz" in said(client.get("/en/people/?text=Ruiz"))
    answer = client.post(f"{at}undo/", headers=HERE, follow=True)
    assert "Undone" in said(answer)


def test_who_prepares_a_list_says_yes_and_another_applies_it(district: District, client: Client) -> None:
    administrator = holder(district, "it_administrator")
    rows = b"Employee ID,Last Name,First Name,Job Title,School Code,Hire Date\n9001,Ruiz,Ana,Coordinator,,2026-08-10\n"
    at = upload(administrator, rows + b"9002,Lee,Sam,Teacher,0103,2026-08-10\n", "staff.csv", "roster")
    columns = {"column_0": "number", "column_1": "family", "column_2": "given", "column_3": "post", "column_4": "code"}
    answer = administrator.post(f"{at}columns/", {**columns, "column_5": "when"}, headers=HERE, follow=True)
    (name,) = re.findall(r'name="(q[0-9a-f]{16})" value="everywhere"', answer.content.decode())
    answer = administrator.post(f"{at}match/", {name: "everywhere"}, headers=HERE, follow=True)
    assert "Ana Ruiz (9001): Coordinator, The whole district" in said(answer)
    assert "A coordinator applies it" in said(answer) and 'name="seal"' not in answer.content.decode()
    assert "an IT administrator has to say yes to this one" in said(client.get(f"{at}preview/"))
    (key,) = re.findall(r'name="door" value="([0-9a-f]{32})"', answer.content.decode())
    assert client.post(f"{at}vouch/", {"door": key}, headers=HERE).status_code == 403
    assert administrator.post(f"{at}preview/", {"seal": ""}, headers=HERE).status_code == 403
    administrator.post(f"{at}vouch/", {"door": key}, headers=HERE)
    seal = re.search(r'name="seal" value="(\w+)"', client.get(f"{at}preview/").content.decode())
    assert seal
    answer = client.post(f"{at}preview/", {"seal": seal[1]}, headers=HERE, follow=True)
    assert "Applied: 2 rows were recorded" in said(answer)
    assert "Undo this list" not in said(administrator.get(at))


def test_a_list_of_open_requests_is_seen_before_it_waits_in_the_queue(set_clock: Any) -> None:
    set_clock(AT)
    world = make_world()
    make_site(world.district, "Roosevelt Middle", region=world.region, code="0103")
    coordinator = client_of(world.coordinator)
    rows = "0103,10/2/2026,40,Scheduled,Staff session,lee@adams.example\n0103,10/3/2026,,Open,Staff session,\n"
    raw = f"Site code,Request date,How many,Status,Type,Contact email\n{rows}".encode()
    at = upload(coordinator, raw, "open.csv", "requests")
    assert "Where it stands: open or over" in said(coordinator.get(at, follow=True))
    columns = dict(
        zip(map("column_{}".format, range(6)), ("code", "when", "heads", "stands", "asked", "email"), strict=True)
    )
    lacking = {**columns, "column_4": "unused", "order": "mdy"}
    answer = coordinator.post(f"{at}columns/", lacking, headers=HERE)
    assert (answer.status_code, "Say what was asked for" in said(answer)) == (422, True)
    answer = coordinator.post(f"{at}columns/", {**columns, "order": "mdy"}, headers=HERE, follow=True)
    (name,) = re.findall(r'name="(q[0-9a-f]{16})" value="open"', answer.content.decode())
    answer = coordinator.post(f"{at}match/", {name: "open"}, headers=HERE, follow=True)
    page = said(answer)
    assert "Waits in the queue 1" in page and "The same was asked for here 1" in page
    assert "Bring in also the 1 whose site asked for the same" in page
    seal = re.search(r'name="seal" value="(\w+)"', answer.content.decode())
    assert seal
    answer = coordinator.post(f"{at}preview/", {"seal": seal[1], "tell": "1"}, headers=HERE, follow=True)
    assert "1 request of this list is on its way" in said(answer)
    assert "Roosevelt Middle" in said(coordinator.get("/en/training/queue/"))
    answer = coordinator.post(f"{at}undo/", headers=HERE, follow=True)
    assert "on its way" not in said(answer) and "Roosevelt Middle" not in said(coordinator.get("/en/training/queue/"))
