"""A page read aloud: by a voice of the device only, and silent at once when its reader leaves.

The test's machine has no voices, so the browser's speech is played by a stand-in that writes down what it is asked.
"""

import re

from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.test_leaving import answer_elsewhere

VOICES = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  getVoices: () => %s,
  speak: (line) => { window.said.push(`${line.voice.name}: ${line.text}`); },
  cancel: () => { sessionStorage.hushed = Number(sessionStorage.hushed || 0) + 1; },
}) });
"""
FAR = '{ name: "far", lang: "en-US", localService: false }'
CERCA = '{ name: "cerca", lang: "es_US", localService: true }'
NEAR = '{ name: "near", lang: "en-US", localService: true }'


def with_voices(page: Page, voices: str) -> Page:
    page.add_init_script(VOICES % voices)
    page.reload()
    return page


def test_a_voice_of_the_device_reads_the_core_and_stops_when_asked(visit: Visit) -> None:
    page = with_voices(visit("/en/learn/true_or_not/", again=True).page, f"[{FAR}, {NEAR}]")
    page.get_by_role("button", name="Listen to this page").click()
    said = page.evaluate("window.said")
    assert said[0] == f"near: {page.locator('h1').inner_text()}"
    assert len(said) == len(set(said)) > 20
    assert not [line for line in said if re.search("read on|Checked on", line)]
    before = page.evaluate("sessionStorage.hushed")
    page.get_by_role("button", name="Stop reading aloud").press("Enter")
    assert page.evaluate("sessionStorage.hushed") > before
    expect(page.get_by_role("button", name="Listen to this page")).to_be_visible()


def test_a_voice_that_would_send_the_words_away_is_not_offered(visit: Visit) -> None:
    page = with_voices(visit("/en/learn/true_or_not/", again=True).page, f"[{FAR}]")
    expect(page.locator("[data-listen]")).to_be_hidden()


def test_a_page_in_spanish_is_read_by_a_spanish_voice_or_by_none(visit: Visit) -> None:
    page = with_voices(visit("/es/learn/families/", again=True).page, f"[{NEAR}, {CERCA}]")
    page.locator("[data-listen] button").press("Enter")
    said = page.evaluate("window.said")
    assert said[0] == "cerca: Para familias"
    assert {line.partition(":")[0] for line in said} == {"cerca"}
    assert not [line for line in said if "Envíe esta página" in line]
    with_voices(page, f"[{NEAR}]")
    expect(page.locator("[data-listen]")).to_be_hidden()


def test_leaving_silences_it_at_once(visit: Visit) -> None:
    page = with_voices(visit("/en/learn/true_or_not/").page, f"[{NEAR}]")
    answer_elsewhere(page)
    page.get_by_role("button", name="Listen to this page").click()
    before = page.evaluate("Number(sessionStorage.hushed)")
    hushed = page.evaluate("""() => new Promise((heard) => {
      document.addEventListener("leaving", () => heard(Number(sessionStorage.hushed)));
      for (let i = 0; i < 3; i += 1) document.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift" }));
    })""")
    assert hushed > before
    expect(page).to_have_title("Weather")
