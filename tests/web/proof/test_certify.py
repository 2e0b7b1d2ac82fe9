"""The yearly review in the browser: the head certifies, the district sees who has and who has not."""

import csv
import io

import pytest

from tests.factories import make_site
from tests.factories.visits import holder, statements
from tests.program.compliance.test_certifications import district as district
from tests.program.compliance.test_certifications import site as site
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import SiteCertification

pytestmark = pytest.mark.django_db
LIST = "/en/proof/sites/"


def test_the_head_certifies_and_the_district_sees_it(district: District, site: Site) -> None:
    page = f"{LIST}{site.ref}/"
    head, reader = holder(district, "site_administrator", site=site, name="Ana Ruiz"), holder(district)
    before = head.get(page).text
    assert "Not yet certified" in before and "Certify this" in before and "/coverage/due/sites/" in before
    assert "Certify this" not in reader.get(page).text
    assert "0 of 1" in reader.get(LIST).text
    assert head.get(f"{page}certification.pdf").status_code == 404
    assert reader.post(page, {"replaces": ""}).status_code == 403
    assert head.post(page, {"replaces": ""})["Location"] == page
    with in_district(district.pk):
        row = SiteCertification.objects.get()
    after = head.get(page).text
    assert "Certified by Ana Ruiz" in after and f'value="{row.ref}"' in after
    late = head.post(page, {"replaces": ""}, follow=True).text
    assert "certified in the meantime" in late
    for language in ("en", "es"):
        paper = head.get(f"/{language}/proof/sites/{site.ref}/certification.pdf")
        assert paper.content.startswith(b"%PDF") and paper["Content-Type"] == "application/pdf"
    assert "1 of 1" in reader.get(LIST).text


def test_the_list_asks_the_same_of_the_database_however_long_it_is(district: District, site: Site) -> None:
    reader = holder(district)

    reader.get(LIST)
    before = statements(reader, LIST)
    for number in range(30):
        make_site(district, f"More {number}")
    assert statements(reader, LIST) == before
    rows = list(csv.reader(io.StringIO(reader.get(f"{LIST}list.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 32 and rows[1][1:] == ["", ""]
