"""Every published record is one of the open standard. The schemas stay outside; without them the reason is said."""

import datetime as dt
import gzip
import json
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from tests.factories.directory import CLINIC, FAR, HIDDEN, make_service
from tests.factories.training import World
from tests.moments import AT
from upstander.commands.directory import export
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.terms import TAXONOMY
from upstander.program.directory.models import Listing

pytestmark = pytest.mark.django_db
SHARED = Path(os.environ.get("UPSTANDER_SHARED", Path(__file__).parents[4] / "shared" / "data")).parent
SCHEMAS = SHARED / "standards" / "hsds" / "3.0" / "schema" / "compiled"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    file = SCHEMAS / "service.json.gz"
    if not file.exists():
        pytest.skip(f"the schemas of HSDS 3.0 are not there: {file}")
    schema = json.loads(gzip.decompress(file.read_bytes()))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def record(world: World) -> dict[str, Any]:
    with in_district(world.district.pk):
        return json.loads(Listing.objects.get(number=0).record)  # type: ignore[no-any-return]


def test_a_full_record_and_a_bare_one_are_valid(world: World, validator: Draft202012Validator) -> None:
    full: dict[str, Any] = {"needs": ("health", "talk"), "languages": ("en", "es"), "youngest": 12, "oldest": 21}
    more: dict[str, Any] = {"website": "https://example.org", "numbers": (Number("(555) 010-0134", "12", "voice"),)}
    make_service(world, "Full", CLINIC, HIDDEN, FAR, **full, **more)
    found = record(world)
    assert list(validator.iter_errors(found)) == []
    assert [each["location"].get("addresses", []) == [] for each in found["service_at_locations"]] == [
        *(False, True, False)
    ]
    assert found["schedules"] == [
        {
            "id": found["schedules"][0]["id"],
            "service_id": found["id"],
            "freq": "WEEKLY",
            "interval": 1,
            "byday": "MO,TU,WE,TH,FR",
            "opens_at": "09:00:00",
            "closes_at": "17:00:00",
        }
    ]
    broken = {**found, "id": "no id"}
    assert list(validator.iter_errors(broken)), "the schema finds nothing wrong with a planted fault"


def test_a_bare_record_is_valid(world: World, validator: Draft202012Validator) -> None:
    make_service(world, "Bare", hours=(), about_en="")
    assert list(validator.iter_errors(record(world))) == []


def test_every_record_of_an_export_with_spanish_names_is_valid(
    world: World, tmp_path: Path, validator: Draft202012Validator
) -> None:
    make_service(world, "Teen clinic", CLINIC, HIDDEN, name_es="Clínica para jóvenes", organization="Centro Ñandú")
    make_service(world, "Pantry", FAR, name_es="Pantry")
    make_service(world, "", CLINIC, name_es="Solo en español", about_en="", about_es="Ayuda cerca.")
    with in_district(world.district.pk):
        export(world.district, tmp_path / "all.json")
    records = json.loads((tmp_path / "all.json").read_text())
    assert [(each["name"], each.get("alternate_name")) for each in records] == [
        ("Teen clinic", "Clínica para jóvenes"),
        ("Pantry", None),
        ("Solo en español", None),
    ]
    assert [fault.message for each in records for fault in validator.iter_errors(each)] == []


API = "/en/api/hsds/3.0/"


def schema(name: str) -> Draft202012Validator:
    file = next((found for found in (SCHEMAS / f"{name}.json.gz", SCHEMAS / f"{name}.json") if found.exists()), None)
    plain = SCHEMAS.parent / f"{name}.json"
    if file is None and not plain.exists():
        pytest.skip(f"the schemas of HSDS 3.0 are not there: {SCHEMAS}")
    content = (file or plain).read_bytes()
    told = json.loads(gzip.decompress(content) if file and file.suffix == ".gz" else content)
    return Draft202012Validator(told, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize(
    ("path", "of_list", "of_one"),
    [
        ("services", "service_list", "service"),
        ("services?full=true", "service", "service"),
        ("service_at_locations", "service_at_location_list", "service_at_location"),
        ("service_at_locations?full=true", "service_at_location", "service_at_location"),
        ("organizations", "organization_list", "organization"),
        ("organizations?full_service=true", "organization", "organization"),
        ("taxonomies", "taxonomy", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term", "taxonomy_term"),
    ],
)
def test_every_answer_of_the_interface_is_valid(world: World, path: str, of_list: str, of_one: str) -> None:
    make_service(world, "Full", CLINIC, HIDDEN, FAR, needs=("health",), languages=("en", "es"), website="https://a.org")
    make_service(world, "Bare", hours=(), about_en="")
    client = Client(SERVER_NAME="localhost")
    page = client.get(API + path).json()
    assert page["size"] == page["total_items"] > 0
    for row in page["contents"]:
        assert list(schema(of_list).iter_errors(row)) == []
        one = client.get(f"{API}{path.partition('?')[0]}/{row['id']}").json()
        assert one["id"] == row["id"]
        assert list(schema(of_one).iter_errors(one)) == []
    assert client.get(f"{API}{path.partition('?')[0]}/{uuid.uuid4()}").status_code == 404


def test_what_programs_ask_for_narrows(world: World) -> None:
    make_service(world, "Clinic", CLINIC, FAR, needs=("health",))
    make_service(world, "Pantry", organization="Open Table", checked_at=AT + dt.timedelta(days=1))
    client = Client(SERVER_NAME="localhost")
    other = client.get(f"{API}organizations").json()["contents"][0]["id"]

    def names(path: str) -> list[str]:
        return [row.get("name", "") for row in client.get(f"{API}services?{path}").json()["contents"]]

    later = "2026-11-17T00:00:00Z"
    asked = [f"organization_id={other}", f"modified_after={later}", f"taxonomy_id={TAXONOMY}"]
    assert [names(each) for each in asked] == [["Pantry"], ["Pantry"], ["Clinic"]]
    assert [names(each) for each in ("organization_id=x", "taxonomy_id=x")] == [[], []]
    assert set(client.get(f"{API}services?minimal=true").json()["contents"][0]) == {"id", "last_modified"}
    places = client.get(f"{API}service_at_locations?page=2&per_page=1").json()["contents"]
    assert [(row["service"]["name"], row["location"]["name"]) for row in places] == [("Clinic", "Far clinic")]
