"""Setting a requirement in the browser: nothing typed is lost, nothing is saved by looking, the job is told of."""

import pytest
from django.test import Client

from tests.factories import make_actor, make_district, make_person, make_post
from tests.factories.visits import holder, seal_in
from tests.moments import AT
from tests.program.compliance.test_obligations import hand
from tests.program.compliance.test_requirements import END, FIRST
from upstander.district.places.models import District
from upstander.district.places.services import add_school_year
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import Recount, Requirement
from upstander.program.training.selectors.offerings import staff_editions

pytestmark = pytest.mark.django_db
PAGE = "/en/coverage/requirements/"
TYPED = {
    "title_en": "Duty to report",
    "title_es": "Deber de informar",
    "audience": "all_staff",
    "roles": ["teacher"],
    "cadence": "school_year",
    "every_months": "12",
    "grace_days": "42",
    "opens_days": "30",
    "break_days": "0",
    "threshold_percent": "100",
    "validity_months": "12",
    "starts_on": FIRST.isoformat(),
    "source_en": "Policy 5141",
    "source_es": "Política 5141",
    "source_link": "https://district.example/policy",
    "owner_en": "Office of safety",
    "owner_es": "Oficina de seguridad",
}


def rows(district: District) -> list[Requirement]:
    with in_district(district.pk):
        return list(Requirement.objects.order_by("pk"))


def test_a_requirement_is_looked_at_saved_changed_and_ended() -> None:
    district = make_district()
    for role in ("teacher", "teacher", "classified"):
        make_post(make_person(district), role)
    with in_district(district.pk):
        add_school_year(actor=hand(district), name="2026-27", starts_on=FIRST, ends_on=END, at=AT)
    reader = holder(district)
    assert "No requirement yet" in reader.get(PAGE).text
    wrong = reader.post(f"{PAGE}new/", TYPED | {"threshold_percent": "0", "title_en": "Kept text"})
    assert wrong.status_code == 422 and "Kept text" in wrong.text
    looked = reader.post(f"{PAGE}new/", TYPED | {"preview": "1"}).text
    assert "It concerns 2 people" in looked and "Policy 5141" in looked and rows(district) == []
    assert reader.post(f"{PAGE}new/", TYPED | {"save": "1"})["Location"] == PAGE
    (row,) = rows(district)
    assert (row.subject, row.roles, row.reason, row.grace_days) == ("duty-to-report", ["teacher"], "new", 42)
    page = reader.get(PAGE).text
    due = reader.get("/en/coverage/due/").text
    assert "due days are being counted again" in due and "0 of 4 people so far" in due
    assert "counted again" not in reader.get("/en/coverage/due/?known_on=2026-11-15").text
    assert "0 of 4 people" in page and 'http-equiv="refresh"' in page and "https://district.example/policy" in page
    _changed(reader, district, row)


def test_an_edition_is_chosen_and_one_that_ships_no_more_is_kept() -> None:
    district = make_district()
    reader = holder(district)
    page = reader.get(f"{PAGE}new/").text
    with in_district(district.pk):
        known = staff_editions(actor=make_actor(district, "coordinator"))
    assert "Any edition" in page and all(f'<option value="{name}">{words}' in page for name, words in known)
    typed = TYPED | {"save": "1"}
    refused = reader.post(f"{PAGE}new/", typed | {"content_version": "made.up"})
    assert refused.status_code == 422 and "Duty to report" in refused.text
    assert reader.post(f"{PAGE}new/", typed | {"content_version": known[0][0]}).status_code == 302
    (row,) = rows(district)
    assert row.content_version == known[0][0]
    with in_district(district.pk):
        Requirement.objects.update(content_version="staff.2020-01-01")
    assert '<option value="staff.2020-01-01" selected>' in reader.get(f"{PAGE}{row.ref}/change/").text


def _changed(reader: Client, district: District, row: Requirement) -> None:
    mistake = TYPED | {"grace_days": "45", "reason": "mistaken", "starts_on": "2026-11-16", "save": "1"}
    seal = seal_in(reader.get(f"{PAGE}{row.ref}/change/").text)
    assert reader.post(f"{PAGE}{row.ref}/change/", mistake | seal).status_code == 302
    old, new = rows(district)
    assert old.superseded_at and (new.starts_on, new.grace_days, new.reason) == (FIRST, 45, "mistaken")
    late = reader.post(f"{PAGE}{old.ref}/change/", mistake | seal | {"grace_days": "60", "title_en": "Kept text"})
    assert late.status_code == 422 and "Somebody else changed this in the meantime." in late.text
    assert "Kept text" in late.text and "first day of the cycle or of the post</dt><dd>45</dd>" in late.text
    moved = reader.get(f"{PAGE}{old.ref}/end/", follow=True)
    assert moved.redirect_chain[-1][0] == f"{PAGE}{new.ref}/end/" and "Here is what stands now." in moved.text
    end, seal = {"reason": "ended"}, seal_in(moved.text)
    early = reader.post(f"{PAGE}{new.ref}/end/", end | seal | {"last_day": "2020-01-01"})
    assert early.status_code == 422 and "Choose a day on which it is asked." in early.text
    assert reader.post(f"{PAGE}{new.ref}/end/", end | seal | {"last_day": "2026-12-31"}).status_code == 302
    assert str(rows(district)[-1].ends_on) == "2027-01-01"
    with in_district(district.pk):
        Recount.objects.update(ended_at=AT)
    page = reader.get(PAGE).text
    assert "The district no longer asks for it" in page and "Rows that were replaced" in page
    assert 'http-equiv="refresh"' not in page
