"""Drawing documents: one typst engine, tagged and checked PDF (PDF/UA-1), the same bytes for the same input.

A template is a `.typ` file in the part that owns it. Data goes in as JSON, never into the source. Fonts come from
`settings.DOCUMENT_FONTS` only, so that no machine draws differently. One process keeps one set of fonts and one
compiler per template: that is twenty times faster than starting anew. Threads gain nothing; processes do.
"""

import datetime as dt
import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from django.conf import settings

EMPTY = Path(__file__).with_name("empty.typ")
NO_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # of what nobody sees
DRAWINGS_KEPT = 10  # typst keeps what it laid out until so many drawings have not needed it

log = logging.getLogger("upstander.documents")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF. `is_checked` says that it passed the PDF/UA-1 check; without it the document is tagged all the same."""

    pdf: bytes
    is_checked: bool


def draw(template: Path, data: Mapping[str, object], *, at: dt.datetime) -> Drawn:
    """Draw `template` with `data` (read there from `sys.inputs.data`); `at` is the document's date.

    PDF/UA refuses text that no font of ours can show, such as a name in a script we do not ship. A person still gets
    the paper: it is drawn again without the check, and a log line names the template, never the text.
    """
    inputs, at = {"data": json.dumps(data, ensure_ascii=False)}, at.replace(microsecond=0)  # a PDF's date has seconds
    try:
        return Drawn(_compiled(template, inputs, at, ["ua-1"]), is_checked=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    log.warning("a character has no font", extra={"fields": {"template": template.name}})
    return Drawn(_compiled(template, inputs, at, []), is_checked=False)


def forget_layouts() -> None:
    """Let go of what typst keeps of earlier drawings: for who draws many long papers that nobody draws again soon."""
    for _drawing in range(DRAWINGS_KEPT + 1):
        _compiled(EMPTY, {}, NO_DAY, [])


def picture(template: Path, data: Mapping[str, object], *, ppi: int) -> bytes:
    """Draw `template` as a PNG, `ppi` pixels to the inch of its page."""
    with _drawing:
        png = _compiler(template).compile(format="png", sys_inputs={"data": json.dumps(data)}, ppi=ppi)
    assert isinstance(png, bytes)
    return png


def _compiled(template: Path, inputs: dict[str, str], at: dt.datetime, standards: list[Literal["ua-1"]]) -> bytes:
    with _drawing:
        pdf = _compiler(template).compile(format="pdf", sys_inputs=inputs, pdf_standards=[*standards], timestamp=at)
    assert isinstance(pdf, bytes)
    return pdf


# A compiler serves one caller at a time, and refuses a second thread instead of letting it wait.
_drawing = threading.Lock()


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template), root=str(template.parent), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    folder = Path(settings.DOCUMENT_FONTS)
    if not any(folder.glob("*.ttf")):
        raise FileNotFoundError(f"No fonts in {folder}. Run `npm run build`, which puts them there.")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
