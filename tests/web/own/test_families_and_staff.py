"""The letter, the evenings to come, and the team of a member of staff."""

import io
import re

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_person, make_post
from tests.factories.gatherings import make_evening
from tests.factories.training import World
from tests.factories.visits import holder, read_page, seal_in
from tests.moments import AT, TODAY
from tests.web.gatherings.test_evening_pages import SETTLED
from upstander.foundation.kernel.db import in_district
from upstander.program.library.selectors.papers import letter_pdf

pytestmark = pytest.mark.django_db


def anyone() -> Client:
    return Client(SERVER_NAME="localhost")


def test_the_letter_has_a_page_a_language_under_a_name_that_says_nothing(world: World) -> None:
    answer = anyone().get("/es/own/letter.pdf")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'inline; filename="letter.pdf"',
    )
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 2
        assert str(paper.docinfo["/Title"]) == "Una carta a la escuela"
        assert str(paper.Root.Lang) == "es"
        assert "/StructTreeRoot" in paper.Root
    with in_district(world.district.pk):
        actor = world.coordinator
        drawn = letter_pdf(actor=actor, languages=("en", "es"), district="Alder", on=TODAY, at=AT)
    assert drawn.is_checked


def test_a_settled_evening_stands_in_the_list_and_says_nothing_of_its_topic(world: World) -> None:
    school = holder(world.district, "site_administrator", site=world.site)
    ref = make_evening(world).ref
    assert "No evening is planned" in read_page(anyone(), "/en/own/evenings/")
    page = f"/en/gatherings/evenings/{ref}/"
    assert school.post(page, SETTLED | seal_in(read_page(school, page))).status_code == 302
    with CaptureQueriesContext(connection) as caught:
        shown = read_page(anyone(), "/es/own/evenings/")
    assert world.site.name in shown
    assert "cuidado de niños" in shown
    assert "/es/evenings/" in shown
    assert not re.search(r"explotación|trata", re.sub(r"<footer.*", "", shown))
    assert len([query for query in caught if "training_" in query["sql"] or "gatherings_" in query["sql"]]) == 2


def test_staff_see_the_lead_of_their_region_with_the_deputy_and_headquarters_behind(world: World) -> None:
    teacher = holder(world.district, "teacher", site=world.site)
    for role, name in (("region_lead", "Lee Lead"), ("region_deputy", "Dee Deputy"), ("coordinator", "Cora C")):
        person = make_person(world.district, given_name=name.split()[0], family_name=name.split()[1])
        make_post(person, role, region=None if role == "coordinator" else world.region)
    shown = read_page(teacher, "/en/own/contacts/")
    order = [shown.index(said) for said in ("Leads the team", "Stands in", "Headquarters", "Program coordinator")]
    assert order == sorted(order)
    assert anyone().get("/en/own/contacts/").status_code == 302
