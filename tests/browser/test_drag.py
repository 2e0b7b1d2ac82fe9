"""A draft's sessions are dragged to another day or consultant, with the same result as by the form of their site."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.checks import Watch, axe_clean
from tests.browser.conftest import Visit
from tests.moments import SUITE_BEGINS, put_clock

PLANS = "/en/training/plans/"


@pytest.fixture
def draft(visit: Visit, clock: Path) -> Iterator[str]:
    """The address of a new draft; set aside when the test has ended."""
    put_clock(clock, SUITE_BEGINS + dt.timedelta(hours=2))  # by then all that the demo enters is known
    page = visit(PLANS, person="coordinator").page
    page.get_by_role("button", name="Draft a plan").click()
    expect(page.get_by_role("status")).to_contain_text("Drafted.", timeout=30_000)
    path = page.url[page.url.index("/en/") :]
    yield path
    page.goto(page.url)
    page.get_by_role("link", name="Set it aside").click()
    page.get_by_role("button", name="Yes, set it aside").click()


def calendar(visit: Visit, draft: str) -> Watch:
    return visit(f"{draft}calendar/", person="coordinator")


def pick_up(page: Page, card: Locator) -> None:
    """Take the card in hand, as far as the browser's own drag needs, and wait for what is possible."""
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 24, box["y"] + box["height"] / 2 + 8, steps=4)
    expect(page.locator("[data-places] h3").first).to_be_visible()


def let_go(page: Page, spot: Locator) -> None:
    spot.scroll_into_view_if_needed()
    spot.hover()
    spot.hover()  # a browser takes what it moves over twice for a place to drop
    page.mouse.up()


def when_and_who(page: Page, path: str) -> tuple[str, str]:
    page.goto(page.url.partition("/en/")[0] + path)
    facts = page.locator("dl.facts").first
    return facts.locator("dd").first.inner_text(), facts.locator("dt", has_text="Consultant").locator(
        "+ dd"
    ).inner_text()


def test_a_dragged_session_stands_as_the_form_would_have_put_it_and_goes_back(visit: Visit, draft: str) -> None:
    watch = calendar(visit, draft)
    page = watch.page
    card = page.locator("[data-card]:not([data-pinned])").first
    path, site = card.get_attribute("data-form") or "", card.get_attribute("data-site")
    ref = card.get_attribute("data-card")
    before = when_and_who(visit(path, person="coordinator").page, path)

    pick_up(page, card)
    spot = page.locator("[data-places] [data-day]").first
    words = spot.inner_text()
    let_go(page, spot)
    told = page.locator("[data-told]")
    expect(told).to_contain_text(f"{site}: Changed and pinned.")
    expect(page.locator(f"[data-card='{ref}']")).to_contain_text("Pinned")
    axe_clean(page)
    dragged = when_and_who(visit(path, person="coordinator").page, path)
    assert dragged != before and dragged[1] == before[1]

    page.get_by_role("button", name="Take the change back").click()
    expect(told).to_contain_text("Taken back")
    assert when_and_who(visit(path, person="coordinator").page, path) == before

    form = visit(path, person="coordinator", scripts=False).page
    form.get_by_label("Day and start").select_option(label=words)
    form.get_by_role("button", name="Change and pin").click()
    assert when_and_who(form, path) == dragged
    watch.no_policy_violations()


def test_a_session_goes_to_another_consultant_and_a_pinned_one_stays(visit: Visit, draft: str) -> None:
    page = visit(f"{draft}members/", person="coordinator").page
    held = page.locator("[data-board] details").filter(has=page.locator("[data-card]:not([data-pinned])")).first
    held.locator("summary").click()
    card = held.locator("[data-card]:not([data-pinned])").first
    ref = card.get_attribute("data-card")
    pick_up(page, card)
    spot = page.locator("tr.is-possible[data-person]").first
    person = spot.get_attribute("data-person")
    let_go(page, spot.locator("th"))
    expect(page.locator("[data-told]")).to_contain_text("Changed and pinned.")
    moved = page.locator(f"tr[data-person='{person}'] [data-card='{ref}']")
    expect(moved).to_be_visible()
    page.reload()
    assert moved.get_attribute("draggable") == "false"


def test_a_refused_drop_says_why_and_the_session_stays(visit: Visit, draft: str) -> None:
    page = calendar(visit, draft).page
    card = page.locator("[data-card]:not([data-pinned])").first
    stood = card.locator("xpath=ancestor::div[@data-day]").get_attribute("data-day")
    ref, site = card.get_attribute("data-card"), card.get_attribute("data-site")
    pick_up(page, card)
    let_go(page, page.locator(f".is-not-possible[data-day]:not([data-day='{stood}']) dt").first)
    expect(page.locator("[data-told]")).to_contain_text(f"{site}:")
    expect(page.locator("[data-told]")).to_contain_text("It stays where it was.")
    assert page.locator(f"[data-day='{stood}'] [data-card='{ref}']").count() == 1
    expect(page.locator("[data-places]")).to_be_hidden()


def test_a_board_that_lay_open_while_somebody_else_dragged_is_told_and_shows_what_stands(
    visit: Visit, draft: str
) -> None:
    here, there = calendar(visit, draft).page, calendar(visit, draft).page
    ref = here.locator("[data-card]:not([data-pinned])").first.get_attribute("data-card")
    for page, told in ((here, "Changed and pinned."), (there, "Somebody else changed this in the meantime.")):
        pick_up(page, page.locator(f"[data-card='{ref}']"))
        let_go(page, page.locator("[data-places] [data-day]").last)
        expect(page.locator("[data-told]")).to_contain_text(told)
        expect(page.locator(f"[data-card='{ref}']")).to_contain_text("Pinned")
