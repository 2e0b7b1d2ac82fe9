"""Walk A in a real browser, in both languages: from a site's request to one more trained person on the board."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.formats import date_format, time_format
from playwright.sync_api import Page, expect
from tests.browser.checks import axe_clean
from tests.browser.conftest import Visit
from tests.moments import TODAY, put_clock
from tests.plugins.server import LiveSite

ZONE = ZoneInfo("America/Los_Angeles")
STARTS = dt.time(10)
# Each language walks on a day of its own, so that the demo's consultant is free for both.
DAYS_AHEAD = {"en": 2, "es": 3}
WORDS = {
    "en": {
        "child": "Is this about a child now?",
        "send": "Send the request",
        "waits": "Waiting for a consultant",
        "plan": "Plan with Rafael Tanaka",
        "confirm": "Confirm and tell everyone",
        "confirmed": "Confirmed",
        "subject": "Confirmed: staff session on",
        "open": "Open the session",
        "number": "Your staff number",
        "letters": "The six letters on the screen",
        "check_in": "Check in",
        "thanks": "Thank you, recorded",
        "match": "To be matched",
        "tick": "Tick off",
        "close": "Close the session",
        "yes": "Yes, close it",
        "closed": "2 people have a completion and a certificate",
        "check": "How others check it",
        "valid": "This certificate is valid",
    },
    "es": {
        "child": "¿Se trata de un menor en este momento?",
        "send": "Enviar la solicitud",
        "waits": "En espera de consultor",
        "plan": "Planear con Rafael Tanaka",
        "confirm": "Confirmar y avisar a todos",
        "confirmed": "Confirmada",
        "subject": "Confirmed: staff session on",
        "open": "Abrir la sesión",
        "number": "Su número de personal",
        "letters": "Las seis letras de la pantalla",
        "check_in": "Registrar asistencia",
        "thanks": "Gracias, quedó registrado",
        "match": "Por identificar",
        "tick": "Marcar",
        "close": "Cerrar la sesión",
        "yes": "Sí, cerrarla",
        "closed": "2 personas tienen su registro y su constancia",
        "check": "Cómo la comprueban los demás",
        "valid": "Esta constancia es válida",
    },
}
TEACHER = ("200005", "Lucía Haddad")


def go_to(clock: Path, day: dt.date) -> None:
    """Five minutes before the session of that day."""
    put_clock(clock, dt.datetime.combine(day, STARTS, ZONE) - dt.timedelta(minutes=5))


def ask(visit: Visit, language: str, day: dt.date) -> str:
    """The site administrator asks; gives the request's ref."""
    page, words = visit(f"/{language}/training/ask/training/", person="principal").page, WORDS[language]
    expect(page.get_by_role("main")).to_contain_text(words["child"])
    page.locator("label[for=id_audience_0]").click()
    page.locator("[name=head_count]").fill("40")
    page.locator("[name=room]").fill("Library")
    page.locator("[name=on_1]").fill(day.isoformat())
    page.locator("[name=starts_1]").fill("10:00")
    page.locator("[name=ends_1]").fill("11:00")
    page.get_by_role("button", name=words["send"]).click()
    doubts = page.locator("label[for=id_twice_is_meant], label[for=id_closed_day_is_meant]")
    if doubts.count():  # the school has a session already, or the day is without school: pointed out, never barred
        for doubt in doubts.all():
            doubt.click()
        page.get_by_role("button", name=words["send"]).click()
    page.wait_for_url("**/training/requests/*/")
    expect(page.get_by_role("main")).to_contain_text(words["waits"])
    return page.url.rstrip("/").rpartition("/")[2]


def assign_and_confirm(visit: Visit, language: str, ref: str) -> None:
    """The coordinator finds it in the queue, sees who is free, plans, confirms."""
    page, words = visit(f"/{language}/training/queue/", person="coordinator").page, WORDS[language]
    page.locator(f"a[href='/{language}/training/queue/{ref}/']").click()
    axe_clean(page)
    page.get_by_role("button", name=words["plan"]).click()
    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.get_by_role("main").locator(".lead")).to_contain_text(words["confirmed"])


def open_room(visit: Visit, language: str, day: dt.date) -> Page:
    """The consultant finds the session on a phone and opens it: the code stands there."""
    page, words = visit(f"/{language}/training/mine/", person="consultant", phone=True).page, WORDS[language]
    with translation.override(language):
        told = f"{date_format(day, 'DATE_FORMAT')}, {time_format(STARTS)}"
    page.locator(".card", has_text=told).get_by_role("link").click()
    page.get_by_role("button", name=words["open"]).click()
    page.wait_for_url("**/code/")
    axe_clean(page)
    return page


def letters_on(page: Page) -> str:
    return (page.locator(".code-big").get_attribute("data-letters") or "").replace(" ", "")


def check_in(visit: Visit, language: str, number: str, letters: str) -> None:
    """Somebody checks in on their own phone: no account, no cookie, one answer."""
    watch = visit(f"/{language}/check-in/{letters}/", phone=True)
    words = WORDS[language]
    watch.page.get_by_label(words["number"]).fill(number)
    assert watch.page.get_by_label(words["letters"]).input_value() == letters
    watch.page.get_by_role("button", name=words["check_in"]).click()
    expect(watch.page.get_by_role("heading", level=1)).to_have_text(words["thanks"])
    watch.sets_no_cookie()
    watch.no_foreign_requests()


def trained_here(visit: Visit, language: str) -> tuple[int, list[str]]:
    """What the board says of the administrator's own school: how many are trained, and who is not."""
    page = visit(f"/{language}/coverage/", person="principal").page
    page.locator("a[href*='/coverage/schools/']").first.click()
    says = re.search(r"\d+", page.locator(".meter .says").first.inner_text())
    assert says
    return int(says[0]), page.locator("section[aria-labelledby=open] .names li").all_inner_texts()


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_a_request_to_coverage(visit: Visit, live_site: LiveSite, clock: Path, language: str) -> None:
    words = WORDS[language]
    day = TODAY + dt.timedelta(days=DAYS_AHEAD[language])
    ref = ask(visit, language, day)
    assign_and_confirm(visit, language, ref)
    live_site.run_jobs()
    outbox = visit(f"/{language}/outbox/", person="it").page
    told = outbox.locator(".card", has_text=ref).or_(outbox.locator(".card", has_text=words["subject"]))
    expect(told.first).to_be_visible()

    go_to(clock, day)
    trained_before, untrained = trained_here(visit, language)
    room = open_room(visit, language, day)
    for number in (TEACHER[0], f"{language.upper()}-404"):
        check_in(visit, language, number, letters_on(room))
    room.get_by_role("link", name=re.compile(r"^(Session|Sesión)$")).click()
    expect(room.get_by_role("main")).to_contain_text(words["match"])
    axe_clean(room)
    room.get_by_role("button", name=re.compile(f"^{words['tick']} ?: {_as_called(untrained[0])}$")).click()
    room.get_by_role("link", name=words["close"]).click()
    for field, typed in (("counted", "3"), ("card_count", "0"), ("initials", "CC")):
        room.locator(f"[name={field}]").fill(typed)
    room.get_by_role("button", name=words["yes"]).click()
    expect(room.get_by_role("main")).to_contain_text(words["closed"])

    trained_after, still_untrained = trained_here(visit, language)
    assert trained_after == trained_before + 1
    assert set(untrained) - set(still_untrained) == {untrained[0]}
    papers = visit(f"/{language}/certificates/", person="teacher").page
    papers.get_by_role("link", name=words["check"]).first.click()
    answer = papers.get_by_role("main")
    expect(answer).to_contain_text(words["valid"])
    expect(answer).not_to_contain_text(TEACHER[1])


def _as_called(listed: str) -> str:
    """The board lists "Family, Given" or "Given Family"; the room says "Given Family"."""
    family, comma, given = listed.partition(", ")
    return f"{given} {family}" if comma else listed
