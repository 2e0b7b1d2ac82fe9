"""Law packs as they ship in `content/packs/`: what a place asks, whom to call, which rules a district may adopt."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from upstander.engines import indicators
from upstander.foundation.kernel.content import (
    ContentRefused,
    Document,
    Fault,
    Text,
    read_documents,
    text_of,
)

FACT_LISTS = (
    "emergency",
    "reporting_lines",
    "counseling_lines",
    "test",
    "assurances",
    "do_not",
    "after_the_call",
)
FACT_HOLDERS = ("duties", "recipients", "excluded_recipients", "rule_sets")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a reporter owes. `fact` is its text and, where it is due in elapsed hours, their number."""

    key: str
    channel: str
    starts: str
    due: str
    fact: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who takes a report, or (among the excluded) who does not; `fact` says so and gives the source."""

    key: str
    name: Text
    condition: Text | None
    fact: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing an adult may have noticed, in our own words."""

    key: str
    text: Text
    note: Text | None


@dataclass(frozen=True, slots=True)
class ObservationGroup:
    """Observations that count together, and how many of them are enough."""

    key: str
    threshold: int
    name: Text
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A county's local rule in one edition: its words and its logic."""

    key: str
    edition: int
    name: Text
    fact: str
    met: Text
    groups: tuple[ObservationGroup, ...]

    def logic(self) -> indicators.RuleSet:
        """The rule without its words, as the engine reads it. Raises ValueError if it could not be read."""
        groups = (indicators.Group(g.key, g.threshold, tuple(o.key for o in g.observations)) for g in self.groups)
        return indicators.RuleSet(self.key, tuple(groups))


@dataclass(frozen=True, slots=True)
class Pack:
    """One jurisdiction. Fact lists hold keys; what nobody has verified is None and stays to be confirmed."""

    key: str
    level: str
    parent: str | None
    name: Text
    effective_from: date
    is_signed_off: bool
    emergency: tuple[str, ...]
    reporting_lines: tuple[str, ...]
    counseling_lines: tuple[str, ...]
    test: tuple[str, ...]
    assurances: tuple[str, ...]
    do_not: tuple[str, ...]
    after_the_call: tuple[str, ...]
    duties: tuple[Duty, ...]
    recipients: tuple[Recipient, ...]
    excluded_recipients: tuple[Recipient, ...]
    written_form: Text | None
    rule_sets: tuple[RuleSet, ...]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place with all that holds there: its own pack first, then its state's, then the country's."""

    packs: tuple[Pack, ...]

    @property
    def name(self) -> Text:
        return self.packs[0].name

    def facts(self, part: str) -> tuple[str, ...]:
        """Fact keys of one list (such as "reporting_lines") over all packs, the nearest first."""
        return tuple(key for pack in self.packs for key in getattr(pack, part))

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        return tuple(recipient for pack in self.packs for recipient in pack.recipients)

    @property
    def excluded_recipients(self) -> tuple[Recipient, ...]:
        return tuple(recipient for pack in self.packs for recipient in pack.excluded_recipients)

    def duty(self, channel: str) -> Duty | None:
        """The nearest duty for a channel, "phone" or "written"."""
        return next(
            (duty for pack in self.packs for duty in pack.duties if duty.channel == channel),
            None,
        )


def jurisdiction(packs: Mapping[str, Pack], key: str) -> Jurisdiction:
    """The pack `key` with its parents. Raises KeyError for a place without a pack."""
    return Jurisdiction(tuple(_upward(packs, key)))


def _upward(packs: Mapping[str, Pack], key: str | None) -> Iterator[Pack]:
    while key is not None:
        yield packs[key]
        key = packs[key].parent


def read_packs(content: Path, facts: Collection[str]) -> dict[str, Pack]:
    """Every shipped pack by key, checked against its schema, the known fact keys and the engine's own demands.

    Raises ContentRefused naming file, line, key and reason of everything wrong.
    """
    documents = read_documents(content / "packs", content / "schemas" / "pack.schema.json")
    names = {document.data["pack"] for document in documents}
    faults = [fault for document in documents for fault in _faults(document, names, facts)]
    if faults:
        raise ContentRefused(faults)
    return {document.data["pack"]: _pack(document.data) for document in documents}


def _faults(document: Document, names: set[str], facts: Collection[str]) -> Iterator[Fault]:
    data = document.data
    if data["pack"] != document.file.stem:
        yield document.fault(("pack",), f"the file of {data['pack']} is {data['pack']}.yaml")
    parent = data["parent"]
    # A parent's name begins its children's names, so a chain of parents always ends.
    if parent is not None and not data["pack"].startswith(f"{parent}-"):
        yield document.fault(("parent",), f"{parent} does not contain {data['pack']}")
    elif parent is not None and parent not in names:
        yield document.fault(("parent",), f"there is no pack {parent}")
    for place, key in _facts_named(data):
        if key not in facts:
            yield document.fault(place, f"there is no fact {key}")
    for index, rule in enumerate(data["rule_sets"]):
        try:
            _rule_set(rule).logic()
        except ValueError as error:
            yield document.fault(("rule_sets", index, "groups"), str(error))


def _facts_named(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for part in FACT_LISTS:
        yield from (((part, index), key) for index, key in enumerate(data[part]))
    for part in FACT_HOLDERS:
        yield from (((part, index, "fact"), item["fact"]) for index, item in enumerate(data[part]))


def _pack(data: dict[str, Any]) -> Pack:
    return Pack(
        key=data["pack"],
        level=data["level"],
        parent=data["parent"],
        name=Text(**data["name"]),
        effective_from=date.fromisoformat(data["effective_from"]),
        is_signed_off=data["counsel_sign_off"] is not None,
        **{part: tuple(data[part]) for part in FACT_LISTS},
        duties=tuple(Duty(**duty) for duty in data["duties"]),
        recipients=tuple(map(_recipient, data["recipients"])),
        excluded_recipients=tuple(map(_recipient, data["excluded_recipients"])),
        written_form=text_of(data["written_form"]["name"]) if data["written_form"] else None,
        rule_sets=tuple(map(_rule_set, data["rule_sets"])),
    )


def _recipient(data: dict[str, Any]) -> Recipient:
    return Recipient(data["key"], Text(**data["name"]), text_of(data.get("condition")), data["fact"])


def _rule_set(data: dict[str, Any]) -> RuleSet:
    groups = tuple(_group(group) for group in data["groups"])
    return RuleSet(
        data["key"],
        data["edition"],
        Text(**data["name"]),
        data["fact"],
        Text(**data["met"]),
        groups,
    )


def _group(data: dict[str, Any]) -> ObservationGroup:
    observations = tuple(
        Observation(item["key"], Text(**item["text"]), text_of(item.get("note"))) for item in data["observations"]
    )
    return ObservationGroup(data["key"], data["threshold"], Text(**data["name"]), observations)
