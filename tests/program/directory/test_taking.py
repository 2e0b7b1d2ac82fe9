"""All clean records of a file become drafts at once, or none of them; and all of them are dropped again."""

import json
from typing import Any

import pytest

from tests.factories.directory import CALLED, CLINIC, make_organization, make_service
from tests.factories.training import World
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed, NotFound, WrongState
from upstander.jobs.directory import take_file
from upstander.program.directory.models import Batch, Candidate, Listing, Location, Organization, Service
from upstander.program.directory.selectors.incoming import files, waiting
from upstander.program.directory.services import taking
from upstander.program.directory.services.checking import check_service
from upstander.program.directory.services.entries import Written, write_service
from upstander.program.directory.services.incoming import read_file
from upstander.program.directory.services.taking import ask_to_take, drop_taken, take_part

pytestmark = pytest.mark.django_db
HEAD = "Name,Agency,Phone,City,Address\n"
ROW = "Pantry {0},Table {0},555-010-0120,Alder City,{0} Depot\n"


def read(world: World, text: str, name: str = "list.csv") -> dict[str, Any]:
    """What the services of the file are called with."""
    batch = read_file(actor=world.coordinator, file_name=name, content=text.encode(), at=AT)
    return {"actor": world.coordinator, "ref": batch.ref, "at": AT}


def counts() -> tuple[int, int, int]:
    return Service.objects.count(), Organization.objects.count(), Location.objects.count()


def test_what_is_clean_becomes_drafts_and_what_is_odd_waits(world: World) -> None:
    make_organization(world, "Table 1")
    with in_district(world.district.pk):
        odd = "Shelter,Orchard,call us,,\nHelp,Orchard,555-010-0121,,\nFor child prostitutes,Orchard,555-010-0122,,\n"
        told = read(world, HEAD + ROW.format(1) + odd + ROW.format(2))
        assert files(actor=world.coordinator)[0].clean_count == 3  # type: ignore[attr-defined]
        assert ask_to_take(**told) == 3
        assert {each.state for each in Service.objects.all()} == {"draft"}
        assert (counts(), Listing.objects.exists()) == ((3, 3, 2), False)
        assert {place.kind for place in Location.objects.all()} == {"area"}
        assert [each.number for each in waiting(actor=world.coordinator)] == [2, 4]
        with pytest.raises(WrongState):
            ask_to_take(**told)
        assert drop_taken(**told) == 3
        assert (counts(), len(waiting(actor=world.coordinator))) == ((0, 1, 0), 5)
        assert Organization.objects.get().name == "Table 1", "what was there before stays"
        with pytest.raises(WrongState):
            drop_taken(**told)
        assert ask_to_take(**told) == 3, "and once more"


def test_many_are_taken_by_a_job_that_may_be_killed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    with in_district(world.district.pk):
        told = read(world, HEAD + "".join(map(ROW.format, range(5))))
        assert (ask_to_take(**told), counts()) == (5, (0, 0, 0))
        assert take_part(**told) is True
        assert (counts()[0], Batch.objects.get().taken_at) == (2, None)
    for _again in range(2):
        take_file(district_id=world.district.pk, ref=told["ref"])
    with in_district(world.district.pk):
        assert (counts()[0], Batch.objects.get().taken_at is None) == (5, False)


def test_as_many_as_are_taken_at_once_are_all_taken_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    with in_district(world.district.pk):
        told = read(world, HEAD + "".join(map(ROW.format, range(2))))
        assert ask_to_take(**told) == 2
    take_file(district_id=world.district.pk, ref=told["ref"])
    with in_district(world.district.pk):
        assert (counts()[0], Batch.objects.get().taken_at is None) == (2, False)


def test_one_that_cannot_be_a_draft_leaves_nothing_of_the_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 2)

    with in_district(world.district.pk):
        told = read(world, HEAD + "".join(map(ROW.format, range(5))))
        changed = Candidate.objects.get(number=4)  # as if what an entry may say had become stricter since it was read
        changed.raw = {**changed.raw, "Name": ""}
        changed.save(update_fields=["raw"])
        ask_to_take(**told)
        assert (take_part(**told), counts()[0]) == (True, 2)
        assert (take_part(**told), counts(), take_part(**told)) == (False, (0, 0, 0), False)
        assert len(waiting(actor=world.coordinator)) == 5


def test_what_somebody_touched_stays_when_the_rest_is_dropped(world: World) -> None:
    with in_district(world.district.pk):
        told = read(world, HEAD + "".join(map(ROW.format, range(3))))
        ask_to_take(**told)
        written, checked, _plain = Service.objects.order_by("name_en")
        write_service(
            actor=world.coordinator, written=Written(written.organization.ref, "Mine"), ref=written.ref, at=AT
        )
        check_service(actor=world.coordinator, ref=checked.ref, check=CALLED, at=AT)
        assert (drop_taken(**told), sorted(row.name_en for row in Service.objects.all())) == (1, ["Mine", "Pantry 1"])
        assert Candidate.objects.filter(service__isnull=False).count() == 2


def test_nothing_is_written_over_an_entry_at_once(world: World) -> None:
    make_service(world, "Teen clinic", CLINIC)
    with in_district(world.district.pk):
        record = json.loads(Listing.objects.get().record)
        told = read(world, json.dumps([{**record, "name": "Other"}]), "all.json")
        ask_to_take(**told)
        assert (Service.objects.get().name_en, len(waiting(actor=world.coordinator))) == ("Teen clinic", 1)


def test_only_editors_take_and_only_what_is_clean(world: World) -> None:
    with in_district(world.district.pk):
        told = read(world, HEAD + "Shelter,,call us,,\n")
        for step in (ask_to_take, take_part, drop_taken):
            with pytest.raises(NotAllowed):
                step(**{**told, "actor": world.administrator})
            with pytest.raises(NotFound):
                step(**{**told, "ref": "gone"})
        with pytest.raises(WrongState, match="Something is odd"):
            ask_to_take(**told)
