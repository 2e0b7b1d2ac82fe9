"""Closing an address and checking an entry at the same moment, in either order: the address is gone."""

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
from upstander.program.directory.models import Listing, Location
from upstander.program.directory.services.checking import check_service
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
