"""Materials as they ship in `content/materials/`, and how it is known that something printed on one has changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents
from upstander.program.facts.content import Entry, read_entries
from upstander.program.training.content.kinds import Kind, read_kinds, shipped_kinds

REQUEST_KIND = "materials"  # the kind of request that asks for them


@dataclass(frozen=True, slots=True)
class Shipped:
    """One material of the first edition. `answers` is the wish at the front door that it fulfils."""

    key: str
    answers: str
    kind: str
    audience: str
    size: str
    title: Text
    languages: tuple[str, ...]
    edition_on: date
    prints: tuple[str, ...]
    most_per_site: int


@cache
def shipped_materials() -> dict[str, Shipped]:
    """Every material that ships, by key, read once per process."""
    return read_materials(settings.CONTENT)


def read_materials(content: Path) -> dict[str, Shipped]:
    """Read and check the materials of a content folder. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "materials", content / "schemas" / "material.schema.json")
    facts, wishes = read_entries(content), wished_for(read_kinds(content))
    faults = [fault for document in documents for fault in _faults(document, facts, wishes)]
    if faults:
        raise ContentRefused(faults)
    return {document.data["material"]: _shipped(document.data) for document in documents}


def shipped_wishes() -> dict[str, Text]:
    """What can be ticked at the front door today; read once per process."""
    return wished_for(shipped_kinds())


def wished_for(kinds: dict[str, Kind]) -> dict[str, Text]:
    """What these kinds of request let people tick: the words of each wish, by its key."""
    questions = kinds[REQUEST_KIND].questions
    items = next(question for question in questions if question.key == "items")
    return {option.key: option.text for option in items.options}


def fingerprint(entry: Entry) -> str:
    """What stands on paper of a fact, as a digest: a new value or text gives another; a new source does not."""
    hours = entry.hours or Text("", "")
    said = (entry.value, entry.label.en, entry.label.es, entry.text.en, entry.text.es, hours.en, hours.es)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


def _faults(document: Document, facts: dict[str, Entry], wishes: dict[str, Text]) -> Iterator[Fault]:
    """What the schema cannot say: facts that are not there, wishes that nobody can make."""
    yield from document.misnamed("material")
    for index, key in enumerate(document.data["prints"]):
        if key not in facts:
            yield document.fault(("prints", index), f"there is no fact {key}")
    if document.data["answers"] not in wishes:
        yield document.fault(("answers",), "is not asked for at the front door")


def _shipped(data: dict[str, Any]) -> Shipped:
    return Shipped(
        key=data["material"],
        answers=data["answers"],
        kind=data["kind"],
        audience=data["audience"],
        size=data["size"],
        title=Text(**data["title"]),
        languages=tuple(data["languages"]),
        edition_on=date.fromisoformat(data["edition"]),
        prints=tuple(data["prints"]),
        most_per_site=data["most_per_site"],
    )
