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

from upstander.district.places.selectors import district_of, site_by_ref, sites_for
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.documents.pictures import qr
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.law.selectors.here import facts_here, here
from upstander.program.law.selectors.offices import Office, offices_of, schools_with_offices
from upstander.program.library.content.faces import Face
from upstander.program.library.content.prints import Form, Print, read_prints
from upstander.program.library.content.traces import made_of
from upstander.program.library.content.typist import Typist, day_in_words
from upstander.program.library.selectors.pages import open_faces, shipped_pages

DOCUMENTS = Path(__file__).parents[1] / "documents"
EDITION_SIGNS = 12
EMERGENCY = "emergency.number"
SCHOOL = "own:school"  # the screen of a site's offices; a print that leads there shows them
Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A print as it would be drawn now. `edition` depends on every word, fact and place in it, and on its drawing."""

    key: str
    form: Form
    language: str
    title: str
    summary: str
    has_sites: bool  # whether it can be made for one site
    edition: str
    made_of: Mapping[str, str]  # a digest of each page and fact in it
    said: Mapping[str, Any]


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


def sites_of(*, actor: Actor, key: str, language: str, on: date) -> list[tuple[str, str]]:
    """Ref and name of the sites for which a print can be made, by name. Raises NotFound. Public, as its screens are."""
    shipped = shipped_prints().get(key)
    if shipped is None or not shipped.site_leads_to:
        raise NotFound("print")
    if shipped.site_leads_to == SCHOOL:
        return [(each.ref, each.name) for each in schools_with_offices(actor=actor, language=language, on=on)]
    return list(sites_for(actor=lend(actor, "places.read"), on=on).values_list("ref", "name"))


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
    typist = Typist(words, language, asked.address, faces)
    site = _site(asked, shipped, site_ref, words["room"]) if site_ref else None
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
        bool(shipped.site_leads_to),
        edition_of(said),
        made_of(shipped, faces),
        said,
    )


def _book(asked: Asked, typist: Typist, faces: Mapping[str, Face]) -> dict[str, Any]:
    """The pages whole, by whom they are for, and the number to call first."""
    actor, on = asked.actor, asked.on
    book = facts_here(actor=actor, found=here(actor=actor, on=on), keys=[EMERGENCY], language=typist.language, on=on)
    return {"parts": typist.parts(faces.values()), "emergency": typist.fact(book[EMERGENCY])}


def _leads_to(asked: Asked, shipped: Print, site_ref: str | None) -> str:
    if site_ref:
        return asked.address(shipped.site_leads_to, site_ref)
    return asked.address("learn:page", shipped.leads_to) if shipped.leads_to else asked.address("learn:index")


def _site(asked: Asked, shipped: Print, site_ref: str, room: str) -> dict[str, Any]:
    """What a print says of one site: the offices that help, or the station that takes a report."""
    actor, on = asked.actor, asked.on
    if shipped.site_leads_to == SCHOOL:
        school = offices_of(actor=actor, site_ref=site_ref, language=asked.language, on=on)
        return {"name": school.name, "rows": [_row(office.name, _where(office, room)) for office in school.offices]}
    site = site_by_ref(actor=lend(actor, "places.read"), ref=site_ref, on=on)
    station = site.law_station
    return {"name": site.name, "rows": [_row(station.name, station.phone)] if station and station.phone else []}


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


def _where(office: Office, room: str) -> str:
    return f"{room} {office.room} · {office.when}" if office.room else office.when


def edition_of(said: Mapping[str, Any]) -> str:
    """A short name that changes with anything that would change the paper. Takes no actor: the words are chosen."""
    drawn = (_drawings(), json.dumps(said, sort_keys=True).encode())
    return hashlib.sha256(b"\0".join(drawn)).hexdigest()[:EDITION_SIGNS]


@cache
def _drawings() -> bytes:
    """What stands for every template and picture: they take parts of each other."""
    files = sorted(file for file in DOCUMENTS.iterdir() if file.suffix in {".typ", ".svg"})
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).digest()
