"""Other programs read what is published, and nothing else; files hold the same."""

import csv
import io
import json
import uuid
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.directory import CLINIC, HIDDEN, make_service
from tests.factories.training import World, make_world
from upstander.commands.directory import export
from upstander.foundation.kernel.db import in_district

pytestmark = pytest.mark.django_db
API = "/en/api/hsds/3.0/"


@pytest.fixture
def world() -> World:
    return make_world()


def test_pages_records_and_terms(world: World) -> None:
    service = make_service(world, "Teen clinic", CLINIC, HIDDEN, needs=("health",))
    make_service(world, "Pantry", needs=("food",))
    make_service(world, "Draft", checked_at=None)
    client = Client(SERVER_NAME="localhost")
    about = client.get(API)
    assert (about.json()["version"], about.cookies, about["Cache-Control"]) == ("3.0", {}, "public, max-age=300")
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
    assert client.get(f"{API}services?taxonomy_term_id=x&page=0").json()["empty"] is True
    full = client.get(f"{API}services/{service.uid}").json()
    assert len(full["service_at_locations"]) == 2
    assert "Secret" not in json.dumps(full)
    assert "phones" not in client.get(f"{API}services").json()["contents"][0]
    assert "phones" in client.get(f"{API}services?full=true").json()["contents"][0]
    (organization,) = client.get(f"{API}organizations").json()["contents"]
    whole = client.get(f"{API}organizations/{organization['id']}").json()
    assert [row["name"] for row in whole.pop("services")] == ["Pantry", "Teen clinic"]
    assert whole == organization
    assert client.get(f"{API}services/{uuid.uuid4()}").status_code == 404


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
