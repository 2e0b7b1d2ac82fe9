"""The board report in the browser: on a page, on paper, in both languages; every number leads to its list."""

import csv
import io
import re

import pytest

from tests.factories import make_site
from tests.factories.visits import holder, statements
from tests.program.compliance.test_certifications import district as district
from tests.program.compliance.test_certifications import site as site
from upstander.district.places.models import District, Site

pytestmark = pytest.mark.django_db
PAGE = "/en/proof/board/"


def test_every_number_leads_to_its_list(district: District, site: Site) -> None:
    reader = holder(district)
    page = reader.get(PAGE).text
    assert "1 of 1" in page and "secondary school is trained" in page
    assert "Too few people are asked" in page  # six people are bound by the law: nothing of them is told
    sources = set(re.findall(r'href="(/en/[^"]+\?on=[^"]*)"', page.replace("&amp;", "&")))
    assert {source.partition("?")[0] for source in sources} >= {
        "/en/coverage/",
        "/en/coverage/due/",
        "/en/coverage/requirement/",
        "/en/proof/board/schools/",
    }
    assert {source: reader.get(source).status_code for source in sources} == dict.fromkeys(sources, 200)
    for language in ("en", "es"):
        paper = reader.get(f"/{language}/proof/board/report.pdf")
        assert paper.content.startswith(b"%PDF") and paper.content.count(b"/Type /Page\n") <= 1
    ahead = reader.get(f"{PAGE}?on=2030-01-01")
    assert ahead.status_code == 422 and "Choose today or a day in the past." in ahead.text
    assert "Nothing was asked on this day" in reader.get(f"{PAGE}?on=2019-01-01").text


def test_the_list_of_schools_asks_the_same_however_long_it_is(district: District, site: Site) -> None:
    reader, lists = holder(district), f"{PAGE}schools/"

    reader.get(lists)
    before = statements(reader, lists)
    for number in range(30):
        make_site(district, f"More {number}")
    assert statements(reader, lists) == before
    rows = list(csv.reader(io.StringIO(reader.get(f"{PAGE}schools.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 32 and rows[-1][-2:] == ["0", "0"]
