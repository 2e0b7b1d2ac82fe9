"""Every page, in both languages: accessible, light, from one origin, at any width, by keyboard, without scripts.

One visit serves all checks of a page in one language, and the tour's two pictures of it.
"""

import pytest
from tests.browser.checks import Watch, axe_clean, fits_narrow, walks_by_keyboard
from tests.browser.conftest import PHONE, Visit
from tests.browser.pages import PAGES, PUBLIC, Shot
from tests.browser.tour import Tour

each_page = pytest.mark.parametrize("shot", PAGES, ids=lambda shot: shot.name)
each_public_page = pytest.mark.parametrize("shot", PUBLIC, ids=lambda shot: shot.name)
each_language = pytest.mark.parametrize("language", ["en", "es"])
OTHER = {"en": "es", "es": "en"}


@each_page
@each_language
def test_it_is_sound(visit: Visit, tour: Tour, shot: Shot, language: str) -> None:
    watch = visit(f"/{language}/{shot.path}", person=shot.person, status=shot.status)
    watch.everything_arrived()
    watch.no_policy_violations()
    watch.no_foreign_requests()
    watch.is_light()
    offers_the_other_language(watch, shot, language)
    if shot.in_tour:
        tour.picture(watch.page, f"{shot.name}-desktop-{language}", full=True)
    fits_narrow(watch.page)
    if language == "en":  # the Spanish page has the same parts; on a phone, where words wrap, it is walked too
        walks_by_keyboard(watch.page)
        axe_clean(watch.page)
    width, height = PHONE
    watch.page.set_viewport_size({"width": width, "height": height})
    watch.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    if shot.in_tour:
        tour.picture(watch.page, f"{shot.name}-phone-{language}")
    walks_by_keyboard(watch.page)
    axe_clean(watch.page)


def offers_the_other_language(watch: Watch, shot: Shot, language: str) -> None:
    """A link to the same page in the other language; or both languages on the one page."""
    switch = watch.page.locator(".tongues a")
    if switch.count():
        assert switch.get_attribute("href") == f"/{OTHER[language]}/{shot.path}"
        assert watch.page.locator("html").get_attribute("lang") == language
    else:
        assert watch.page.locator("main [lang=es]").count()


@each_page
def test_it_works_without_scripts(visit: Visit, shot: Shot) -> None:
    page = visit(f"/en/{shot.path}", person=shot.person, status=shot.status, scripts=False).page
    assert page.locator("h1").inner_text()
    assert page.locator("[data-needs-script]:visible").count() == 0
    sendable = page.locator("main form:has(button:not([type=button]), input[type=submit])")  # a button sends by default
    assert page.locator("main form").count() == sendable.count()


@each_public_page
def test_a_visitor_gets_a_neutral_title_the_way_out_and_no_cookie(visit: Visit, shot: Shot) -> None:
    watch = visit(f"/es/{shot.path}", status=shot.status)
    assert watch.page.title() == "Upstander"
    assert watch.page.locator("a[data-leave]").get_attribute("rel") == "nofollow noreferrer"
    watch.sets_no_cookie()
