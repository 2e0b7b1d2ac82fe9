"""Several at the directory at the same moment: an address that is being closed is gone, and a file delays nobody."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.factories.directory import CALLED, CLINIC, make_service
from tests.factories.training import make_world
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.directory.models import Listing, Location
from upstander.program.directory.services.checking import check_service
from upstander.program.directory.services.incoming import read_file
from upstander.program.directory.services.organizations import write_organization
from upstander.program.directory.services.places import change_place

CLOSED = replace(CLINIC, kind="area")


@pytest.mark.parametrize("is_first", ["check", "close"])
def test_a_closed_address_stays_closed_when_somebody_checks_at_once(cloned_database: str, is_first: str) -> None:
    world = make_world()
    service = make_service(world, "Clinic", CLINIC)
    with in_district(world.district.pk):
        place = Location.objects.get().ref
    steps: dict[str, Callable[[], object]] = {
        "check": lambda: check_service(actor=world.coordinator, ref=service.ref, check=CALLED, at=AT),
        "close": lambda: change_place(actor=world.coordinator, ref=place, where=CLOSED, over=0, at=AT),
    }
    earlier, later = (steps[name] for name in sorted(steps, key=lambda name: name != is_first))
    begun = threading.Event()

    def first(wait: Wait) -> None:
        wait()
        with in_district(world.district.pk):
            earlier()
            begun.set()
            time.sleep(0.3)  # the other one reaches the lock meanwhile

    def second(wait: Wait) -> None:
        wait()
        begun.wait(10)
        with in_district(world.district.pk):
            later()

    assert at_once(first, second) == [DONE, DONE]
    with in_district(world.district.pk):
        assert "Mill" not in str(list(Listing.objects.values()))


def test_a_file_is_read_before_it_is_the_readers_turn_to_write(cloned_database: str) -> None:
    world, read, waited = make_world(), threading.Event(), []

    def writes(wait: Wait) -> None:
        with in_district(world.district.pk):
            write_organization(actor=world.coordinator, name="Valley Center", at=AT)
            wait()
            waited.append(read.wait(5))

    def reads(wait: Wait) -> None:
        wait()
        with in_district(world.district.pk), pytest.raises(Invalid, match="no JSON"):
            read_file(actor=world.coordinator, file_name="list.json", content=b"{", at=AT)
        read.set()

    assert at_once(writes, reads) == [DONE, DONE]
    assert waited == [True]
