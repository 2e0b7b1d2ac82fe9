"""What a member of staff keeps on their phone, in a real browser: by a click, for one page, gone with another click."""

import gzip

import pytest
from playwright.sync_api import Page, expect
from tests.browser.checks import Watch, axe_clean, no_worker_can_start
from tests.browser.conftest import PathOf, Visit
from tests.browser.pages import PUBLIC

each_language = pytest.mark.parametrize("language", ["en", "es"])
HEAVIEST = 70 * 1024
LEFT = """async () => ({
  copies: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname),
  stored: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
})"""
IN_THE_COPY = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  return Promise.all((await cache.keys()).map(async (one) => [
    new URL(one.url).pathname, await (await cache.match(one, {ignoreVary: true})).text()]));
}"""
NOTHING = {"copies": [], "workers": [], "stored": 0}
WORDS = {
    "en": {
        "keep": "Keep on this phone",
        "remove": "Remove from this phone",
        "custody": "An officer takes a child along",
    },
    "es": {
        "keep": "Guardar en este teléfono",
        "remove": "Quitar de este teléfono",
        "custody": "Un agente se lleva a un menor",
    },
}


def kept(visit: Visit, language: str) -> Watch:
    """The page for the staff door after the click that keeps it, with its worker at work."""
    watch = visit(f"/{language}/cards/kept/", person="teacher", phone=True)
    assert watch.page.evaluate(LEFT) == NOTHING, "nothing is kept before the click"
    watch.page.get_by_role("button", name=WORDS[language]["keep"]).click()
    expect(watch.page.get_by_role("button", name=WORDS[language]["remove"])).to_be_visible()
    return watch


def numbers(page: Page) -> list[str]:
    return [number.inner_text() for number in page.locator("#call a[href^='tel:']").all()]


@each_language
def test_it_opens_without_a_connection_and_leaves_nothing_once_removed(visit: Visit, language: str) -> None:
    watch, words = kept(visit, language), WORDS[language]
    page = watch.page
    assert page.evaluate(LEFT)["workers"] == [f"/{language}/cards/kept/"]
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-offline]")).to_be_visible()
    page.get_by_role("link", name=words["custody"]).click()
    expect(page.get_by_role("heading", name=words["custody"])).to_be_visible()
    expect(page.locator("#card-custody")).to_contain_text("48906")
    page.locator("#card-custody a[href='#call']").click()
    assert "911" in numbers(page)[0] and len(numbers(page)) > 3
    page.goto(page.url.split("#")[0])
    page.get_by_role("button", name=words["remove"]).click()
    expect(page.locator("[data-copies]")).to_have_text("0")
    expect(page.locator("[data-helpers]")).to_have_text("0")
    assert page.evaluate(LEFT) == NOTHING
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    watch.no_policy_violations()


def test_where_its_worker_cannot_start_the_page_does_not_say_that_it_is_kept_and_nothing_stays(visit: Visit) -> None:
    page = visit("/en/cards/kept/", person="teacher", phone=True).page
    no_worker_can_start(page)
    page.get_by_role("button", name=WORDS["en"]["keep"]).click()
    expect(page.locator("[data-failed]")).to_be_visible()
    expect(page.get_by_role("button", name=WORDS["en"]["keep"])).to_be_visible()
    assert page.evaluate(LEFT) == NOTHING


def test_the_copy_is_this_page_and_its_files_and_no_answer_is_in_it(visit: Visit) -> None:
    page = kept(visit, "en").page
    page.goto(page.url.split("#")[0] + "#noticed")
    page.locator("label[for=B1-seen]").click()
    page.locator("label[for=B3-seen]").click()
    page.get_by_role("button", name="See how the rule reads").click()
    expect(page.locator("[data-reading]")).to_contain_text("This meets the rule.")
    expect(page.locator("[data-reading] a:visible")).to_have_attribute("href", "#call")
    copy = dict(page.evaluate(IN_THE_COPY))
    pages = [path for path in copy if not path.startswith("/static/")]
    assert pages == ["/en/cards/kept/"]
    assert copy[pages[0]].count("checked>") == copy[pages[0]].count('value="dont_know" checked>') == 8
    assert "teacher@" not in copy[pages[0]] and "csrf" not in copy[pages[0]]
    assert sum(len(gzip.compress(text.encode())) for text in copy.values()) <= HEAVIEST


def test_an_old_copy_says_its_age_and_a_connection_brings_it_up_to_date(visit: Visit) -> None:
    page = kept(visit, "en").page
    page.evaluate("""async () => {
      const [name] = await caches.keys(), cache = await caches.open(name);
      const text = await (await cache.match(location.pathname, {ignoreVary: true})).text();
      const [date] = new Date(Date.now() - 3 * 864e5).toISOString().split("T");
      const old = text.replace(/data-(day|on)="[^"]*"/g, `data-$1="${date}"`);
      await cache.put(location.pathname, new Response(old, {headers: {"Content-Type": "text/html"}}));
    }""")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-age]")).to_contain_text("days old")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-offline]")).to_be_hidden()
    day = page.locator("[data-on]").get_attribute("data-on")
    expect(page.locator("[data-kept]")).to_have_attribute("data-fresh", str(day))
    text = dict(page.evaluate(IN_THE_COPY))["/en/cards/kept/"]
    assert f'data-day="{day}"' in text


def test_whoever_is_signed_out_meanwhile_still_has_the_numbers(visit: Visit) -> None:
    page = kept(visit, "en").page
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cards")
    page.get_by_role("link", name="Show me the call").first.click()
    assert "911" in numbers(page)[0]


def test_pages_for_everyone_register_nothing(visit: Visit, path_of: PathOf) -> None:
    for shot in PUBLIC:
        page = visit(f"/en/{path_of(shot)}", status=shot.status, again=True).page
        assert page.evaluate(LEFT)["workers"] == [], shot.name
        assert page.evaluate(LEFT)["copies"] == [], shot.name
        assert "kept.js" not in page.content()


def test_a_kept_page_is_accessible_also_while_it_is_offline(visit: Visit) -> None:
    page = kept(visit, "es").page
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-offline]")).to_be_visible()
    axe_clean(page)
    page.context.set_offline(False)
