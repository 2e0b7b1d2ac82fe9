"""Other programs read what is published, and nothing else; files hold the same."""

import csv
import io
import json
import uuid
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.directory import CLINIC, FAR, HIDDEN, make_service
from tests.factories.training import World
from tests.factories.visits import holder
from tests.moments import TODAY
from upstander.commands.directory import export
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.content.terms import TAKES
from upstander.web.directory.views import sharing

pytestmark = pytest.mark.django_db
API = "/en/api/hsds/3.0/"


def test_pages_records_and_terms(world: World) -> None:
    service = make_service(world, "Teen clinic", CLINIC, HIDDEN, needs=("health",))
    make_service(world, "Pantry", needs=("food",))
    make_service(world, "Draft", checked_at=None)
    client = Client(SERVER_NAME="localhost")
    about = client.get(API)
    assert (about.json()["version"], about.cookies, about["Cache-Control"]) == ("3.0", {}, "public, no-cache")
    page = client.get(f"{API}services?per_page=1&page=2").json()
    names = [row["name"] for row in page.pop("contents")]
    assert (names, page) == (
        ["Teen clinic"],
        {
            "total_items": 2,
            "total_pages": 2,
            "page_number": 2,
            "size": 1,
            "first_page": False,
            "last_page": True,
            "empty": False,
        },
    )
    terms = {row["code"]: row["id"] for row in client.get(f"{API}taxonomy_terms").json()["contents"]}
    for query, found in ((f"taxonomy_term_id={terms['food']}", ["Pantry"]), ("search=clinic", ["Teen clinic"])):
        assert [row["name"] for row in client.get(f"{API}services?{query}").json()["contents"]] == found
    assert client.get(f"{API}services?taxonomy_term_id=x&page=9").json()["empty"] is True
    full = client.get(f"{API}services/{service.uid}").json()
    assert len(full["service_at_locations"]) == 2
    assert "Secret" not in json.dumps(full)
    assert "phones" not in client.get(f"{API}services").json()["contents"][0]
    assert "phones" in client.get(f"{API}services?full=true").json()["contents"][0]
    (organization,) = client.get(f"{API}organizations").json()["contents"]
    whole = client.get(f"{API}organizations/{organization['id']}").json()
    assert [row["name"] for row in whole.pop("services")] == ["Pantry", "Teen clinic"]
    assert whole == organization
    for nowhere in (f"services/{uuid.uuid4()}", "services/7", "contacts"):
        problem = client.get(API + nowhere)
        assert (problem.status_code, problem["Content-Type"]) == (404, "application/problem+json")
        assert (problem.json()["title"], problem["Cache-Control"]) == ("Not Found", "no-store")


def test_a_parameter_that_makes_no_sense_is_refused_by_name(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    asked = "page=0&per_page=x&modified_after=soon&full=maybe&format=xml&proximity=-1&postcode=9"
    problem = client.get(f"{API}services?{asked}")
    assert (problem.status_code, problem["Content-Type"]) == (400, "application/problem+json")
    assert sorted(problem.json()["errors"]) == sorted(part.partition("=")[0] for part in asked.split("&"))
    assert list(client.get(f"{API}services?proximity=10").json()["errors"]) == ["proximity"]


def test_lists_come_as_lines_without_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Shelter", "Pantry", "Clinic"):
        make_service(world, name, CLINIC)
    monkeypatch.setattr(sharing, "PER_PAGE_MOST", 2)  # so that three are two pages
    client = Client(SERVER_NAME="localhost")
    lists = ("services", "services?full=true", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
    for path in lists:
        sign = "&" if "?" in path else "?"
        lines = client.get(f"{API}{path}{sign}format=ndjson&page=2&per_page=1")
        assert lines["Content-Type"] == "application/x-ndjson"
        records = [json.loads(line) for line in b"".join(lines).splitlines()]
        assert records == client.get(API + path).json()["contents"], path


def test_places_are_found_by_postcode_and_by_how_far_they_are(world: World) -> None:
    make_service(world, "Teen clinic", CLINIC, HIDDEN, FAR)
    client = Client(SERVER_NAME="localhost")

    def places(asked: str) -> list[str]:
        found = client.get(f"{API}service_at_locations?{asked}").json()["contents"]
        return [row["location"]["name"] for row in found]

    assert [places(f"postcode={code}") for code in ("90000", "90001-1234", "90009", "99998")] == [
        *(["Clinic"], ["Far clinic"], [], [])
    ]
    assert [places(f"postcode=90000&proximity={meters}") for meters in (100, 16_000, 18_000)] == [
        *(["Clinic"], ["Clinic"], ["Clinic", "Far clinic"])
    ]
    unknown = client.get(f"{API}service_at_locations?postcode=90009&proximity=100")
    assert (unknown.status_code, list(unknown.json()["errors"])) == (400, ["postcode"]), "no private place tells of it"


def test_terms_are_narrowed_as_the_standard_says(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    asked = ("search=food", "parent_id=x", "top_only=true")
    counts = [client.get(f"{API}taxonomy_terms?{each}").json()["total_items"] for each in asked]
    assert counts == [1, 0, len(shipped().needs) + len(TAKES)]
    assert client.get(f"{API}taxonomies?search=nothing").json()["empty"] is True


def test_an_editor_takes_what_readers_see_as_a_file(world: World) -> None:
    make_service(world, "Teen clinic", HIDDEN)
    make_service(world, "Draft", checked_at=None)
    editor = holder(world.district)
    page = editor.get("/en/directory/").content.decode()
    for form in ("json", "zip"):
        assert f"/en/directory/services.{form}" in page
    file = editor.get("/en/directory/services.json")
    assert file["Content-Disposition"] == f'attachment; filename="directory-{TODAY.isoformat()}.json"'
    (record,) = json.loads(b"".join(file))
    assert (record["name"], "Secret" in json.dumps(record)) == ("Teen clinic", False)
    with zipfile.ZipFile(io.BytesIO(b"".join(editor.get("/en/directory/services.zip")))) as packed:
        assert "Teen clinic" in packed.read("services.csv").decode()
    assert editor.get("/en/directory/services.doc").status_code == 404


def test_files_hold_every_published_service_once(world: World, tmp_path: Path) -> None:
    for name in ("Teen clinic", "Pantry"):
        make_service(world, name, CLINIC, needs=("health",), languages=("en", "es"))
    with in_district(world.district.pk):
        assert export(world.district, tmp_path / "all.json") == 2
        assert export(world.district, tmp_path / "all.zip") == 2
    assert [row["name"] for row in json.loads((tmp_path / "all.json").read_text())] == ["Teen clinic", "Pantry"]
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        told = json.loads(packed.read("datapackage.json"))
        tables = {
            each["name"]: list(csv.DictReader(io.StringIO(packed.read(each["path"]).decode())))
            for each in told["resources"]
        }
    counts = {name: len(rows) for name, rows in tables.items() if rows}
    assert counts == {
        "organizations": 1,
        "services": 2,
        "phones": 2,
        "schedules": 2,
        "languages": 4,
        "locations": 2,
        "addresses": 2,
        "service_at_locations": 2,
        "attributes": 2,
        "taxonomy_terms": 1,
    }


def test_an_empty_directory_is_an_empty_list(world: World, tmp_path: Path) -> None:
    with in_district(world.district.pk):
        assert export(world.district, tmp_path / "all.json") == 0
    assert json.loads((tmp_path / "all.json").read_text()) == []
