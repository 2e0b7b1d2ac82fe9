"""Drawing a card and the sheet of a site as accessible PDFs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format

from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.documents.pictures import qr
from upstander.foundation.kernel.actor import Actor
from upstander.program.guidance.content.faces import Face, Line
from upstander.program.guidance.selectors.guide import words
from upstander.program.guidance.selectors.sheets import Row, Sheet

DOCUMENTS = Path(__file__).parents[1] / "documents"
NEUTRAL = "Upstander"  # what a reader's window, a download list and a print queue show


def card_pdf(
    *, actor: Actor, face: Face, district_name: str, address: str, language: str, on: date, at: datetime
) -> Drawn:
    """Draw a card that a selector handed to this `actor`; `address` is the call screen its code leads to."""
    text = words(actor=actor, page="cards", language=language, on=on)
    said = {
        "document": NEUTRAL,
        "language": language[:2],
        "district": district_name,
        "title": face.title,
        "lead": face.lead,
        "parts": [
            {
                "heading": part.heading,
                "tone": part.tone,
                "items": [_line(line, str(text["being_checked"])) for line in part.lines],
            }
            for part in face.parts
        ],
        "numbers": [{"label": fact.label, "value": fact.value} for fact in face.numbers if fact.value],
        "edition": f"{text['edition']} {_day(face.edition, language)}.",
        "numbers_of": f"{text['numbers_of']} {_day(on, language)}.",
        "not_a_report": text["not_a_report"],
        "scan": text["scan"],
        "address": address,
        "qr": qr(address),
    }
    return draw(DOCUMENTS / "card.typ", said, at=at)


def sheet_pdf(
    *, actor: Actor, sheets: Sequence[Sheet], district_name: str, addresses: Mapping[str, str], at: datetime
) -> Drawn:
    """Draw a site's sheet, one page for each language given; `addresses` holds the site's call screen in each."""
    said = {
        "document": NEUTRAL,
        "language": sheets[0].language[:2],
        "district": district_name,
        "site": sheets[0].site_name,
        "sides": [_side(sheet, addresses[sheet.language]) for sheet in sheets],
    }
    return draw(DOCUMENTS / "sheet.typ", said, at=at)


def _line(line: Line, being_checked: str) -> dict[str, object]:
    withheld = line.fact is not None and line.fact.is_withheld
    return {
        "text": being_checked if withheld else line.text,
        "blank": line.is_blank,
        "citation": line.citation,
        "label": line.fact.label if line.fact and line.is_phone else "",
        "value": line.fact.value if line.fact and line.is_phone else "",
    }


def _side(sheet: Sheet, address: str) -> dict[str, object]:
    text = sheet.text
    return {
        "language": sheet.language[:2],
        "lead": text["lead"],
        "report_heading": text["report"],
        "report_both": text["report_both"],
        "people_heading": text["people"],
        "people_note": text["people_note"],
        "danger": _rows(sheet.danger, sheet),
        "report": _rows(sheet.report, sheet),
        "people": _rows(sheet.people, sheet),
        "more": _rows(sheet.more, sheet),
        "excluded": sheet.excluded,
        "scan": text["scan"],
        "address": address,
        "qr": qr(address),
        "hang": text["hang"],
        "edition": f"{text['numbers_of']} {_day(sheet.on, sheet.language)}",
    }


def _rows(rows: Iterable[Row], sheet: Sheet) -> list[dict[str, object]]:
    blank = sheet.text["blank"]
    return [
        {"label": row.label, "value": row.value, "note": row.note, "blank": blank if row.lack else ""} for row in rows
    ]


def _day(day: date, language: str) -> str:
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")
