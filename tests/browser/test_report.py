"""The report companion in a real browser: it sends nothing, keeps nothing without consent, and proves what is left."""

import re
from pathlib import Path
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Dialog, Page, expect
from tests.browser.checks import Watch
from tests.browser.conftest import Visit
from tests.moments import AT

each_language = pytest.mark.parametrize("language", ["en", "es"])
CANARY = "Canary 7391"
# Everything a page could leave in a browser: both stores, caches, databases, workers, cookies.
LEFT = """async () => ({
  local: {...localStorage}, session: {...sessionStorage}, caches: await caches.keys(),
  databases: (await indexedDB.databases()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length, cookies: document.cookie, query: location.search,
})"""
NOTHING = {"local": {}, "session": {}, "caches": [], "databases": 0, "workers": 0, "cookies": "", "query": ""}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "read": "Read it out",
        "clear": "Clear the sheet",
        "unknown": "I do not know.",
        "set": "Start the clock",
        "second": "The second one, after the clocks went back",
        "due": "Monday at 1:30 in the afternoon",
        "zone": "(Pacific time)",
        "ahead": re.compile("^This moment has not come yet"),
        "wipe": "Wipe everything",
    },
    "es": {
        "read": "Leerla en voz alta",
        "clear": "Borrar la hoja",
        "unknown": "No lo sé.",
        "set": "Poner en marcha el reloj",
        "second": "La segunda, después de que se atrasaran",
        "due": "lunes a la 1:30 de la tarde",
        "zone": "(Hora del Pacífico)",
        "ahead": re.compile("ese momento todavía no llega"),
        "wipe": "Borrar todo",
    },
}


def listen(watch: Watch) -> list[str]:
    """Every request from now on."""
    watch.page.wait_for_load_state("networkidle")
    sent: list[str] = []
    watch.page.on("request", lambda request: sent.append(request.url))
    return sent


@each_language
def test_the_worksheet_is_filled_read_out_and_cleared_and_nothing_leaves_it(visit: Visit, language: str) -> None:
    watch = visit(f"/{language}/report/worksheet/", phone=True)
    page, words, sent = watch.page, WORDS[language], listen(watch)
    fields = page.locator("[data-ask] :is(input, textarea)")
    for index in range(fields.count() - 1):
        fields.nth(index).fill(f"{CANARY} {index}")
    fields.first.press("Enter")
    page.get_by_role("button", name=words["read"]).click()
    assert page.locator("[data-ask] :is(input, textarea):visible").count() == 0
    heard = page.locator(".heard:visible").all_inner_texts()
    assert heard == [*(f"{CANARY} {index}" for index in range(len(heard) - 1)), words["unknown"]]
    assert page.evaluate(LEFT) == NOTHING
    page.get_by_role("button", name=words["clear"]).click()
    expect(page.locator("[data-fields]")).to_have_text("0")
    expect(page.locator("[data-stored]")).to_have_text("0")
    assert CANARY not in page.content()
    assert fields.evaluate_all("all => all.map((one) => one.value).join('')") == ""
    assert page.evaluate(LEFT) == NOTHING
    assert sent == []
    watch.no_policy_violations()
    watch.sets_no_cookie()


def test_the_worksheet_stays_in_the_tab_only_by_consent(visit: Visit) -> None:
    page = visit("/en/report/worksheet/").page
    name = page.get_by_label("Name", exact=True)
    name.fill(CANARY)
    page.reload()
    expect(name).to_have_value("")
    page.get_by_text("Keep this in this tab until I close it").click()
    name.fill(CANARY)
    page.reload()
    expect(name).to_have_value(CANARY)
    other = page.context.new_page()  # another tab sees nothing of it
    other.goto(page.url)
    expect(other.get_by_label("Name", exact=True)).to_have_value("")
    page.get_by_role("button", name="Clear the sheet").click()
    assert page.evaluate(LEFT) == NOTHING
    page.reload()
    expect(name).to_have_value("")


def test_words_on_the_worksheet_that_are_kept_nowhere_are_not_lost_unasked(visit: Visit) -> None:
    page = visit("/en/report/worksheet/").page
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    name, away = page.get_by_label("Name", exact=True), page.get_by_role("link", name="To the call")
    name.press_sequentially(CANARY)  # typed: a browser asks only those who touched the page
    away.click(no_wait_after=True)
    expect(name).to_have_value(CANARY)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Read it out").click()
    expect(page.locator("a[href='tel:911']").first).to_be_visible()
    page.evaluate("document.querySelector('a[data-leave]').href = '/en/'")  # no other site in a test
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("**/en/")
    assert asked == ["beforeunload"]


def test_without_scripts_the_worksheet_is_a_blank_sheet(visit: Visit) -> None:
    page = visit("/es/report/worksheet/", scripts=False).page
    assert page.locator("[data-ask] :is(input, textarea):visible").count() > 10
    assert page.locator("[data-needs-script]:visible").count() == 0
    page.get_by_label("Su nombre").fill(CANARY)
    page.keyboard.press("Enter")
    assert "?" not in page.url


def enter(page: Page, kind: str, day: str, time: str) -> None:
    page.clock.set_fixed_time(AT)  # the browser's own clock is the suite's too
    block = page.locator(f"[data-line={kind}]")
    block.locator("[data-day]").fill(day)
    block.locator("[data-time]").fill(time)


@each_language
def test_the_clock_asks_which_hour_was_meant_and_counts_real_hours(visit: Visit, language: str) -> None:
    watch = visit(f"/{language}/report/clock/", phone=True)
    page, words = watch.page, WORDS[language]
    enter(page, "received", "2026-11-01", "01:30")
    page.get_by_role("button", name=words["set"]).click()
    expect(page.locator("[data-due]")).to_be_hidden()
    page.get_by_text(words["second"]).locator("visible=true").click()
    page.get_by_role("button", name=words["set"]).click()
    expect(page.locator("[data-due-words]")).to_have_text(words["due"])
    expect(page.locator("[data-due-text]")).to_contain_text(words["zone"])
    expect(page.locator("[data-passed]")).to_be_visible()
    enter(page, "received", "2026-03-08", "02:30")
    expect(page.locator("[data-line=received] [data-never]")).to_be_visible()
    enter(page, "received", "2026-11-17", "17:00")
    page.get_by_role("button", name=words["set"]).click()
    expect(page.locator("[data-line=received] [data-ahead]")).to_have_text(words["ahead"])
    expect(page.locator("[data-line=received] [data-time]")).to_have_value("17:00")
    expect(page.locator("[data-lines] > li")).to_have_count(1)
    assert page.evaluate(LEFT) == NOTHING
    watch.no_policy_violations()


def test_a_friday_at_five_is_due_on_sunday_at_five_in_the_morning(visit: Visit) -> None:
    page = visit("/en/report/clock/").page
    enter(page, "received", "2026-09-18", "17:00")
    page.get_by_role("button", name="Start the clock").click()
    expect(page.locator("[data-due-words]")).to_have_text("Sunday at 5:00 in the morning")


def test_calls_and_corrections_are_lines_that_are_only_added(visit: Visit, tmp_path: Path) -> None:
    watch = visit("/en/report/clock/")
    page, sent = watch.page, listen(watch)
    enter(page, "received", "2026-09-18", "17:00")
    page.get_by_role("button", name="Start the clock").click()
    page.get_by_text("I called or tried to call").click()
    for time, agency, outcome in (("17:10", "law", "on_hold"), ("17:25", "child_welfare", "answered")):
        page.get_by_text("I called or tried to call").click() if time == "17:25" else None
        enter(page, "call", "2026-09-18", time)
        page.locator("#call-agency").select_option(agency)
        page.locator("#call-outcome").select_option(outcome)
        page.locator("#call-reference").fill("1234567890123456789")
        page.locator("[data-line=call] [data-add]").click()
    page.get_by_text("I sent the written report").click()
    enter(page, "written", "2026-09-20", "06:00")
    page.locator("[data-line=written] [data-add]").click()
    lines = page.locator("[data-lines] > li")
    expect(lines).to_have_count(4)
    expect(lines.nth(1)).to_contain_text("On hold, and I had to hang up")
    expect(lines.nth(2)).to_contain_text("Reference number: 1234567890123456789")
    expect(page.locator("[data-late]")).to_be_visible()
    page.get_by_role("button", name="Correct this line: 4").click()
    enter(page, "written", "2026-09-20", "04:00")
    page.locator("[data-line=written] [data-add]").click()
    expect(lines).to_have_count(5)
    expect(lines.nth(3)).to_contain_text("Replaced by line 5")
    expect(lines.nth(4)).to_contain_text("Replaces line 4")
    expect(page.locator("[data-in-time]")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Remind me in my own calendar").click()
    download.value.save_as(tmp_path / "entry.ics")
    (event,) = icalendar.Calendar.from_ical((tmp_path / "entry.ics").read_text()).walk("VEVENT")
    assert (download.value.suggested_filename, str(event["SUMMARY"])) == ("reminder.ics", "Reminder")
    assert [url for url in sent if not url.startswith("blob:")] == []
    assert page.evaluate(LEFT) == NOTHING
    watch.no_policy_violations()


@each_language
def test_the_clock_is_kept_only_by_consent_and_wiped_at_once(visit: Visit, language: str) -> None:
    page, words = visit(f"/{language}/report/clock/").page, WORDS[language]
    enter(page, "received", "2026-11-13", "17:00")
    page.get_by_role("button", name=words["set"]).click()
    page.reload()
    expect(page.locator("[data-lines] > li")).to_have_count(0)
    page.locator("label[for=consent]").click()
    enter(page, "received", "2026-11-13", "17:00")
    page.get_by_role("button", name=words["set"]).click()
    page.reload()
    expect(page.locator("[data-lines] > li")).to_have_count(1)
    expect(page.locator("[data-line=received] [data-time]")).to_have_value("17:00")
    page.goto(page.url.replace("clock/", ""))
    expect(page.locator("[data-count]")).to_have_text("1")
    page.go_back()
    page.get_by_role("button", name=words["wipe"]).click()
    expect(page.locator("[data-left-lines]")).to_have_text("0")
    expect(page.locator("[data-left-stored]")).to_have_text("0")
    assert page.evaluate(LEFT) == NOTHING
    page.reload()
    expect(page.locator("[data-lines] > li")).to_have_count(0)


def test_one_button_clears_what_the_companion_keeps(visit: Visit) -> None:
    page = visit("/en/report/clock/").page
    page.locator("label[for=consent]").click()
    enter(page, "received", "2026-11-13", "17:00")
    page.get_by_role("button", name="Start the clock").click()
    page.goto(page.url.replace("clock/", ""))
    page.get_by_role("button", name="Clear this browser").click()
    expect(page.locator("[data-count]")).to_have_text("none")
    assert page.evaluate(LEFT) == NOTHING


def test_what_one_tab_clears_no_other_tab_writes_again(visit: Visit) -> None:
    clock = visit("/en/report/clock/").page
    start = clock.url.replace("clock/", "")
    clock.locator("label[for=consent]").click()
    sheet = clock.context.new_page()
    sheet.goto(start + "worksheet/")
    sheet.get_by_text("Keep this in this tab until I close it").click()
    sheet.get_by_label("Name", exact=True).fill(CANARY)
    home = clock.context.new_page()
    home.goto(start)
    home.get_by_role("button", name="Clear this browser").click()
    for page in (clock, sheet):
        expect(page.get_by_role("checkbox").and_(page.locator("[data-consent]"))).not_to_be_checked()
    enter(clock, "received", "2026-11-13", "17:00")
    clock.get_by_role("button", name="Start the clock").click()
    sheet.get_by_label("Name", exact=True).fill(CANARY)
    assert [page.evaluate(LEFT) for page in (clock, sheet, home)] == [NOTHING] * 3


def test_without_scripts_the_clock_is_a_paper_sheet(visit: Visit) -> None:
    page = visit("/es/report/clock/", scripts=False).page
    assert page.get_by_text("Horas que debe contar").inner_text().endswith(": 36")
    assert page.locator("[data-clock]").is_hidden()
