"""Every page, in both languages: accessible, light, from one origin, at any width, by keyboard, without scripts.

One visit serves all checks of a page in one language, and the tour's two pictures of it when they are taken.
"""

import pytest
from playwright.sync_api import Page
from tests.browser.checks import Watch, axe_clean, fits_narrow, names_hold_what_is_seen, walks_by_keyboard
from tests.browser.conftest import PHONE, PathOf, Visit
from tests.browser.pages import PAGES, Shot
from tests.browser.tour import Tour
from tests.neutral import names_the_topic

each_page = pytest.mark.parametrize("shot", PAGES, ids=lambda shot: shot.name)
LANGUAGES = ("en", "es")
each_language = pytest.mark.parametrize("language", LANGUAGES)
# The longest file of all: two processes of a run share it.
shared_out = pytest.mark.parametrize(
    "language", [pytest.param(one, marks=pytest.mark.xdist_group(f"pages {one}")) for one in LANGUAGES]
)
OTHER = {"en": "es", "es": "en"}


@each_page
@shared_out
def test_it_is_sound(visit: Visit, path_of: PathOf, tour: Tour, shot: Shot, language: str) -> None:
    shot = shot._replace(path=path_of(shot))
    watch = visit(f"/{language}/{shot.path}", person=shot.person, status=shot.status, same_page=True)
    watch.everything_arrived()
    watch.no_policy_violations()
    watch.no_foreign_requests()
    watch.is_light()
    offers_the_other_language(watch, shot, language)
    names_hold_what_is_seen(watch.page)
    if shot.in_tour:
        tour.picture(watch.page, f"{shot.name}-desktop-{language}", full=True)
    fits_narrow(watch.page)
    if not shot.person:
        is_safe_to_be_seen(watch)
    # Both languages have the same parts: the English page is walked on a desktop, the Spanish one, with its longer
    # words, on a phone.
    if language == "es" or tour.is_taken:
        take_a_phone(watch.page)
        if shot.in_tour:
            tour.picture(watch.page, f"{shot.name}-phone-{language}")
    walks_by_keyboard(watch.page)
    axe_clean(watch.page)


def take_a_phone(page: Page) -> None:
    """The page as it stands on a phone, from its top."""
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def is_safe_to_be_seen(watch: Watch) -> None:
    """A visitor's page has a neutral title and the way out, and leaves no cookie."""
    assert watch.page.title() and not names_the_topic(watch.page.title())
    assert watch.page.locator("a[data-leave]").get_attribute("rel") == "nofollow noreferrer"
    watch.sets_no_cookie()


def offers_the_other_language(watch: Watch, shot: Shot, language: str) -> None:
    """A link to the same page in the other language; or both languages on the one page."""
    switch = watch.page.locator(".tongues a")
    if switch.count():
        assert switch.get_attribute("href") == f"/{OTHER[language]}/{shot.path}"
        assert watch.page.locator("html").get_attribute("lang") == language
    else:
        assert watch.page.locator("main [lang=es]").count()


@each_page
@pytest.mark.xdist_group("pages en")
def test_it_works_without_scripts(visit: Visit, path_of: PathOf, shot: Shot) -> None:
    page = visit(f"/en/{path_of(shot)}", person=shot.person, status=shot.status, scripts=False, same_page=True).page
    assert page.locator("h1").inner_text()
    assert page.locator("[data-needs-script]:visible").count() == 0
    sendable = page.locator("main form:has(button:not([type=button]), input[type=submit])")  # a button sends by default
    assert page.locator("main form").count() == sendable.count()


@each_language
def test_the_places_take_two_rows_of_a_phone_and_what_is_in_more_stays_on_it(visit: Visit, language: str) -> None:
    page = visit(f"/{language}/staff/", person="principal", phone=True, again=True).page
    page.locator(".whereto summary").click()
    rows = "each => new Set(each.map(item => Math.round(item.getBoundingClientRect().top))).size"
    assert page.locator(".whereto .frame > ul > li").evaluate_all(rows) <= 2
    panel = page.locator(".whereto .panel").bounding_box()
    assert panel and panel["x"] >= 0 and panel["x"] + panel["width"] <= PHONE[0]
