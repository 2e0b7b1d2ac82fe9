"""The tabular package: what we give comes back whole, what others give is told by file, row and field, none is lost."""

import io
import json
import os
import re
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor, make_district
from tests.factories.directory import CLINIC, FAR, make_service
from tests.factories.training import World
from tests.moments import AT, TODAY
from upstander.commands.directory import export
from upstander.engines.spreadsheets import STARTS
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.content.incoming import Unreadable, packed, read_record, records_of
from upstander.program.directory.content.package import DIALED, guarded, unguarded
from upstander.program.directory.content.terms import part_id
from upstander.program.directory.content.where import ACCESS
from upstander.program.directory.models import Candidate, Listing, Location, Service
from upstander.program.directory.selectors.incoming import waiting
from upstander.program.directory.services.incoming import read_file, take_candidate

SHARED = Path(os.environ.get("UPSTANDER_SHARED", Path(__file__).parents[4] / "shared" / "data")).parent
EXAMPLE = SHARED / "standards" / "hsds" / "3.0" / "examples" / "csv"
SERVICE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
TABLES = {
    "services.csv": "id,organization_id,name,status,fees_description,minimum_age\n"
    f"{SERVICE},o,Clinic,active,10 dollars,12\n",
    "organizations.csv": f"id,name,description\no,Valley,x\n{OTHER},Nobody,x\n",
    "phones.csv": "id,service_id,location_id,number,extension,type\n"
    f"1,{SERVICE},,(555) 010-0134,100,voice\n2,gone,,555,,\n",
    "locations.csv": "id,location_type,name,latitude,longitude\nl,physical,Main,37.5,-122.3\n",
    "addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
    "a,l,40 Mill Road,Alder City,California,90000,US,physical\n",
    "service_at_location.csv": f"id,service_id,location_id\ns,{SERVICE},l\n",
    "accessibility.csv": "id,location_id,description\n1,l,step_free\n2,l,Induction loops\n",
}


def packed_up(files: Mapping[str, str | bytes], *, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_every_oddity_is_told_by_file_row_and_field_and_every_row_is_kept() -> None:
    service, *left = records_of(packed_up(TABLES), "all.zip")
    read = read_record(service)
    assert (read.name, read.organization, read.youngest, read.cost) == ("Clinic", "Valley", 12, "")
    assert [(each.number, each.extension) for each in read.numbers] == [("(555) 010-0134", "100")]
    ((uid, place),) = read.places
    assert (uid, place.kind, place.street, place.latitude, place.access) == (
        *("", "area", "40 Mill Road", 37.5, ("step_free",)),
    )
    assert read.faults == (
        ("services.csv 1 organization.id", "bad_id"),
        ("locations.csv 1 state_code", "unread"),
        ("accessibility.csv 2", "unknown"),
        ("services.csv 1 fees_description", "unknown"),
    )
    assert [read_record(each).faults for each in left] == [
        (("organizations.csv 2", "no_service"),),
        (("phones.csv 2", "no_service"),),
    ]
    assert left[1]["number"] == "555"


def test_folders_are_no_matter_and_a_description_may_be_wrong() -> None:
    files = {f"../export/{name}": text for name, text in TABLES.items()}
    (service, *_left) = records_of(packed_up({**files, "../export/datapackage.json": "[1]"}), "ALL.ZIP")
    assert (service["organization"]["name"], len(service["phones"])) == ("Valley", 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 not a zip", "package"),
        (packed_up({"phones.csv": TABLES["phones.csv"]}), "package"),
        (packed_up({"services.csv": "id,name\n"}), "empty"),
        (packed_up({"services.csv": b"id,name\n\xff,\n"}), "encoding"),
        (packed_up({f"{at}.csv": "x" for at in range(packed.MOST_FILES + 1)}), "large"),
        (packed_up({"services.csv": b"id,name\n" + b"0" * packed.MOST_UNPACKED}), "large"),
        (
            packed_up(
                {
                    "services.csv": "id,name\ns,X\n",
                    "contacts.csv": "id,service_id,phone_id\nc,,p\n",
                    "phones.csv": "id,contact_id\np,c\n",
                    "attributes.csv": "id,link_id\na,s\n",
                }
            ),
            "",
        ),
    ],
)
def test_what_is_no_package_or_would_grow_too_large_is_refused(content: bytes, why: str) -> None:
    if not why:
        assert [each["name"] for each in records_of(content, "a.zip")] == ["X"]
        return
    with pytest.raises(Unreadable, match=why):
        records_of(content, "a.zip")


def test_a_part_that_many_share_does_not_grow_without_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 100_000)
    phones = "id,organization_id,number\n" + "".join(f"{at},o,555-{at}\n" for at in range(500))
    services = "id,organization_id,name\n" + "".join(f"s{at},o,X\n" for at in range(500))
    files = {"services.csv": services, "organizations.csv": "id,name\no,Valley\n", "phones.csv": phones}
    with pytest.raises(Unreadable, match="large"):
        records_of(packed_up(files), "a.zip")


def test_the_example_of_the_standard_is_read_and_nothing_of_it_is_lost() -> None:
    if not EXAMPLE.exists():
        pytest.skip(f"the examples of HSDS 3.0 are not there: {EXAMPLE}")
    found = records_of(packed_up({file.name: file.read_bytes() for file in EXAMPLE.iterdir()}), "example.zip")
    kept = json.dumps(found)
    for name in ("Community Counselling", "MyCity Civic Center", "induction loops", "Urdu", "Reception Manager"):
        assert name in kept
    assert "MyCity Community" not in found[0].get("in the file", "")
    assert read_record(found[0]).name == "Community Counselling"


@pytest.mark.django_db
def test_a_package_of_ours_comes_back_over_the_same_entries_with_what_the_standard_cannot_say(
    world: World, tmp_path: Path
) -> None:
    told: dict[str, Any] = {"needs": ("health",), "languages": ("en", "es"), "cost": "free", "youngest": 12}
    kept = make_service(world, "Teen clinic", CLINIC, FAR, name_es="Clínica", may_report="yes", **told)
    with in_district(world.district.pk):
        export(world.district, tmp_path / "all.zip")
        before: dict[str, Any] = dict(Service.objects.values().get())
        content = (tmp_path / "all.zip").read_bytes()
        read_file(actor=world.coordinator, file_name="all.zip", content=content, at=AT)
        (candidate,) = waiting(actor=world.coordinator)
        assert candidate.faults == []
        taken = take_candidate(actor=world.coordinator, ref=candidate.ref, at=AT)
        after: dict[str, Any] = dict(Service.objects.values().get())
        same = {name: after[name] for name in before if name not in {"state", "written_at", "version"}}
        assert same == {name: before[name] for name in same}
        assert (taken.pk, Location.objects.count(), taken.at_locations.count(), taken.state) == (
            kept.pk,
            2,
            2,
            "changed",
        )
        assert Listing.objects.filter(number=0).get().verified_on == TODAY


def test_another_name_is_the_spanish_one_where_we_wrote_the_record_and_else_for_an_editor_to_read() -> None:
    uid = uuid.uuid4()
    ours: dict[str, dict[str, Any]] = {
        "phones": {"id": part_id(uid, "phone", 0), "number": "555-0100"},
        "languages": {"id": part_id(uid, "language", "es"), "code": "es"},
        "attributes": {"id": part_id(uid, "need", "health"), "taxonomy_term": {"code": "health"}},
        "service_at_locations": {"id": part_id(uid, "at", "l"), "location": {"id": "l", "location_type": "virtual"}},
    }
    plain: dict[str, Any] = {
        "id": str(uid),
        "name": "Clinic",
        "alternate_name": "Clínica",
        "organization": {"name": "Valley"},
    }
    for name, part in ours.items():
        assert read_record({**plain, name: [part]}).texts["name_es"] == "Clínica", name
        read = read_record({**plain, name: [{**part, "id": str(uuid.uuid4())}]})
        assert "name_es" not in read.texts and ("alternate_name", "unknown") in read.faults, name
    too_long = read_record({**plain, "alternate_name": "a" * 121, "phones": [ours["phones"]]})
    assert (len(too_long.texts["name_es"]), ("name_es", "too_long") in too_long.faults) == (120, True)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["all.zip", "all.json"])
def test_a_list_of_ours_with_spanish_names_is_clean_where_nobody_has_it_yet(
    world: World, tmp_path: Path, form: str
) -> None:
    make_service(world, "Teen clinic", CLINIC, name_es="Clínica para jóvenes", organization="Centro Ñandú")
    make_service(world, "Pantry", FAR, name_es="Despensa")
    make_service(world, "", CLINIC, name_es="Solo en español", about_en="", about_es="Ayuda cerca.")
    with in_district(world.district.pk):
        export(world.district, tmp_path / form)
    other = make_district("fork", "north.localhost")
    coordinator = make_actor(other)
    with in_district(other.pk):
        read_file(actor=coordinator, file_name=form, content=(tmp_path / form).read_bytes(), at=AT)
        found = list(waiting(actor=coordinator))
        assert [each.faults for each in found] == [[], [], []]
        taken = [take_candidate(actor=coordinator, ref=each.ref, at=AT) for each in found]
    assert sorted((each.name_en, each.name_es) for each in taken) == [
        ("Pantry", "Despensa"),
        ("Solo en español", ""),
        ("Teen clinic", "Clínica para jóvenes"),
    ]


@pytest.mark.django_db
def test_places_of_a_package_are_confidential_drafts(world: World) -> None:
    with in_district(world.district.pk):
        read_file(actor=world.coordinator, file_name="all.zip", content=packed_up(TABLES), at=AT)
        service = take_candidate(actor=world.coordinator, ref=Candidate.objects.get(number=1).ref, at=AT)
        place = Location.objects.get()
        assert (place.kind, place.street, place.access) == ("area", "40 Mill Road", ["step_free"])
        assert (service.state, Listing.objects.count()) == ("draft", 0)
        assert waiting(actor=world.coordinator).count() == 2


def test_a_file_says_access_in_the_words_of_an_entry() -> None:
    assert frozenset(Location.Access.values) == ACCESS


@pytest.mark.django_db
def test_no_cell_of_a_package_begins_a_formula_and_all_come_back_as_they_were(world: World, tmp_path: Path) -> None:
    make_service(world, "=1+1", about_en="-2+3")
    with in_district(world.district.pk):
        export(world.district, tmp_path / "all.zip")
    content = (tmp_path / "all.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = archive.read("services.csv").decode()
    assert ("'=1+1" in told, "'-2+3" in told) == (True, True)
    (record,) = records_of(content, "all.zip")
    assert (record["name"], record["description"]) == ("=1+1", "-2+3")


@given(st.text(alphabet="'=+-@＝ \t\n\"0a(1.", max_size=8))
def test_a_guarded_cell_begins_no_formula_and_comes_back_as_it_was(cell: str) -> None:
    told = str(guarded(cell))
    assert unguarded(told) == cell
    assert told.startswith("'") or DIALED.fullmatch(told) or not re.match(rf'[\s"]*[{STARTS}]', told)


@pytest.mark.parametrize("cell", ["We offer:\n- food\n- beds", "Call, +1 650 555 0100", "+1 650 555 0100", "’=1"])
def test_inside_a_cell_nothing_is_changed(cell: str) -> None:
    assert guarded(cell) == cell
