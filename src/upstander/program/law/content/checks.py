"""What a pack's file may not say, beyond what its schema can express."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from upstander.foundation.kernel.content import Document, Fault
from upstander.program.facts.content import Entry
from upstander.program.law.content.building import is_whole, rule_set_of
from upstander.program.law.content.layers import ENTRY_LISTS, FACT_LISTS
from upstander.program.law.content.shapes import Pack, RuleSet

Editions = tuple[Pack, ...]
Place = tuple[str | int, ...]


def of_file(document: Document, names: set[str], facts: Mapping[str, Entry]) -> Iterator[Fault]:
    """What is wrong with a shipped file; `names` are the packs that ship."""
    data = document.data
    if document.file.stem != f"{data['pack']}.{data['effective_from']}":
        yield document.fault(("pack",), f"the file of this edition is {data['pack']}.{data['effective_from']}.yaml")
    parent = data["parent"]
    # A parent's name begins its children's names, so a chain of parents always ends.
    if parent is not None and not data["pack"].startswith(f"{parent}-"):
        yield document.fault(("parent",), f"{parent} does not contain {data['pack']}")
    elif parent is not None and parent not in names:
        yield document.fault(("parent",), f"there is no pack {parent}")
    yield from alone(document, facts)


def alone(document: Document, facts: Mapping[str, Entry]) -> Iterator[Fault]:
    """What is wrong with a file by itself."""
    data = document.data
    if data["effective_to"] is not None and data["effective_to"] <= data["effective_from"]:
        yield document.fault(("effective_to",), "ends before it begins")
    for place, key in _facts_named(data):
        if key not in facts:
            yield document.fault(place, f"there is no fact {key}")
    yield from _written_twice(document)
    yield from _uncountable(document, facts)
    for index, rule in enumerate(data.get("rule_sets", ())):
        yield from _unreadable(document, index, rule)


def _written_twice(document: Document) -> Iterator[Fault]:
    for part in ENTRY_LISTS:
        keys = [entry["key"] for entry in document.data.get(part, ())]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield document.fault((part, index, "key"), f"{key} is written twice")


def _uncountable(document: Document, facts: Mapping[str, Entry]) -> Iterator[Fault]:
    for index, duty in enumerate(document.data.get("duties", ())):
        fact = facts.get(duty.get("fact") or "")
        if duty.get("due") not in (None, "at_once") and fact and not fact.value.isdigit():
            yield document.fault(("duties", index, "fact"), f"{fact.key} has no number to count")


def _unreadable(document: Document, index: int, rule: dict[str, Any]) -> Iterator[Fault]:
    try:
        if is_whole("rule_sets", rule):
            rule_set_of(rule).logic()
    except ValueError as error:
        yield document.fault(("rule_sets", index, "groups"), str(error))


def _facts_named(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    for part in FACT_LISTS:
        yield from (((part, index), key) for index, key in enumerate(data.get(part, ())))
    for part in ENTRY_LISTS:
        for index, entry in enumerate(data.get(part, ())):
            if entry.get("fact"):
                yield (part, index, "fact"), entry["fact"]
            yield from (((part, index, "steps", step), key) for step, key in enumerate(entry.get("steps") or ()))


def overlaps(packs: Mapping[str, Editions]) -> Iterator[Fault]:
    """Editions of one pack that would hold on the same day."""
    for editions in packs.values():
        for one, following in pairwise(editions):
            if one.effective_to is None or one.effective_to > following.effective_from:
                reason = f"{one.document.file.name} has not ended by then: give it an effective_to"
                yield following.document.fault(("effective_from",), reason)


def rules_rewritten(packs: Mapping[str, Editions]) -> Iterator[Fault]:
    """A district adopted an edition of a rule: under that number the rule says the same for ever."""
    for editions in packs.values():
        known: dict[tuple[str, int], tuple[RuleSet, Pack]] = {}
        for pack in editions:
            for index, rule in enumerate(pack.rule_sets):
                first, said_in = known.setdefault((rule.key, rule.edition), (rule, pack))
                if first != rule:
                    reason = f"edition {rule.edition} of {rule.key} says something else in {said_in.document.file.name}"
                    yield pack.document.fault(("rule_sets", index, "edition"), f"{reason}: give it a new number")
