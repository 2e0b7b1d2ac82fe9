"""Files from elsewhere: all of each record is kept, faults are named, nothing is published."""

import json
from typing import Any

import pytest

from tests.factories.directory import make_service
from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.directory.models import Candidate, Listing, Location, Service
from upstander.program.directory.selectors.incoming import files, review, waiting
from upstander.program.directory.services.incoming import (
    bring_back,
    drop_candidate,
    drop_rest,
    read_file,
    take_candidate,
)

pytestmark = pytest.mark.django_db
MESSY = """Name,Agency,Phone,Hours,City,Address,Remarks
Pantry,Open Table,"555-010-0120 / TTY 555-010-0121",Mon-Fri 9am-5pm,Alder City,7 Depot,ask for Jo
Night shelter,Orchard,call us,by appointment,,,
,Orchard,,,,,,beyond
"""


def read(world: World, text: str, name: str = "list.csv") -> list[Candidate]:
    read_file(actor=world.coordinator, file_name=name, content=text.encode(), at=AT)
    return list(waiting(actor=world.coordinator))


def test_a_messy_table_is_kept_whole_and_its_faults_are_named(world: World) -> None:
    with in_district(world.district.pk):
        pantry, shelter, nameless = read(world, MESSY)
        assert pantry.raw["Remarks"] == "ask for Jo"
        assert nameless.raw["column 8"] == "beyond"
        assert [each.faults for each in (pantry, shelter, nameless)] == [
            [["Remarks", "unknown"]],
            [["phones", "unread"], ["hours", "unread"]],
            [["column 8", "unknown"], ["name", "missing"]],
        ]
        found = review(actor=world.coordinator, candidate=pantry).read
        assert [(each.number, each.kind) for each in found.numbers] == [
            ("555-010-0120", "voice"),
            ("555-010-0121", "tty"),
        ]
        service = take_candidate(actor=world.coordinator, ref=pantry.ref, at=AT)
        assert (service.state, service.organization.name, service.schedules.count()) == ("draft", "Open Table", 5)
        assert Location.objects.get().kind == "area", "an address from elsewhere is confidential until said otherwise"
        with pytest.raises(WrongState):
            take_candidate(actor=world.coordinator, ref=pantry.ref, at=AT)
        with pytest.raises(Invalid, match="no name"):
            take_candidate(actor=world.coordinator, ref=nameless.ref, at=AT)
        drop_candidate(actor=world.coordinator, ref=nameless.ref, at=AT)
        assert [each.number for each in waiting(actor=world.coordinator)] == [2]
        assert not Listing.objects.exists()


def test_what_waits_of_a_file_is_left_out_at_once_and_brought_back(world: World) -> None:
    with in_district(world.district.pk):
        kept = read(world, "Name,Agency\nOther,Open Table\n", "other.csv")
        first, second, *_rest = [each for each in read(world, MESSY) if each.batch_id != kept[0].batch_id]
        take_candidate(actor=world.coordinator, ref=first.ref, at=AT)
        drop_candidate(actor=world.coordinator, ref=second.ref, at=AT)
        told: dict[str, Any] = {"actor": world.coordinator, "ref": first.batch.ref, "at": AT}

        def counts() -> tuple[int, int, int]:
            newest = files(actor=world.coordinator)[0]
            return newest.waiting_count, newest.taken_count, newest.left_count  # type: ignore[attr-defined]

        assert (counts(), drop_rest(**told), counts()) == ((1, 1, 1), 1, (0, 1, 2))
        assert (bring_back(**told), counts(), bring_back(**told)) == (2, (2, 1, 0), 0)
        assert len(waiting(actor=world.coordinator)) == 3, "other files are left alone"
        with pytest.raises(NotFound):
            drop_rest(actor=world.coordinator, ref="gone", at=AT)
        with pytest.raises(NotAllowed):
            bring_back(actor=visitor(world.district.pk), ref=first.batch.ref, at=AT)


def test_what_we_export_comes_back_over_the_same_entry(world: World) -> None:
    service = make_service(world, "Teen clinic", needs=("health",))
    with in_district(world.district.pk):
        record = json.loads(Listing.objects.get().record)
        (candidate,) = read(world, json.dumps({"contents": [{**record, "name": "Youth clinic"}]}), "all.json")
        assert candidate.faults == []
        taken = take_candidate(actor=world.coordinator, ref=candidate.ref, at=AT)
        assert (taken.pk, taken.uid, taken.state, taken.name_en) == (
            *(service.pk, service.uid, "changed", "Youth clinic"),
        )
        assert (Service.objects.count(), taken.schedules.count(), taken.phones.count()) == (1, 5, 1)
        assert Listing.objects.get().name_en == "Teen clinic"


def test_records_of_the_standard_are_told_field_by_field(world: World) -> None:
    odd = {"id": "7", "name": "X", "status": "defunct", "schedules": [{"byday": "MO"}], "organization": {"id": "8"}}
    with in_district(world.district.pk):
        (candidate,) = read(world, json.dumps([odd]), "one.json")
        assert candidate.faults == [
            *(["id", "bad_id"], ["organization.id", "bad_id"], ["status", "status"]),
            *(["schedules 1", "unread"], ["organization", "missing"]),
        ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"{", "no JSON"),
        ("a.json", b"[1]", "no JSON"),
        ("a.csv", b"a,b\n1,2\n", "first line"),
        ("a.csv", b"name\n", "no record"),
        ("a.csv", b"name\n\xff\n", "UTF-8"),
        ("a.csv", b"name\n" + b"x\n" * 5001, "more than"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(world: World, name: str, content: bytes, says: str) -> None:
    with in_district(world.district.pk):
        with pytest.raises(Invalid, match=says):
            read_file(actor=world.coordinator, file_name=name, content=content, at=AT)
        with pytest.raises(NotAllowed):
            read_file(actor=world.administrator, file_name=name, content=content, at=AT)


def test_signs_that_nobody_sees_and_numbers_in_letters_are_named(world: World) -> None:
    with in_district(world.district.pk):
        (candidate,) = read(world, "Name,Agency,Phone\nPan\u200btry,Open Table,1-800-RUNAWAY\n")
        assert candidate.faults == [["phones", "unread"], ["Name", "hidden"]]
        assert review(actor=world.coordinator, candidate=candidate).read.name == "Pantry"
