"""Auditor packs in the browser: asked for, taken along, recognized, and never handed out when they changed."""

import datetime as dt
import hashlib
from typing import NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_district
from tests.factories.visits import holder
from tests.moments import AT
from tests.program.compliance.world import clerk, moment, terms
from tests.web.coverage.visits import DAY, START, school
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.db import in_district
from upstander.jobs.packs import make
from upstander.program.compliance.disposal import forget_pack_files
from upstander.program.compliance.models import AuditPack
from upstander.program.compliance.services import set_requirement

pytestmark = pytest.mark.django_db
PACKS = "/en/proof/packs/"
WANTED = {"on": DAY.isoformat(), "known_on": "", "language": "es"}
REFRESH = 'http-equiv="refresh"'


class Place(NamedTuple):
    """A district with one school, and a coordinator at a browser."""

    district: District
    site: Site
    reader: Client

    def ask(self) -> str:
        """Ask for a pack; gives the address of its page."""
        return self.reader.post(PACKS, WANTED)["Location"]

    def make(self, address: str) -> None:
        """Do what the queue does."""
        make(district_id=self.district.pk, ref=address.split("/")[-2])


@pytest.fixture
def place(db: None) -> Place:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=START, at=moment(START))
    site = school(district, "Alder High", staff=5, trained=4)
    return Place(district, site, holder(district))


def test_a_pack_is_asked_for_taken_along_and_recognized(place: Place) -> None:
    reader = place.reader
    assert "No pack yet" in reader.get(PACKS).text
    ahead = (AT.date() + dt.timedelta(days=1)).isoformat()
    wrong = reader.post(PACKS, WANTED | {"on": ahead})
    assert wrong.status_code == 422 and "Choose today or a day in the past." in wrong.text and ahead in wrong.text
    address = place.ask()
    waiting = reader.get(address).text
    assert "The file is being made" in waiting and REFRESH in waiting and "Download the pack" not in waiting
    assert "Not made yet" in reader.get(PACKS).text and reader.get(f"{address}pack.zip")["Location"] == address
    place.make(address)
    with in_district(place.district.pk):
        row = AuditPack.objects.get()
    assert address == f"{PACKS}{row.ref}/" and row.person_count == 5
    page = reader.get(address).text
    assert row.digest[:32] in page and "It tells of 5 people." in page and REFRESH not in page
    file = reader.get(f"{address}pack.zip")
    assert hashlib.sha256(file.content).hexdigest() == row.digest
    assert "Alder High" in reader.get(f"{PACKS}names.csv").content.decode()
    for given in ({"digest": f"{row.digest}  auditor-pack.zip"}, {"file": SimpleUploadedFile("x.zip", file.content)}):
        answer = reader.post(f"{PACKS}check/", given).text
        assert "This pack was made here" in answer and address in answer
    other = reader.post(f"{PACKS}check/", {"file": SimpleUploadedFile("x.zip", file.content + b" ")}).text
    assert "No pack made here has this checksum" in other
    assert reader.post(f"{PACKS}check/", {}).status_code == 422


def test_what_is_erased_is_made_again_and_what_changed_is_not_handed_out(place: Place) -> None:
    address = place.ask()
    place.make(address)
    with in_district(place.district.pk):
        forget_pack_files(actor=clerk(place.district), at=AT + dt.timedelta(days=30))
        Site.objects.filter(pk=place.site.pk).update(lowest_grade=0, highest_grade=5)
    assert "is erased" in place.reader.get(address).text
    assert place.reader.post(address)["Location"] == address
    assert "The file is being made" in place.reader.get(address).text
    place.make(address)
    changed = place.reader.get(address).text
    assert "no longer comes out the same" in changed and "Download the pack" not in changed
