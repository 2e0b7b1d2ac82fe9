"""From a checked file, or from what layers say together, to the shapes that the programme reads."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from upstander.foundation.kernel.content import Document, Text, text_of
from upstander.program.facts.content import Entry
from upstander.program.law.content.layers import FACT_LISTS, NEEDED
from upstander.program.law.content.shapes import (
    Duty,
    Level,
    Line,
    Observation,
    ObservationGroup,
    Pack,
    Provision,
    Recipient,
    Reporters,
    RuleSet,
    Terms,
)


def lengths(facts: Mapping[str, Entry]) -> dict[str, int]:
    """The number of each fact that has one: hours, days, an age."""
    return {key: int(entry.value) for key, entry in facts.items() if entry.value.isdigit()}


def pack_of(document: Document, facts: Mapping[str, Entry]) -> Pack:
    """The pack of a checked file."""
    data = document.data
    return Pack(
        key=data["pack"],
        level=data["level"],
        parent=data["parent"],
        name=Text(**data["name"]),
        effective_from=date.fromisoformat(data["effective_from"]),
        effective_to=date.fromisoformat(data["effective_to"]) if data["effective_to"] else None,
        review_by=date.fromisoformat(data["review_by"]),
        is_signed_off=data["counsel_sign_off"] is not None,
        terms=terms_of(data, facts),
        document=document,
    )


def terms_of(data: Mapping[str, Any], facts: Mapping[str, Entry]) -> Terms:
    """What a file or merged layers say. An entry that only adds to one of a layer above says nothing by itself."""
    numbers, form = lengths(facts), data.get("written_form")
    return Terms(
        **{part: tuple(data.get(part, ())) for part in FACT_LISTS},
        lines=tuple(Line(item["key"], item["fact"]) for item in _entries(data, "reporting_lines")),
        reporters=tuple(_reporters(item, numbers) for item in _entries(data, "reporters")),
        duties=tuple(_duty(item, numbers) for item in _entries(data, "duties")),
        recipients=tuple(map(_recipient, _entries(data, "recipients"))),
        excluded_recipients=tuple(map(_recipient, _entries(data, "excluded_recipients"))),
        provisions=tuple(Provision(i["key"], i["kind"], i["fact"]) for i in _entries(data, "provisions")),
        levels=tuple(_level(item) for item in _entries(data, "levels")),
        rule_sets=tuple(map(rule_set_of, _entries(data, "rule_sets"))),
        written_form=text_of(form["name"]) if form else None,
    )


def is_whole(part: str, entry: Mapping[str, Any]) -> bool:
    """Whether an entry says all that it needs without a layer above it."""
    return all(name in entry for name in NEEDED[part])


def _entries(data: Mapping[str, Any], part: str) -> Iterator[dict[str, Any]]:
    return (entry for entry in data.get(part, ()) if is_whole(part, entry))


def _duty(data: dict[str, Any], numbers: Mapping[str, int]) -> Duty:
    due, fact = data["due"], data["fact"] or ""
    length = None if due in (None, "at_once") else numbers.get(fact)
    return Duty(data["key"], data["channel"], data["starts"], due, fact, length, data["delegable"])


def _reporters(data: dict[str, Any], numbers: Mapping[str, int]) -> Reporters:
    begins = data.get("begins")
    return Reporters(
        data["key"], data["fact"], date.fromisoformat(begins) if begins else None, numbers.get(data["fact"])
    )


def _level(data: dict[str, Any]) -> Level:
    steps = data["steps"]
    return Level(data["key"], Text(**data["name"]), data["fact"], tuple(steps) if steps else None)


def _recipient(data: dict[str, Any]) -> Recipient:
    return Recipient(data["key"], Text(**data["name"]), text_of(data.get("condition")), data["fact"])


def rule_set_of(data: dict[str, Any]) -> RuleSet:
    """A local rule with its words."""
    groups = tuple(_group(group) for group in data["groups"])
    return RuleSet(data["key"], data["edition"], Text(**data["name"]), data["fact"], Text(**data["met"]), groups)


def _group(data: dict[str, Any]) -> ObservationGroup:
    observations = tuple(
        Observation(item["key"], Text(**item["text"]), text_of(item.get("note"))) for item in data["observations"]
    )
    return ObservationGroup(data["key"], data["threshold"], Text(**data["name"]), observations)
