"""Of what a print is made: its pages and facts, each with a digest of what it says. No database."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from upstander.program.library.content.faces import Face, Shape
from upstander.program.library.content.prints import Form, Print
from upstander.program.library.content.typist import taken

PAGE, FACT, SITE = "page", "fact", "site"


def made_of(shipped: Print, faces: Mapping[str, Face], site: Mapping[str, Any] | None = None) -> dict[str, str]:
    """A digest by `page:key` of the words taken from a page, by `fact:key` of what a fact says, and of what its site
    says.

    A number inside a sentence counts as the page's words.
    """
    said: dict[str, list[object]] = defaultdict(list)
    for page, shape in _shapes(shipped, faces):
        said[f"{PAGE}:{page}"].append(shape.words)
        for fact in shape.facts:
            said[f"{FACT}:{fact.key}"] = [fact.text, fact.value, fact.answered, fact.tells, fact.source_name]
    if site:
        said[SITE] = [site]
    return {name: hashlib.sha256(repr(parts).encode()).hexdigest()[:12] for name, parts in said.items()}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The pages and facts that read otherwise, came or went, in order."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _shapes(shipped: Print, faces: Mapping[str, Face]) -> Iterator[tuple[str, Shape]]:
    """Every passage in a print with its page: all of them for the book."""
    if shipped.form == Form.BOOK:
        yield from ((key, shape) for key, face in faces.items() for shape in face.shapes)
    for part in shipped.parts:
        for take in part.takes:
            yield from ((take.page, shape) for shape in taken(take, faces[take.page]))
