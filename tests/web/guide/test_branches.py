"""The branches behind their two doors: complete, in both languages, and nothing for staff on an open page."""

import html
import re

import pytest

from tests.factories import make_actor
from tests.factories.guide import GuideWorld as World
from tests.moments import AT
from tests.web.guide.conftest import Get
from upstander.district.places.models import District
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.program.guidance.content.branches import Branch
from upstander.program.guidance.selectors.branches import shipped_branches
from upstander.program.law.content import Line
from upstander.program.law.services.local import Thing, propose_entry, sign_entry

BRANCHES = shipped_branches()
PUBLIC = [branch for branch in BRANCHES.values() if branch.is_public]
each_language = pytest.mark.parametrize("language", ["en", "es"])
PROMISED = {
    "told noticed campus unsure leaving family colleague labor peer adult missing elsewhere sibling interpreter images"
    " housing"
}


def own_words(branch: Branch) -> list[Text]:
    """What only this branch's page says, without the tile that names it."""
    steps = [text for step in branch.steps for text in (*step.do, *step.dont)]
    return [branch.lead, *steps]


def test_every_promised_branch_ships_and_its_door_is_decided() -> None:
    assert {" ".join(BRANCHES)} == PROMISED
    assert [key for key, branch in BRANCHES.items() if not branch.is_public] == ["leaving", "family", "peer"]


@each_language
def test_a_branch_says_all_it_has_behind_the_staff_door(get: Get, world: World, language: str) -> None:
    for key, branch in BRANCHES.items():
        page = html.unescape(get(f"/{language}/guide/door/{world.code}/when/{key}/"))
        missing = [
            text.en for text in own_words(branch) if "{" not in text.en and text.in_language(language) not in page
        ]
        assert missing == [], key
        assert "{" not in page.split("<main", 1)[1], key


@each_language
def test_an_open_branch_holds_back_what_is_for_staff(get: Get, language: str) -> None:
    hidden = [
        text for branch in BRANCHES.values() if not branch.is_public for text in (branch.tile, *own_words(branch))
    ]
    pages = [html.unescape(get(f"/{language}/guide/when/{branch.key}/")) for branch in PUBLIC]
    pages.append(html.unescape(get(f"/{language}/guide/")))
    for page in pages:
        assert [text.en for text in hidden if text.in_language(language) in page] == []
        assert "/guide/door" not in page


def test_the_signs_of_forced_work_are_for_staff(get: Get, world: World) -> None:
    sign = "a debt to the employer"
    assert sign in get(f"/en/guide/door/{world.code}/when/labor/")
    assert sign not in get("/en/guide/when/labor/")


@pytest.mark.parametrize("key", ["leaving", "family", "peer", "nothing"])
def test_a_staff_branch_is_not_found_at_the_open_door(get: Get, key: str) -> None:
    get(f"/en/guide/when/{key}/", status=404)


def test_the_law_of_another_state_is_not_told(get: Get) -> None:
    assert "Penal Code 11165.15" in get("/en/guide/when/housing/")
    District.objects.filter(key="fork").update(state_key="us-zz", county_key="")
    assert "Penal Code" not in get("/en/guide/when/housing/", host="north.localhost")


@each_language
def test_the_numbers_and_the_call_stand_before_every_step_and_box(get: Get, language: str) -> None:
    for branch in PUBLIC:
        page = get(f"/{language}/guide/when/{branch.key}/")
        call = page.index(f'href="/{language}/guide/call/"')
        assert page.index("tel:911") < page.index("tel:+18006324615") < page.index('id="step-1"'), branch.key
        assert call < page.index('id="step-1"'), branch.key
        assert "<textarea" not in page[:call], branch.key


def test_the_boxes_can_be_sent_by_nothing(get: Get) -> None:
    page = get("/en/guide/when/noticed/").split("<main", 1)[1]
    boxes = re.findall(r"<textarea[^>]*>", page)
    assert len(boxes) == 4
    assert all('autocomplete="off"' in box and " name=" not in box for box in boxes)
    assert "<form" not in page
    assert "Ask nothing to fill a gap" in page


@each_language
def test_every_question_can_be_skipped(get: Get, world: World, language: str) -> None:
    skip = {"en": "Skip this: show me the call", "es": "Omitir: muéstreme la llamada"}[language]
    for key, branch in BRANCHES.items():
        page = get(f"/{language}/guide/door/{world.code}/when/{key}/")
        assert (skip in page) == (branch.question is not None), key


def test_a_sites_own_steps_stand_behind_the_staff_door_only(get: Get, world: World) -> None:
    path = f"/en/guide/door/{world.code}/when/campus/"
    before = html.unescape(get(path))
    assert "This site has no steps of its own yet" in before
    assert "Program coordinator" in before
    district = District.objects.get(key="alder")
    first, second = make_actor(district), make_actor(district)
    lines = [Line(Text("Counselor on duty", "Consejería de turno"), "(650) 555-0191", "The nurse", None)]
    with in_district(district.pk):
        entry = propose_entry(actor=first, thing=Thing("steps", site_ref=world.site.ref), lines=lines, at=AT)
        sign_entry(actor=second, ref=entry.ref, over="", at=AT)
    assert "Consejería de turno" in get(path.replace("/en/", "/es/"))
    assert "no steps of its own" not in get(path)
    assert "Counselor on duty" not in get("/en/guide/when/campus/")


@each_language
def test_the_districts_own_people_for_each_level_stand_behind_the_staff_door_with_their_owner(
    get: Get, world: World, language: str
) -> None:
    District.objects.filter(key="alder").update(county_key="us-ca-san-diego")
    district, path = District.objects.get(key="alder"), f"/{language}/guide/door/{world.code}/when/campus/"
    first, second = make_actor(district), make_actor(district)
    desk = [Line(Text("County desk", "Mesa del condado"), "(619) 555-0199", "", AT.date())]
    people = [Line(Text("Wellness center", "Centro de bienestar"), "(619) 555-0100", "The nurse", None)]
    levels = ("suspected_grooming", "suspected_victimization", "confirmed_victimization")
    things = [(Thing("child_welfare"), desk), *((Thing("level_steps", level), people) for level in levels)]
    for thing, lines in things:
        assert people[0].phone not in get(path), "shown before every level has its people"
        with in_district(district.pk):
            entry = propose_entry(actor=first, thing=thing, lines=lines, at=AT)
            sign_entry(actor=second, ref=entry.ref, over="", at=AT)
    section = html.unescape(get(path)).split('id="levels"')[1].split("</section>")[0]
    assert (section.count("<h3>"), section.count("(619) 555-0100"), "Alder Unified" in section) == (3, 3, True)
    assert people[0].name.in_language(language) in section and "The nurse" in section
    assert "(619) 555-0100" not in get(f"/{language}/guide/when/campus/")


def test_a_number_put_right_by_the_district_shows_on_every_step(get: Get) -> None:
    district = District.objects.get(key="alder")
    first, second = make_actor(district), make_actor(district)
    lines = [Line(Text("County desk", "Mesa del condado"), "(650) 555-0199", "", AT.date())]
    with in_district(district.pk):
        entry = propose_entry(actor=first, thing=Thing("child_welfare"), lines=lines, at=AT)
        sign_entry(actor=second, ref=entry.ref, over="", at=AT)
    for path in ("", "when/told/", "call/"):
        assert "(650) 555-0199" in get(f"/en/guide/{path}"), path


def test_a_sites_sheet_knows_its_police_or_sheriff(get: Get, world: World) -> None:
    assert "tel:6505550110" in get(f"/en/guide/door/{world.code}/when/campus/")
    assert "tel:6505550110" not in get("/en/guide/when/campus/")
