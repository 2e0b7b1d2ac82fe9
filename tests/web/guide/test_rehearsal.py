"""The rehearsal's situations: sound on their own, and the guide's acceptance tests."""

import datetime as dt
import html

import pytest
from django.test import Client

from tests.factories import make_account, make_person, make_post
from tests.factories.guide import GuideWorld as World
from tests.factories.visits import signed_in
from tests.web.guide.test_taps import Walker, is_call
from upstander.district.places.models import District
from upstander.engines.indicators import read
from upstander.program.guidance.content.situations import Situation, rule_named
from upstander.program.guidance.selectors.branches import shipped_branches
from upstander.program.guidance.selectors.practice import shipped_situations
from upstander.program.law.selectors import shipped_packs

SITUATIONS = shipped_situations()
each_situation = pytest.mark.parametrize("situation", SITUATIONS.values(), ids=list(SITUATIONS))
each_language = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
def staff(world: World) -> Client:
    account = make_account()
    make_post(make_person(District.objects.get(key="alder"), account=account), "teacher")
    return signed_in(account)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.unescape(response.content.decode())


@each_situation
def test_the_rule_reads_as_the_situation_expects(situation: Situation) -> None:
    if situation.reading is None:
        assert situation.skips_rule
        return
    rule = rule_named(shipped_packs(), situation.reading.rule)
    assert rule is not None
    assert read(rule.logic(), situation.reading.answers).outcome is situation.reading.outcome


@each_language
def test_its_branch_leads_to_the_call_whatever_the_rule_says(world: World, language: str) -> None:
    walker = Walker(Client(SERVER_NAME="localhost"))
    first = f"/{language}/guide/door/{world.code}/"
    for situation in SITUATIONS.values():
        path = f"{first}when/{situation.branch}/"
        assert path in walker.links(first), situation.key
        assert any(map(is_call, walker.links(path))), situation.key


def test_they_cover_what_is_often_overlooked_and_every_outcome() -> None:
    assert len(SITUATIONS) >= 12
    assert {about for one in SITUATIONS.values() for about in one.about} >= {"boys", "labor", "family", "peer"}
    assert {one.reading.outcome for one in SITUATIONS.values() if one.reading} == {"met", "not_met", "incomplete"}
    assert {one.skips_rule for one in SITUATIONS.values()} == {"", "danger", "told", "adult"}
    not_met = [one for one in SITUATIONS.values() if one.reading and one.reading.outcome == "not_met"]
    assert {bool(one.calls) for one in not_met} == {True, False}, "not met, and yet a call; and help without one"


def test_a_child_who_told_or_danger_is_never_weighed_against_a_rule() -> None:
    for one in SITUATIONS.values():
        if one.skips_rule in {"danger", "told"}:
            assert {"child_welfare", "law"} <= set(one.calls), one.key
        assert ("emergency" in one.calls) == (one.skips_rule == "danger"), one.key


@each_language
def test_staff_choose_and_then_see_the_expected_path(staff: Client, language: str) -> None:
    for one in SITUATIONS.values():
        shown = page(staff, f"/{language}/guide/practice/{one.key}/").split("<main", 1)[1]
        said = [*one.story, *(option.why for option in one.options), one.why]
        assert [text.en for text in said if text.in_language(language) not in shown] == [], one.key
        assert shown.count("<details") == len(one.options) + 1
        assert "<form" not in shown and "<input" not in shown
        assert f'href="/{language}/guide/door/when/{one.branch}/"' in shown


@each_language
def test_the_years_set_shows_what_is_not_signed_off(staff: Client, language: str) -> None:
    shown = page(staff, f"/{language}/guide/practice/set/")
    assert shown.count("<article") == len(SITUATIONS)
    words = {"en": "not yet signed off", "es": "todavía sin aprobar"}[language]
    missing = sum(given is None for one in SITUATIONS.values() for given in one.sign_offs.values())
    assert shown.count(words) == missing > 0


def test_a_retired_situation_is_gone(staff: Client) -> None:
    last = max(one.retire_on for one in SITUATIONS.values())
    assert all(one.is_current(last - dt.timedelta(days=1)) for one in SITUATIONS.values() if one.retire_on == last)
    assert not any(one.is_current(last) for one in SITUATIONS.values())
    assert staff.get("/en/guide/practice/nothing/").status_code == 404


def test_every_branch_but_the_short_ones_is_rehearsed() -> None:
    assert set(shipped_branches()) - {one.branch for one in SITUATIONS.values()} == {"campus", "sibling"}
