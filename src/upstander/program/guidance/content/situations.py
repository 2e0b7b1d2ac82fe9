"""The made-up situations of the rehearsal, as they ship in `content/practice/`. They also test the guide."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from upstander.engines.indicators import Answer, Outcome
from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents
from upstander.program.law.content import Pack, RuleSet

Editions = Mapping[str, tuple[Pack, ...]]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who, by role, found the situation sound, and when."""

    role: Text
    on: date


@dataclass(frozen=True, slots=True)
class Option:
    """Something one could do, and what speaks for or against it. Exactly one of a situation is expected."""

    text: Text
    why: Text
    is_expected: bool


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A local rule (`pack:rule`), what the adult in the situation could answer, and how the rule then reads."""

    rule: str
    answers: Mapping[str, Answer]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Situation:
    """A made-up situation. Either the rule is read, or `skips_rule` says why it is not asked: danger, told, adult."""

    key: str
    edition: int
    retire_on: date
    sign_offs: Mapping[str, SignOff | None]
    about: tuple[str, ...]
    title: Text
    story: tuple[Text, ...]
    options: tuple[Option, ...]
    branch: str
    skips_rule: str
    reading: RuleReading | None
    calls: tuple[str, ...]
    why: Text

    def is_current(self, on: date) -> bool:
        """Whether people may still practice with it: not from the day on which it retires."""
        return on < self.retire_on


def read_situations(content: Path, branches: Collection[str], packs: Editions) -> dict[str, Situation]:
    """Every shipped situation by key. Raises ContentRefused naming file, line, key and reason of everything wrong."""
    documents = read_documents(content / "practice", content / "schemas" / "practice.schema.json")
    faults = [fault for document in documents for fault in _faults(document, branches, packs)]
    if faults:
        raise ContentRefused(faults)
    return {document.data["situation"]: _situation(document.data) for document in documents}


def rule_named(packs: Editions, name: str) -> RuleSet | None:
    """The newest edition of a rule by its `pack:rule`, or None."""
    pack, _colon, key = name.partition(":")
    newest = packs[pack][-1].rule_sets if pack in packs else ()
    return next((rule for rule in newest if rule.key == key), None)


def _situation(data: dict[str, Any]) -> Situation:
    path = data["path"]
    return Situation(
        key=data["situation"],
        edition=data["edition"],
        retire_on=date.fromisoformat(data["retire_on"]),
        sign_offs={kind: _sign_off(given) for kind, given in data["sign_offs"].items()},
        about=tuple(data["about"]),
        title=Text(**data["title"]),
        story=tuple(Text(**text) for text in data["story"]),
        options=tuple(Option(Text(**one["text"]), Text(**one["why"]), one["expected"]) for one in data["options"]),
        branch=path["branch"],
        skips_rule=path.get("skips_rule", ""),
        reading=_reading(path) if "rule" in path else None,
        calls=tuple(path["calls"]),
        why=Text(**data["why"]),
    )


def _sign_off(data: dict[str, Any] | None) -> SignOff | None:
    return SignOff(Text(**data["role"]), date.fromisoformat(data["on"])) if data else None


def _reading(path: dict[str, Any]) -> RuleReading:
    answers = {key: Answer(answer) for key, answer in path["answers"].items()}
    return RuleReading(path["rule"], answers, Outcome(path["outcome"]))


def _faults(document: Document, branches: Collection[str], packs: Editions) -> Iterator[Fault]:
    path = document.data["path"]
    yield from document.misnamed("situation")
    if path["branch"] not in branches:
        yield document.fault(("path", "branch"), f"there is no branch {path['branch']}")
    if "rule" in path:
        rule = rule_named(packs, path["rule"])
        if rule is None:
            yield document.fault(("path", "rule"), f"there is no rule {path['rule']}")
        elif strangers := sorted(set(path["answers"]) - set(rule.logic().observations())):
            yield document.fault(("path", "answers"), f"the rule has no observation {', '.join(strangers)}")
