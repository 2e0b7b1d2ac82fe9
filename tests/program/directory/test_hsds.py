"""Every published record is one of the open standard. The schemas stay outside; without them the reason is said."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.factories.directory import CLINIC, FAR, HIDDEN, make_service
from tests.factories.training import World, make_world
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.models import Listing

pytestmark = pytest.mark.django_db
SHARED = Path(os.environ.get("UPSTANDER_SHARED", Path(__file__).parents[4] / "shared" / "data")).parent
SCHEMAS = SHARED / "standards" / "hsds" / "3.0" / "schema" / "compiled"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    file = SCHEMAS / "service.json.gz"
    if not file.exists():
        pytest.skip(f"the schemas of HSDS 3.0 are not there: {file}")
    schema = json.loads(gzip.decompress(file.read_bytes()))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def record(world: World) -> dict[str, Any]:
    with in_district(world.district.pk):
        return Listing.objects.get(number=0).record  # type: ignore[no-any-return]


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
