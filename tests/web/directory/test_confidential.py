"""A confidential address is nowhere: every door through which anything of the directory comes out is looked at."""

import datetime as dt
import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.directory import CLINIC, HIDDEN, make_service
from tests.factories.training import World
from tests.moments import AT
from upstander.commands.directory import export
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.models import ConfidentialAddress, Listing, Location, PlaceMove, Service, Word
from upstander.program.directory.services.places import change_place

pytestmark = pytest.mark.django_db
CANARIES = ("Secret", "Orchard House", "90009", "37.66", "-122.39")
API = "/en/api/hsds/3.0/"
DAY = dt.timedelta(days=1)


def doors(world: World, service: Service, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything a stranger can get hold of, each with its name."""
    client = Client(SERVER_NAME="localhost")
    with in_district(world.district.pk):
        at = list(Listing.objects.values_list("at_uid", flat=True))
        for name in ("all.json", "all.zip"):
            export(world.district, folder / name)
    pages = ["find/", "find/?p=c.Fog+Hill", f"find/?p=s.{world.site.ref}", f"find/{service.ref}/"]
    pages += [f"find/{service.ref}/wrong/"]
    yield from ((page, client.get(f"/{tongue}/{page}").content) for page in pages for tongue in ("en", "es"))
    yield "words", client.post("/en/find/", {"w": "bed"}).content
    lists = ("services", "organizations", "service_at_locations")
    asked = [f"{each}?full=true&full_service=true" for each in lists] + [f"service_at_locations/{uid}" for uid in at]
    asked += [f"services/{service.uid}", f"organizations/{service.organization.uid}?full_service=true"]
    yield from ((each, client.get(API + each).content) for each in asked)
    yield "all.json", (folder / "all.json").read_bytes()
    with zipfile.ZipFile(io.BytesIO((folder / "all.zip").read_bytes())) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


def test_no_door_gives_away_where_a_confidential_place_is(world: World, tmp_path: Path) -> None:
    service = make_service(world, "A bed", HIDDEN, CLINIC, needs=("safe_place",))
    with in_district(world.district.pk):
        assert Location.objects.filter(street="9 Secret Lane").exists(), "nothing is there that could leak"
    found = dict(doors(world, service, tmp_path))
    assert [(door, word) for door, text in found.items() for word in CANARIES if word.encode() in text] == []
    assert b"Fog Hill" in found[f"find/{service.ref}/"], "the area is told"
    assert b"40 Mill Road" in found["all.json"], "an open place beside it is told whole"


def test_words_of_a_hidden_street_find_nothing(world: World) -> None:
    make_service(world, "A bed", HIDDEN)
    page = Client(SERVER_NAME="localhost").post("/en/find/", {"w": "secret lane"})
    assert "Nothing fits" in page.content.decode()


def test_an_address_that_is_closed_is_behind_no_door_from_that_moment_on(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    was = replace(HIDDEN, kind="open")
    service = make_service(world, "A bed", was, needs=("safe_place",))
    make_service(world, "Advice", was, CLINIC)
    assert any(b"9 Secret Lane" in text for text in dict(doors(world, service, tmp_path)).values())
    with in_district(world.district.pk), caplog.at_level(logging.INFO):
        first, _second = Location.objects.filter(street="9 Secret Lane")
        change_place(actor=world.coordinator, ref=first.ref, where=HIDDEN, over=0, at=AT)
        told = (Listing, Word, AuditEvent, PlaceMove, ConfidentialAddress)
        tables = str([list(model.objects.values()) for model in told])
    found = dict(doors(world, service, tmp_path))
    found |= {"tables": tables.encode(), "log": caplog.text.encode()}
    assert [(door, word) for door, text in found.items() for word in CANARIES if word.encode() in text] == []
    assert b"Fog Hill" in found["all.json"], "the area is told"


@pytest.mark.parametrize("days", [364, 365])
def test_what_nobody_checked_for_a_year_stands_behind_no_door(world: World, tmp_path: Path, days: int) -> None:
    service = make_service(world, "A bed", CLINIC, needs=("safe_place",), checked_at=AT - days * DAY)
    seen = [door for door, text in doors(world, service, tmp_path) if b"A bed" in text]
    assert bool(seen) == (days < 365)
