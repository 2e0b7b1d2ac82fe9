"""A district's own spreadsheet in a real browser: from the file to the ledger and back, without scripts for those who
have none; nothing is guessed on the way."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.checks import axe_clean
from tests.browser.conftest import Visit
from tests.factories.spreadsheets import Formula, Rows, workbook

SAYS = {
    "en": ("Upload", "Go on", "Go to the preview", "Apply", "Undo this list", "cannot be read", "was recorded before"),
    "es": (
        "Subir",
        "Continuar",
        "Ir a la vista previa",
        "Aplicar",
        "Deshacer esta lista",
        "no se puede leer",
        "ya estaba",
    ),
}


def ugly(code: str, name: str) -> bytes:
    """The demo's own school by its code, again by its name alone, and everything that goes wrong in such files."""
    rows: Rows = [
        ["Schools trained", None, None, None],
        ["School", "Code", "2023-24", "2024-25"],
        [name, code, "X", "03/04/2025"],
        [name.upper(), None, Formula('IF(1,"x","")=>x'), None],
        ["Merged", None, "X", None],
        [None, None, None, "soon"],
    ]
    return workbook({"Trained": rows}, {"Trained": ["A1:D1", "A5:A6"]})


def a_school(visit: Visit) -> tuple[str, str]:
    """Code and name of one school of the demo."""
    page = visit("/en/sites/?kind=school", person="coordinator").page
    page.locator("main table a").first.click()
    code = page.locator("dt", has_text="Code in its directory").locator("+ dd").inner_text()
    return code, page.get_by_role("heading", level=1).inner_text()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():  # else what is looked at next may be the page before
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("language", ["es"])
def test_a_list_comes_in_is_seen_first_and_is_undone(visit: Visit, language: str) -> None:
    upload, go_on, to_preview, apply, undo, unreadable, _before = SAYS[language]
    code, name = a_school(visit)
    page = visit(f"/{language}/imports/", person="coordinator", phone=True).page
    page.locator("label[for=id_kind_0]").click()
    page.locator("[name=file]").set_input_files(
        {"name": "trained.xlsx", "mimeType": "application/octet-stream", "buffer": ugly(code, name)}
    )
    press(page, upload)
    axe_clean(page)
    press(page, go_on)
    page.locator("label[for=id_order_0]").click()  # 03/04/2025: the month is asked for
    press(page, go_on)
    axe_clean(page)
    press(page, to_preview)
    axe_clean(page)
    main = page.get_by_role("main")
    expect(main.get_by_text(unreadable, exact=False).first).to_be_visible()
    page.locator("label[for=without_refused]").click()
    press(page, apply)
    expect(page.get_by_role("button", name=undo)).to_be_visible()
    press(page, undo)
    expect(page.get_by_role("button", name=undo)).to_have_count(0)
