"""What staff watch for stands behind the staff door only, and never before the call."""

import html
import re

import pytest
from django.test import Client

from tests.factories.guide import GuideWorld as World
from tests.web.guide.conftest import Get
from upstander.program.law.selectors import shipped_packs

RULE = shipped_packs()["us-ca-san-mateo"][-1].rule_sets[0]
OBSERVATIONS = [seen for group in RULE.groups for seen in group.observations]
PUBLIC = (
    "",
    "help/",
    "about/",
    "guide/",
    "guide/call/",
    "guide/call/sites/",
    "report/clock/",
    "guide/when/noticed/",
    "account/sign-in/",
)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_door_shows_the_whole_rule_with_its_owner_source_and_the_law(get: Get, world: World, language: str) -> None:
    page = html.unescape(get(f"/{language}/guide/door/{world.code}/rule/"))
    assert [seen.key for seen in OBSERVATIONS if seen.text.in_language(language) not in page] == []
    assert page.count("<fieldset") == len(OBSERVATIONS) == 8
    assert {"en": "San Mateo County’s at-risk rule", "es": "regla de riesgo (Condado de San Mateo)"}[language] in page
    assert "San Mateo County Office of Education" in page
    assert {"en": "reasonable suspicion", "es": "sospecha razonable"}[language] in page


def test_every_answer_begins_as_dont_know(get: Get, world: World) -> None:
    page = get(f"/en/guide/door/{world.code}/rule/")
    assert page.count('value="dont_know" checked') == 8
    assert page.count(" checked>") == 8


def test_the_call_stands_before_the_first_question_and_after_the_last(get: Get, world: World) -> None:
    page = get(f"/en/guide/door/{world.code}/rule/")
    call = f"/en/guide/call/at/{world.site.ref}/"
    assert page.index(call) < page.index("<fieldset")
    assert page.rindex(call) > page.rindex("<fieldset")
    assert "I still suspect" in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_outcome_leads_to_the_call_in_the_same_way(get: Get, world: World, language: str) -> None:
    page = get(f"/{language}/guide/door/{world.code}/rule/")
    outcomes = {
        name: page.split(f'data-outcome="{name}"')[1].split("</div>")[0]
        for name in ("met", "not_met", "incomplete", "unanswered")
    }
    links = {name: re.findall(r'<a class="([^"]*)" href="([^"]*)"', part) for name, part in outcomes.items()}
    assert set(map(tuple, links.values())) == {(("usa-button", f"/{language}/guide/call/at/{world.site.ref}/"),)}


def test_not_met_is_followed_at_once_by_the_law_and_the_call(get: Get, world: World) -> None:
    page = html.unescape(get(f"/en/guide/door/{world.code}/rule/"))
    not_met = page.split('data-outcome="not_met"')[1].split("</div>")[0]
    order = [
        "The rule is not met",
        "What the law asks",
        "The test is reasonable suspicion",
        "I still suspect",
        "Look again",
    ]
    assert [not_met.index(words) for words in order] == sorted(not_met.index(words) for words in order)


@pytest.mark.parametrize(("language", "words"), [("en", "Nobody should question"), ("es", "Nadie debe interrogar")])
def test_nothing_answered_asks_nobody_and_has_the_law_with_the_weight_it_has_elsewhere(
    get: Get, world: World, language: str, words: str
) -> None:
    page = html.unescape(get(f"/{language}/guide/door/{world.code}/rule/"))
    parts = [page.split(f'data-outcome="{name}"')[1].split("</div>")[0] for name in ("unanswered", "not_met")]
    law = [re.findall(r"(?s)<h3>.*", part.partition("<p><a")[0]) for part in parts]
    assert words in parts[0]
    assert "data-matter" not in parts[0]
    assert law[0] == law[1] != []


@pytest.mark.parametrize(("language", "words"), [("en", "does not mean"), ("es", "no significa")])
def test_not_met_never_reads_as_safe(get: Get, world: World, language: str, words: str) -> None:
    page = get(f"/{language}/guide/door/{world.code}/rule/")
    not_met = page.split('data-outcome="not_met"')[1].split("</div>")[0]
    assert words in not_met
    assert "no report" not in not_met.lower()


def test_without_scripts_the_page_says_how_to_count_by_hand(get: Get, world: World) -> None:
    page = get(f"/en/guide/door/{world.code}/rule/")
    assert "1 mark or more in this group: make a child-welfare report." in page
    assert "2 marks or more in this group: make a child-welfare report." in page
    assert "Fewer marks do not mean that a child is safe" in page


@pytest.mark.parametrize("page", ["", "rule/", "when/labor/"])
def test_the_door_is_kept_out_of_search_caches_and_referrers(world: World, page: str) -> None:
    response = Client(SERVER_NAME="localhost").get(f"/en/guide/door/{world.code}/{page}")
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert 'content="noindex, nofollow"' in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_public_page_shows_or_links_to_it(get: Get, world: World, language: str) -> None:
    for path in (*PUBLIC, f"guide/call/at/{world.site.ref}/"):
        page = html.unescape(get(f"/{language}/{path}"))
        assert "/guide/door" not in page, path
        assert world.code not in page, path
        assert [seen.key for seen in OBSERVATIONS if seen.text.in_language(language) in page] == [], path


def test_a_wrong_code_and_another_districts_code_are_not_found(get: Get, world: World) -> None:
    get("/en/guide/door/0000000000000000/", status=404)
    get(f"/en/guide/door/{world.code}/rule/", host="north.localhost", status=404)
