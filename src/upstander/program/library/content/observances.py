"""Observances as they ship: by which rule they come back, and the page that holds their kit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upstander.engines.observances import Beside, Circle, Day, Month, Rule, Weekday, in_year
from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents

ANY_YEAR = 2026  # a rule that leads nowhere does so in every year


@dataclass(frozen=True, slots=True)
class Observance:
    """One observance. `fact` says where it is known from, `page` is the page with its kit."""

    key: str
    rule: Rule
    page: str
    fact: str
    name: Text


def read_observances(content: Path, facts: Collection[str], pages: Collection[str]) -> dict[str, Observance]:
    """Every shipped observance by key. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "observances", content / "schemas" / "observance.schema.json")
    found = {document.data["key"]: _observance(document.data) for document in documents}
    rules = {key: each.rule for key, each in found.items()}
    faults = [fault for document in documents for fault in _faults(document, rules, facts, pages)]
    if faults:
        raise ContentRefused(faults)
    return found


def _observance(data: dict[str, Any]) -> Observance:
    return Observance(data["key"], _rule(data["rule"]), data["page"], data["fact"], Text(**data["name"]))


def _rule(data: dict[str, Any]) -> Rule:
    if "of" in data:
        return Beside(data["of"], data["days"])
    if "nth" in data:
        return Weekday(data["month"], data["nth"], data["weekday"])
    return Day(data["month"], data["day"]) if "day" in data else Month(data["month"])


def _faults(
    document: Document, rules: dict[str, Rule], facts: Collection[str], pages: Collection[str]
) -> Iterator[Fault]:
    yield from document.misnamed("key")
    if document.data["fact"] not in facts:
        yield document.fault(("fact",), f"there is no fact {document.data['fact']}")
    if document.data["page"] not in pages:
        yield document.fault(("page",), f"there is no page {document.data['page']}")
    try:
        in_year(document.data["key"], ANY_YEAR, rules)
    except Circle as circle:
        yield document.fault(("rule",), f"names no day: {circle} leads back to itself or is no observance")
