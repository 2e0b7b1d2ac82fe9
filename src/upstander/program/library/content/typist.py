"""Pages in the words of a document: whole as its chapters, or the sections that a print takes from them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from upstander.program.facts.content import LINES, Shown
from upstander.program.library.content.faces import Face, Shape, sections
from upstander.program.library.content.pages import Audience
from upstander.program.library.content.prints import NUMBER, Part, Take

PARTS = (Audience.EVERYONE, Audience.STUDENTS, Audience.FAMILIES, Audience.STAFF)
ELSEWHERE = frozenset({"link", "card"})  # what leads on to screens, and is no passage by itself


@dataclass(frozen=True, slots=True)
class Typist:
    """Puts pages into a document's words in one language. `address` gives a screen's whole address by its route."""

    words: Mapping[str, str]
    language: str
    address: Callable[..., str]
    chapters: Collection[str] = ()  # the pages that are in the document themselves
    pictures: Mapping[str, str] = field(default_factory=dict)  # as drawings, by their address

    def chapter(self, face: Face) -> dict[str, Any]:
        """A page as the document says it: every word that the page says, in the same order."""
        return {
            "key": face.key,
            "title": face.title,
            "summary": face.summary,
            "blocks": [self._block(shape, face.audience) for shape in face.shapes],
            "review": self._review(face),
        }

    def parts(self, faces: Iterable[Face]) -> list[dict[str, Any]]:
        """The pages by whom they are for, in reading order."""
        faces = tuple(faces)
        return [
            {
                "key": audience.value,
                "title": self.words[audience],
                "picture": self.words[f"picture_{audience}"],
                "chapters": [self.chapter(face) for face in faces if face.audience == audience],
            }
            for audience in PARTS
        ]

    def sides(self, parts: Iterable[Part], faces: Mapping[str, Face]) -> list[dict[str, Any]]:
        """The parts of a print: what they take of the pages, in the pages' own words."""
        return [
            {
                "title": part.title.in_language(self.language) if part.title else "",
                "minutes": part.minutes,
                "notes": [note.in_language(self.language) for note in part.notes],
                "blocks": [
                    self._block(shape, faces[take.page].audience)
                    for take in part.takes
                    for shape in taken(take, faces[take.page])
                ],
            }
            for part in parts
        ]

    def _block(self, shape: Shape, audience: Audience) -> dict[str, Any]:
        words = list(shape.words)
        if shape.kind == "card":
            words = [self.words["card"]]
        if shape.is_blank:
            words = [f"{words[0]} ({self.words['to_confirm']})"]
        return {
            "kind": "blank" if shape.is_blank else shape.kind,
            "words": words,
            "tone": shape.tone,
            "to": shape.key if shape.kind == "link" and shape.key in self.chapters else "",
            "address": self._address(shape, audience),
            "facts": [self.fact(fact) for fact in shape.facts],
            "drawing": self.pictures.get(shape.key, ""),
        }

    def _address(self, shape: Shape, audience: Audience) -> str:
        """Where a block leads outside the document, if it does."""
        if shape.kind == "card":
            return self.address("cards:staff_card" if audience == Audience.STAFF else "cards:card", shape.key)
        if shape.kind != "link" or shape.key in self.chapters:
            return ""
        return self.address(shape.key) if ":" in shape.key else self.address("learn:staff_page", shape.key)

    def fact(self, fact: Shown) -> dict[str, Any]:
        """A fact as the pages show it: a line to call with its number, or a sentence with its source."""
        if fact.kind in LINES:
            number = self.words["number_being_checked"] if fact.is_withheld else fact.value
            dated = (
                "" if fact.is_withheld else f"{self.words['checked_on']} {day_in_words(fact.read_on, self.language)}"
            )
            about = " · ".join(filter(None, (fact.answered, fact.tells)))
            return {"is_line": True, "label": fact.label, "hours": about, "value": number, "dated": dated}
        read_on = f"{self.words['read_on']} {day_in_words(fact.read_on, self.language)}"
        source = f"{self.words['source']} {fact.source_name}, {read_on}"
        return {
            "is_line": False,
            "text": self.words["being_checked"] if fact.is_withheld else fact.text,
            "dated": f"{fact.citation}. {source}" if fact.citation else source,
            "address": fact.source_address,
        }

    def _review(self, face: Face) -> str:
        signed = [
            f"{each.role.in_language(self.language)}, {day_in_words(each.on, self.language)}" for each in face.signed
        ]
        waiting = [self.words[role] for role in face.unreviewed]
        said = [f"{self.words['reviewed']} {'; '.join(signed)}."] if signed else []
        said += [f"{self.words['waits_for']} {', '.join(waiting)}."] if waiting else []
        return " ".join(said)


def taken(take: Take, face: Face) -> list[Shape]:
    """What a print takes of a page: the passages of a section, under its heading, or some of their kinds."""
    section = sections(face.shapes)[take.section]
    return [shape for shape in section.whole if _is_taken(shape, take.kinds)]


def _is_taken(shape: Shape, kinds: Collection[str]) -> bool:
    if not kinds:
        return shape.kind not in ELSEWHERE
    return shape.kind in kinds or (NUMBER in kinds and any(fact.kind in LINES for fact in shape.facts))


@lru_cache(maxsize=1024)
def day_in_words(day: date, language: str) -> str:
    """A day as a reader of the language writes it; a book names the same few days a hundred times."""
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")
