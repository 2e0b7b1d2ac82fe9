"""What our own lists of terms say, as taxonomies of the open standard: needs, and whether a service takes reports."""

import uuid
from collections.abc import Iterator
from typing import Any

from upstander.program.directory.content.shipped import Need, shipped

TAXONOMY = uuid.UUID("5f1b6a52-6a53-5b0e-9d3c-2f6f0d3e7a11")
TAXONOMY_NAME = "What people look for"
REPORTS = uuid.uuid5(TAXONOMY, "takes mandated reports")
REPORTS_NAME = "Takes mandated reports"
TAKES = {"yes": "Takes reports from mandated reporters", "no": "Takes no reports: telling them is no report"}
Term = dict[str, Any]


def part_id(owner: uuid.UUID, *words: object) -> str:
    """The id of a part that belongs to `owner` and has none of its own."""
    return str(uuid.uuid5(owner, "/".join(map(str, words))))


def taxonomies() -> list[dict[str, Any]]:
    """Both of our lists."""
    return [
        {"id": str(TAXONOMY), "name": TAXONOMY_NAME, "description": "The needs by which people look for help."},
        {"id": str(REPORTS), "name": REPORTS_NAME, "description": "As the service says, asked in person."},
    ]


def terms() -> Iterator[Term]:
    """Every term of both lists."""
    yield from (term(need) for need in shipped().needs.values())
    yield from map(report_term, TAKES)


def term(need: Need) -> Term:
    """A need as a term."""
    return _term(need.key, need.name.en, TAXONOMY, TAXONOMY_NAME)


def report_term(answer: str) -> Term:
    """Whether a service takes reports, as a term; `answer` is yes or no."""
    return _term(answer, TAKES[answer], REPORTS, REPORTS_NAME)


def _term(key: str, name: str, taxonomy: uuid.UUID, taxonomy_name: str) -> Term:
    return {
        "id": part_id(taxonomy, key),
        "code": key,
        "name": name,
        "description": name,
        "taxonomy": taxonomy_name,
        "taxonomy_id": str(taxonomy),
        "language": "en",
    }
