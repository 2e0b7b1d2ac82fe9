"""The board in the browser: an honest number with its definition, for any past day, in twelve queries at most."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_region, make_site
from tests.factories.visits import holder
from tests.program.compliance.world import clerk, moment, terms
from tests.web.coverage.visits import DAY, school
from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.services import end_requirement, set_requirement

pytestmark = pytest.mark.django_db
QUERIES = 12


def words(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_number_stands_beside_its_definition(district: District, asked: None) -> None:
    school(district, "Birch", 5, 4)
    school(district, "Cedar", 5, 3)
    make_site(district, "Dogwood")
    text = words(holder(district), "/en/coverage/")
    assert "1 of 3 secondary schools trained" in text
    assert "at least 80% of the staff in post on that day hold an unexpired completion of “title en”" in text
    assert "Source: source en. Answers for it: owner en." in text
    assert "1 school has no staff recorded on this day. It counts as not trained." in text
    assert [name in text for name in ("Birch", "Cedar", "Dogwood")] == [True] * 3


def test_any_past_day_and_what_was_known_then(district: District, asked: None) -> None:
    school(district, "Birch", 1, 1)
    client = holder(district)
    assert "1 of 1 secondary school trained" in words(client, "/en/coverage/")
    # The factories' places and posts, and this completion, went on record on the day of AT itself.
    assert "0 of 1 secondary school trained" in words(client, "/en/coverage/?on=2026-10-04")
    assert "No secondary school on this day" in words(client, "/en/coverage/?on=2026-10-06&known_on=2026-10-07")
    assert "No requirement was in force" in words(client, "/en/coverage/?on=2026-06-30")


@pytest.mark.parametrize("query", ["on=2026-11-17", "on=yesterday", "known_on=2031-01-01", "order=x"])
def test_a_day_to_come_or_nonsense_is_refused_kindly(district: District, asked: None, query: str) -> None:
    assert "Please look at this again" in words(holder(district), f"/en/coverage/?{query}", 422)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "9999999"])
def test_a_page_that_is_none_shows_the_first(district: District, asked: None, page: str) -> None:
    school(district, "Birch", 1, 1)
    assert "Birch" in words(holder(district), f"/en/coverage/?page={page}")


def test_without_a_requirement_nothing_is_counted(district: District) -> None:
    client = holder(district)
    assert "No requirement was in force" in words(client, "/en/coverage/")
    assert "No requirement yet" in words(client, "/en/coverage/requirement/")
    assert client.get("/en/coverage/list.csv").status_code == 404


def test_another_training_without_due_days_has_a_board_of_its_own(district: District, asked: None) -> None:
    school(district, "Birch", 4, 4)
    with in_district(district.pk):
        second = terms(subject="second", title_en="Second training", title_es="Segunda capacitación")
        set_requirement(actor=clerk(district), terms=second, starts_on=dt.date(2020, 7, 1), at=moment(DAY))
    client = holder(district)
    assert "1 of 1 secondary school trained" in words(client, "/en/coverage/")
    text = words(client, "/en/coverage/?training=second")
    assert "0 of 1 secondary school trained" in text and "Coverage · Second training" in text
    drawn = client.get("/en/coverage/?training=second").content.decode()
    site = re.search(r'"/en/coverage/schools/(\w+)/\?training=second"', drawn)
    assert site and "0 of 4 people" in words(client, f"/en/coverage/schools/{site[1]}/?training=second")
    assert "Segunda capacitación" in words(client, "/es/coverage/requirement/")


def test_by_role_one_that_nobody_holds_is_there_with_zeros(district: District, asked: None) -> None:
    school(district, "Birch", 4, 3)
    client = holder(district)
    text = words(client, "/en/coverage/")
    assert "Teachers 3 4 75%" in text and "Volunteers 0 0 –" in text and "Regional leads" not in text
    assert "Voluntarios 0 0 –" in words(client, "/es/coverage/")


def test_as_many_queries_for_thirty_schools_as_for_one(district: District, asked: None) -> None:
    west = make_region(district, "West")
    school(district, "Birch", 2, 1, region=west)
    client = holder(district)
    counts = []
    for more in (0, 29):
        for number in range(more):
            school(district, f"Alder {number:02}", 1, 0, region=west)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/coverage/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= QUERIES


def test_a_site_administrator_sees_who_is_left_and_others_see_counts(district: District, asked: None) -> None:
    site = school(district, "Birch", 2, 1)
    text = words(holder(district, "site_administrator", site=site), f"/en/coverage/schools/{site.ref}/")
    assert "1 of 3 people in post are trained (33%)." in text
    assert "2 more people have to complete the training to reach 80%." in text
    assert "Birchson0" in text


def test_a_school_out_of_reach_does_not_exist(district: District, asked: None) -> None:
    mine, other = school(district, "Birch", 1, 0), school(district, "Cedar", 1, 0)
    client = holder(district, "site_administrator", site=mine)
    assert "Cedar" not in words(client, "/en/coverage/")
    assert client.get(f"/en/coverage/schools/{other.ref}/").status_code == 404
    elementary = make_site(district, lowest_grade=0, highest_grade=5)
    assert holder(district).get(f"/en/coverage/schools/{elementary.ref}/").status_code == 404


def test_the_requirement_shows_its_history(district: District, asked: None) -> None:
    with in_district(district.pk):
        later = terms(threshold_percent=90)
        set_requirement(actor=clerk(district), terms=later, starts_on=DAY, at=moment(DAY))
    text = words(holder(district), "/es/coverage/requirement/")
    assert "Una escuela cuenta como capacitada cuando al menos el 90% del personal" in text
    assert text.count("después reemplazado") == 1


def test_the_history_of_several_trainings_names_each_also_after_one_has_ended(district: District, asked: None) -> None:
    with in_district(district.pk):
        actor, second = clerk(district), terms(subject="second", title_en="Second training")
        ended = set_requirement(actor=actor, terms=second, starts_on=dt.date(2020, 7, 1), at=moment(DAY))
        end_requirement(actor=actor, ref=ended.ref, ends_on=DAY, reason="ended", at=moment(DAY))
    text = words(holder(district), "/en/coverage/requirement/")
    assert text.count("Second training:") == 2 and text.count("title en: July 1, 2026 – open") == 1


def test_the_board_is_whole_in_spanish(district: District, asked: None) -> None:
    school(district, "Birch", 1, 1)
    text = words(holder(district), "/es/coverage/")
    assert "1 de 1 escuela secundaria capacitada" in text
