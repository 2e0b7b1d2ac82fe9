"""What a district says on pages of its own stands on paper, and its facts among those that somebody looks after."""

import io

import pytest
from django.test import Client
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings
from wagtail.models import Collection

from tests.factories.guide import GuideWorld, make_guide_world
from tests.factories.own import BODY, DATA, ROLES, make_editor, make_reviewer, publish
from tests.factories.papers import alternatives, squeezed, text_of
from tests.factories.visits import holder
from tests.moments import AT, TODAY
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.facts.selectors.uses import all_uses, uses_by_fact
from upstander.program.library.content.pictures import ON_PAPER, drawing, plain_copy
from upstander.program.library.models import Picture, StoredPicture
from upstander.program.library.selectors.kits import shipped_kits
from upstander.program.library.selectors.pages import open_faces
from upstander.program.library.services import MAKE_PRINTS
from upstander.program.library.services.own import take_out

pytestmark = pytest.mark.django_db
FACT = "ca.records.parent_access"


@pytest.fixture
def district(tmp_path: object, settings: Settings) -> District:
    settings.PRINTS = tmp_path
    world: GuideWorld = make_guide_world()
    return District.objects.get(pk=world.site.district_id)


def a_picture() -> bytes:
    photo = io.BytesIO()
    Image.new("RGB", (900, 300), "green").save(photo, "PNG")
    return plain_copy(photo.getvalue())


def stored_picture(district: District) -> int:
    with in_district(district.pk):
        StoredPicture.objects.create(district_id=district.pk, name="door.webp", body=a_picture())
        told = {"title": "Door", "alt_en": "A green door stands open.", "alt_es": "Una puerta verde está abierta."}
        size = {"file": "door.webp", "width": 900, "height": 300, "nobody_shown": True}
        picture = Picture(collection=Collection.objects.get(depth=2), **told, **size)
        picture.save()
    return int(picture.pk)


def read(path: str) -> bytes:
    answer = Client(SERVER_NAME="localhost").get(path)
    assert answer.status_code == 200
    return bytes(answer.content)


def test_a_page_of_our_own_is_a_chapter_with_its_picture_and_its_facts_are_told_of(district: District) -> None:
    editor, reviewers = make_editor(district), [make_reviewer(district, role) for role in ROLES]
    body = [*BODY, {"type": "picture", "value": stored_picture(district)}]
    page = publish(editor, reviewers, body=body)
    with in_district(district.pk):
        assert ProcrastinateJob.objects.filter(task_name=MAKE_PRINTS).count() == 1
    for language, title in (("en", DATA["title"]), ("es", DATA["title_es"])):
        pdf = read(f"/{language}/toolkit/toolkit/pdf/")
        assert squeezed(title) in text_of(pdf)
        assert {"en": "A green door stands open.", "es": "Una puerta verde está abierta."}[language] in alternatives(
            pdf
        )
        assert f"/{language}/learn/{page.slug}/" in read(f"/{language}/sources/").decode()
    with in_district(district.pk):
        uses = uses_by_fact(actor=visitor(district.pk), on=TODAY)[FACT]
        assert page.slug in {use.key for use in uses}
        take_out(actor=editor, key=page.slug, at=AT)
        assert ProcrastinateJob.objects.filter(task_name=MAKE_PRINTS).count() == 2
    assert squeezed(DATA["title"]) not in text_of(read("/en/toolkit/toolkit/pdf/"))


def test_a_fact_names_the_part_of_each_paper_on_which_it_stands(district: District) -> None:
    client = holder(district, "coordinator")
    shown = " ".join(client.get("/es/facts/line.childhelp/").content.decode().split())
    assert "/es/toolkit/cards_families/pdf/" in shown
    assert "Tarjetas de bolsillo para familias</a>, parte «A quién llamar»" in shown
    with in_district(district.pk):
        uses = uses_by_fact(actor=visitor(district.pk), on=TODAY)["line.childhelp"]
    found = {(use.key, use.within.en) for use in uses if use.part == "print"}
    assert ("cards_families", "Whom to call") in found
    assert ("poster_noticing", "Danger right now") in found or (
        "poster_lines",
        "If someone hurts you at home or anywhere",
    ) in found


def test_who_asks_for_the_uses_without_papers_gets_all_the_others(district: District) -> None:
    reader = visitor(district.pk)
    with in_district(district.pk):
        whole = all_uses(actor=reader, on=TODAY)
        others = [use for use in whole if use.part not in {"print", "sheet"}]
        assert all_uses(actor=reader, on=TODAY, with_papers=False) == others
    assert 0 < len(others) < len(whole)


def test_a_fact_names_every_page_of_the_book_and_every_sheet_of_a_campaign_on_which_it_stands(
    district: District,
) -> None:
    client = holder(district, "coordinator")
    shown = " ".join(client.get("/en/facts/line.crisis_988/").content.decode().split())
    assert 'Sheet of a campaign: <a href="/en/toolkit/staff/campaigns/january/">Prevention month</a>' in shown
    with in_district(district.pk):
        uses = uses_by_fact(actor=visitor(district.pk), on=TODAY)
        in_book = {(use.fact, use.within.en) for each in uses.values() for use in each if use.key == "toolkit"}
        pages = open_faces(actor=visitor(district.pk), language="en", on=TODAY)
        told = {(fact, page.title) for page in pages for shape in page.shapes for fact in shape.named}
        on_sheets = {use.key for use in uses["line.crisis_988"] if use.part == "sheet"}
    assert told <= in_book and ("emergency.number", "") in in_book
    assert on_sheets == set(shipped_kits())
    sources = Client(SERVER_NAME="localhost").get("/en/sources/").content.decode()
    assert "/toolkit/staff/" not in sources and "/toolkit/toolkit/pdf/" not in sources


def test_a_picture_on_paper_is_never_larger_than_its_place() -> None:
    drawn = drawing(a_picture())
    assert f'width="{ON_PAPER[0]:.1f}" height="{ON_PAPER[0] / 3:.1f}"' in drawn
