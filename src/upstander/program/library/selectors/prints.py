"""What the prints of a district say today, and how they are drawn. What they say decides which edition they are."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from upstander.district.places.selectors import district_of
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.documents.pictures import qr
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.remembered import Remembered
from upstander.program.facts.content import Shown
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.library.content.faces import Face
from upstander.program.library.content.own import PICTURE
from upstander.program.library.content.prints import Form, Print, read_prints
from upstander.program.library.content.traces import made_of
from upstander.program.library.content.typist import Typist, day_in_words
from upstander.program.library.selectors.of_sites import OfSite, told_of
from upstander.program.library.selectors.own import drawings_of
from upstander.program.library.selectors.pages import open_faces, shipped_pages

DOCUMENTS = Path(__file__).parents[1] / "documents"
EDITION_SIGNS = 12
EMERGENCY = "emergency.number"
MOST_REMEMBERED = 128  # a book of both languages holds half a megabyte
Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A print as it would be drawn now. `edition` depends on every word, fact and place in it, and on its drawing."""

    key: str
    form: Form
    language: str
    title: str
    summary: str
    site_screen: str  # the screen that its code opens when it is made for one site; "" if it cannot be
    edition: str
    made_of: Mapping[str, str]  # a digest of each page and fact in it
    said: Mapping[str, Any]
    site_ref: str = ""  # the one site for which it is


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, when and in which language prints are told, and how addresses read there."""

    actor: Actor
    district: str
    language: str
    on: date
    address: Address


@dataclass(frozen=True, slots=True)
class _Told:
    """All that a print is made of, beside what ships; a book has the number to call first."""

    district: str
    address: Address
    words: Mapping[str, str]
    faces: Mapping[str, Face]
    drawings: Mapping[str, str]
    emergency: Shown | None
    site: Mapping[str, Any] | None
    site_ref: str


_SHEETS: Remembered[_Told, Sheet] = Remembered(MOST_REMEMBERED)


@cache
def shipped_prints() -> dict[str, Print]:
    """Everything to print, read once per process. Takes no actor: it ships with the code."""
    return read_prints(settings.CONTENT, shipped_pages())


def sheets_for(*, actor: Actor, language: str, on: date, address: Address) -> list[Sheet]:
    """Every print for the actor's district on the day `on`; the pages are read once. Public.

    `address` gives the whole address of a screen by its route and arguments, in the prints' language.
    """
    asked = Asked(actor, district_of(actor=actor).name, language, on, address)
    faces = {face.key: face for face in open_faces(actor=actor, language=language, on=on)}
    return [_sheet(asked, shipped, faces) for shipped in shipped_prints().values()]


def sheet_by_key(
    *, actor: Actor, key: str, language: str, on: date, address: Address, site_ref: str | None = None
) -> Sheet:
    """A print for the actor's district on the day `on`, or for one of its sites. Raises NotFound. Public.

    It says what the open pages say, and of a site what stands on its open screens.
    """
    shipped = shipped_prints().get(key)
    if shipped is None or (site_ref is not None and not shipped.site_leads_to):
        raise NotFound("print")
    keys = None if shipped.form == Form.BOOK else shipped.pages
    found = open_faces(actor=actor, language=language, on=on, keys=keys)
    asked = Asked(actor, district_of(actor=actor).name, language, on, address)
    return _sheet(asked, shipped, {face.key: face for face in found}, site_ref)


def print_pdf(*, sheet: Sheet, at: datetime) -> Drawn:
    """Draw what a selector told; `at` is the moment it is made. Takes no actor: the words are already chosen."""
    words = sheet.said["words"]
    edition = f"{words['edition']} {sheet.edition}, {words['made_on']} {day_in_words(at.date(), sheet.language)}"
    address = sheet.said["address"]
    said = {**sheet.said, "edition": edition, "qr": qr(address) if address else ""}
    return draw(DOCUMENTS / f"{sheet.form}.typ", said, at=at)


def _sheet(asked: Asked, shipped: Print, faces: Mapping[str, Face], site_ref: str | None = None) -> Sheet:
    """A print as it reads today. What it is made of is read each time; the same is not put together twice."""
    is_book = shipped.form == Form.BOOK
    words = {name: text.in_language(asked.language) for name, text in shipped.words.items()}
    told = _Told(
        asked.district,
        asked.address,
        words,
        faces if is_book else {key: faces[key] for key in shipped.pages},
        _drawings_in(asked, faces) if is_book else {},
        _emergency(asked) if is_book else None,
        _site(asked, shipped.site_leads_to, site_ref, words) if site_ref else None,
        site_ref or "",
    )
    question = (asked.actor.district_id, asked.language, shipped.key, told.site_ref)
    return _SHEETS.give(question, told, lambda: _put_together(shipped, asked.language, told))


def _put_together(shipped: Print, language: str, told: _Told) -> Sheet:
    typist = Typist(told.words, language, told.address, told.faces, told.drawings)
    said = {
        "key": shipped.key,
        "document": shipped.neutral_title.in_language(language),
        "title": shipped.title.in_language(language),
        "language": language[:2],
        "district": told.district,
        "words": told.words,
        "site": told.site,
        "address": _leads_to(told, shipped),
        **(_book(typist, told) if told.emergency else {"sides": typist.sides(shipped.parts, told.faces)}),
    }
    summary = shipped.summary.in_language(language)
    return Sheet(
        shipped.key,
        shipped.form,
        language,
        said["title"],
        summary,
        shipped.site_leads_to,
        edition_of(said),
        made_of(shipped, told.faces, told.site),
        said,
        told.site_ref,
    )


def _book(typist: Typist, told: _Told) -> dict[str, Any]:
    """The pages whole, by whom they are for, and the number to call first."""
    emergency = typist.fact(told.emergency) if told.emergency else None
    return {"parts": typist.parts(told.faces.values()), "emergency": emergency}


def _emergency(asked: Asked) -> Shown:
    actor, language, on = asked.actor, asked.language, asked.on
    found = here(actor=actor, on=on)
    return facts_here(actor=actor, found=found, keys=[EMERGENCY], language=language, on=on)[EMERGENCY]


def _drawings_in(asked: Asked, faces: Mapping[str, Face]) -> dict[str, str]:
    """The pictures in the book: those of the district's own pages, of which other prints take nothing."""
    shapes = (shape for face in faces.values() for shape in face.shapes)
    return drawings_of(actor=asked.actor, addresses={shape.key for shape in shapes if shape.kind == PICTURE})


def _leads_to(told: _Told, shipped: Print) -> str:
    if told.site_ref:
        return told.address(shipped.site_leads_to, told.site_ref)
    return told.address("learn:page", shipped.leads_to) if shipped.leads_to else told.address("learn:index")


def _site(asked: Asked, screen: str, site_ref: str, words: Mapping[str, str]) -> dict[str, Any]:
    """What a print says of one site: what stands on the screen that its code opens."""
    told: OfSite = told_of(
        actor=asked.actor, screen=screen, site_ref=site_ref, language=asked.language, on=asked.on, words=words
    )
    return {"name": told.name, "rows": [{"label": label, "value": value} for label, value in told.rows]}


def edition_of(said: Mapping[str, Any]) -> str:
    """A short name that changes with anything that would change the paper. Takes no actor: the words are chosen."""
    drawn = (_drawings(), json.dumps(said, sort_keys=True).encode())
    return hashlib.sha256(b"\0".join(drawn)).hexdigest()[:EDITION_SIGNS]


@cache
def _drawings() -> bytes:
    """What stands for every template and picture: they take parts of each other."""
    files = sorted(file for file in DOCUMENTS.iterdir() if file.suffix in {".typ", ".svg"})
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).digest()
