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
    language = asked.language
    words = {name: text.in_language(language) for name, text in shipped.words.items()}
    typist = Typist(words, language, asked.address, faces, _drawings_in(asked, shipped, faces))
    site = _site(asked, shipped.site_leads_to, site_ref, words) if site_ref else None
    said = {
        "key": shipped.key,
        "document": shipped.neutral_title.in_language(language),
        "title": shipped.title.in_language(language),
        "language": language[:2],
        "district": asked.district,
        "words": words,
        "site": site,
        "address": _leads_to(asked, shipped, site_ref),
        **(_book(asked, typist, faces) if shipped.form == Form.BOOK else {"sides": typist.sides(shipped.parts, faces)}),
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
        made_of(shipped, faces, site),
        said,
        site_ref or "",
    )


def _book(asked: Asked, typist: Typist, faces: Mapping[str, Face]) -> dict[str, Any]:
    """The pages whole, by whom they are for, and the number to call first."""
    actor, on = asked.actor, asked.on
    book = facts_here(actor=actor, found=here(actor=actor, on=on), keys=[EMERGENCY], language=typist.language, on=on)
    return {"parts": typist.parts(faces.values()), "emergency": typist.fact(book[EMERGENCY])}


def _drawings_in(asked: Asked, shipped: Print, faces: Mapping[str, Face]) -> dict[str, str]:
    """The pictures in the book: those of the district's own pages, of which other prints take nothing."""
    shapes = (shape for face in faces.values() for shape in face.shapes if shipped.form == Form.BOOK)
    return drawings_of(actor=asked.actor, addresses={shape.key for shape in shapes if shape.kind == PICTURE})


def _leads_to(asked: Asked, shipped: Print, site_ref: str | None) -> str:
    if site_ref:
        return asked.address(shipped.site_leads_to, site_ref)
    return asked.address("learn:page", shipped.leads_to) if shipped.leads_to else asked.address("learn:index")


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
