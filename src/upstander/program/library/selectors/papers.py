"""Papers drawn from the public pages."""

import datetime as dt
from pathlib import Path
from typing import Any

from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.program.library.content.faces import Face
from upstander.program.library.selectors.pages import page_by_key

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
LETTER, RIGHTS, EXCUSE = "excuse_letter", "your_rights", "notice_to_excuse"


def letter_pdf(*, actor: Actor, languages: tuple[str, ...], district: str, on: dt.date, at: dt.datetime) -> Drawn:
    """The letter that excuses a child from a lesson, a page a language: lines to fill in by hand, and below them what
    the law of the place says, or the name of what its district has yet to confirm. Public."""
    asked: dict[str, Any] = {"actor": actor, "on": on, "is_staff": False}
    sides = [
        _side(page_by_key(key=LETTER, language=code, **asked), page_by_key(key=RIGHTS, language=code, **asked), code)
        for code in languages
    ]
    return draw(DOCUMENTS / "letter.typ", {"document": sides[0]["title"], "district": district, "sides": sides}, at=at)


def _side(letter: Face, rights: Face, language: str) -> dict[str, Any]:
    """The page's first heading is the letter's, its second one that of what to know before it is sent."""
    headings = [index for index, shape in enumerate(letter.shapes) if shape.kind == "heading"]
    first, second = headings[:2]
    return {
        "language": language,
        "title": letter.neutral_title,
        "letter": [shape.words[0] for shape in letter.shapes[first + 1 : second]],
        "before_heading": letter.shapes[second].words[0],
        "before": [item for shape in letter.shapes[second:] if shape.kind == "list" for item in shape.words],
        "law_heading": rights.title,
        "law": _law(rights, language),
    }


def _law(rights: Face, language: str) -> list[str]:
    found = next(shape for shape in rights.shapes if shape.kind == "law" and shape.key == EXCUSE)
    if found.is_blank:
        blank = {"en": "to be confirmed by your district", "es": "por confirmar en su distrito"}[language]
        return [f"{found.words[0]}: ______ ({blank})"]
    return [f"{fact.text} {fact.citation or ''}".strip() for fact in found.facts]
