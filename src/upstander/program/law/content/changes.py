"""What differs between two editions of a pack, in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any

from upstander.program.facts.content import Entry
from upstander.program.law.content.layers import ENTRY_LISTS, FACT_LISTS
from upstander.program.law.content.shapes import Pack

WORDS = {
    "emergency": "emergency numbers",
    "counseling_lines": "lines to talk to someone",
    "test": "the legal test",
    "assurances": "what a person who hesitates needs to hear",
    "do_not": "what to leave alone",
    "after_the_call": "what happens after the call",
    "reporting_lines": "numbers that take a report",
    "reporters": "who must report",
    "duties": "duties",
    "recipients": "who takes a report",
    "excluded_recipients": "who takes no report",
    "provisions": "other provisions",
    "levels": "levels of response",
    "rule_sets": "local rules",
}
HEAD = ("name", "effective_from", "effective_to", "review_by", "reviewed_by", "counsel_sign_off", "written_form")


def changes(old: Pack, new: Pack, facts: Mapping[str, Entry]) -> Iterator[str]:
    """One sentence for every difference from `old` to `new`; nothing when they say the same."""
    before, after = old.document.data, new.document.data
    for name in HEAD:
        if before.get(name) != after.get(name):
            yield f"{name}: {_say(after.get(name), facts)} (was {_say(before.get(name), facts)})"
    for part in FACT_LISTS:
        ours, theirs = before.get(part, []), after.get(part, [])
        yield from (f"{WORDS[part]}: now with {_say(key, facts)}" for key in theirs if key not in ours)
        yield from (f"{WORDS[part]}: no longer {_say(key, facts)}" for key in ours if key not in theirs)
    for part in ENTRY_LISTS:
        yield from _entries(WORDS[part], _by_key(before.get(part, [])), _by_key(after.get(part, [])), facts)


def _entries(words: str, old: dict[str, Any], new: dict[str, Any], facts: Mapping[str, Entry]) -> Iterator[str]:
    for key in new:
        if key not in old:
            yield f"{words}: now with {key}"
            continue
        ours, theirs = _leaves(old[key]), _leaves(new[key])
        for name in dict.fromkeys([*ours, *theirs]):
            if ours.get(name) != theirs.get(name):
                said = f"{_say(theirs.get(name), facts)} (was {_say(ours.get(name), facts)})"
                yield f"{words}: {key}: {name} is {said}"
    yield from (f"{words}: no longer {key}" for key in old if key not in new)


def _by_key(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {entry["key"]: entry for entry in entries}


def _leaves(data: dict[str, Any]) -> dict[str, Any]:
    """Every single thing an entry says, by its way there: "groups A observations A1 text en"."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = _by_key(value)
        if isinstance(value, dict):
            found |= {f"{name} {below}": leaf for below, leaf in _leaves(value).items()}
        else:
            found[name] = value
    return found


def _say(value: Any, facts: Mapping[str, Entry]) -> str:
    match value:
        case None | []:
            return "unfilled"
        case str() if value in facts:
            number = f": {facts[value].value}" if facts[value].value else ""
            return f"“{facts[value].label.en}{number}” ({value})"
        case list():
            return ", ".join(_say(item, facts) for item in value)
        case dict():
            return ", ".join(str(item) for item in value.values())
    return str(value)
