"""What the prints of a district say today, and how they are drawn. What they say decides which edition they are."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
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
from upstander.program.library.content.prints import Print, Typist, day_in_words, read_prints
from upstander.program.library.selectors.pages import open_faces, shipped_pages

DOCUMENTS = Path(__file__).parents[1] / "documents"
EDITION_SIGNS = 12
EMERGENCY = "emergency.number"
Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A print as it would be drawn now. `edition` depends on every word, fact and place in it, and on its drawing."""

    key: str
    language: str
    title: str
    summary: str
    edition: str
    said: Mapping[str, Any]


@cache
def shipped_prints() -> dict[str, Print]:
    """Everything to print, read once per process. Takes no actor: it ships with the code."""
    return read_prints(settings.CONTENT)


def sheet_by_key(*, actor: Actor, key: str, language: str, on: date, address: Address) -> Sheet:
    """A print for the actor's district on the day `on`. Raises NotFound. Public: it says what the open pages say.

    `address` gives the whole address of a screen by its route and arguments, in the print's language.
    """
    shipped, say = shipped_prints().get(key), SAY.get(key)
    if shipped is None or say is None:
        raise NotFound("print")
    words = {name: text.in_language(language) for name, text in shipped.words.items()}
    chapters = {page.key for page in shipped_pages().values() if page.is_public}
    typist = Typist(words, language, address, chapters)
    said = {
        "document": shipped.neutral_title.in_language(language),
        "title": shipped.title.in_language(language),
        "language": language[:2],
        "district": district_of(actor=actor).name,
        "words": words,
        **say(actor, typist, on),
    }
    summary = shipped.summary.in_language(language)
    return Sheet(key, language, said["title"], summary, _edition(key, said), said)


def print_pdf(*, sheet: Sheet, at: datetime) -> Drawn:
    """Draw what a selector told; `at` is the moment it is made. Takes no actor: the words are already chosen."""
    words = sheet.said["words"]
    edition = f"{words['edition']} {sheet.edition}, {words['made_on']} {day_in_words(at.date(), sheet.language)}"
    return draw(_template(sheet.key), {**sheet.said, "edition": edition}, at=at)


def _toolkit(actor: Actor, typist: Typist, on: date) -> dict[str, Any]:
    address = typist.address("learn:index")
    book = facts_here(actor=actor, found=here(actor=actor, on=on), keys=[EMERGENCY], language=typist.language, on=on)
    return {
        "parts": typist.parts(open_faces(actor=actor, language=typist.language, on=on)),
        "emergency": typist.fact(book[EMERGENCY]),
        "address": address,
        "qr": qr(address),
    }


Say = Callable[[Actor, Typist, date], dict[str, Any]]
SAY: Mapping[str, Say] = {"toolkit": _toolkit}


def _template(key: str) -> Path:
    return DOCUMENTS / f"{key}.typ"


def _edition(key: str, said: Mapping[str, Any]) -> str:
    """A short name that changes with anything that would change the paper."""
    drawn: Iterable[bytes] = (_template(key).read_bytes(), json.dumps(said, sort_keys=True).encode())
    return hashlib.sha256(b"\0".join(drawn)).hexdigest()[:EDITION_SIGNS]
