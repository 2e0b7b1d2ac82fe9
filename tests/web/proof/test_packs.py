"""Auditor packs in the browser: asked for, taken along, recognized, and never handed out when they changed."""

import datetime as dt
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_district
from tests.factories.visits import holder
from tests.moments import AT
from tests.program.compliance.world import clerk, moment, terms
from tests.web.coverage.visits import DAY, START, school
from upstander.district.places.models import Site
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import AuditPack
from upstander.program.compliance.services import set_requirement

pytestmark = pytest.mark.django_db
PACKS = "/en/proof/packs/"


def test_a_pack_is_asked_for_taken_along_and_recognized() -> None:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=clerk(district), terms=terms(), starts_on=START, at=moment(START))
    site = school(district, "Alder High", staff=5, trained=4)
    reader = holder(district)
    assert "No pack yet" in reader.get(PACKS).text
    on, ahead = DAY.isoformat(), (AT.date() + dt.timedelta(days=1)).isoformat()
    wrong = reader.post(PACKS, {"on": ahead, "known_on": "", "language": "es"})
    assert wrong.status_code == 422 and "Choose today or a day in the past." in wrong.text and ahead in wrong.text
    made = reader.post(PACKS, {"on": on, "known_on": "", "language": "es"})
    with in_district(district.pk):
        row = AuditPack.objects.get()
    assert made["Location"] == f"{PACKS}{row.ref}/" and row.person_count == 5
    page = reader.get(made["Location"]).text
    assert row.digest[:32] in page and "It tells of 5 people." in page
    file = reader.get(f"{PACKS}{row.ref}/pack.zip")
    assert hashlib.sha256(file.content).hexdigest() == row.digest
    assert "Alder High" in reader.get(f"{PACKS}names.csv").content.decode()
    for given in ({"digest": f"{row.digest}  auditor-pack.zip"}, {"file": SimpleUploadedFile("x.zip", file.content)}):
        answer = reader.post(f"{PACKS}check/", given).text
        assert "This pack was made here" in answer and f"{PACKS}{row.ref}/" in answer
    other = reader.post(f"{PACKS}check/", {"file": SimpleUploadedFile("x.zip", file.content + b" ")}).text
    assert "No pack made here has this check sum" in other
    assert reader.post(f"{PACKS}check/", {}).status_code == 422
    with in_district(district.pk):
        Site.objects.filter(pk=site.pk).update(lowest_grade=0, highest_grade=5)
    changed = reader.get(f"{PACKS}{row.ref}/pack.zip")
    assert changed.status_code == 409 and "no longer comes out the same" in changed.text
