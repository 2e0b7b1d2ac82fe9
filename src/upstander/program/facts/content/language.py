"""The linter of words: what a passage may not say, and what is missing beside it. For a file, and for what is typed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from upstander.engines.wording import Hit, Rule, hits
from upstander.foundation.kernel.content import Fault, Place, Text, read_document, read_documents
from upstander.program.facts.content.entries import facts_in

LANGUAGES = frozenset({"en", "es"})
PICTURES = frozenset({"picture", "image"})  # whatever stands under these is seen, so it is also said
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
NOT_WRITING = frozenset({"demo", "language", "mappings", "schemas"})  # folders without sentences for readers


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one language of a passage: the words, what to say instead and why, each in both languages.

    What is `never` said, not even in somebody else's words, keeps whatever holds it from being published.
    """

    language: str
    words: str
    better: Text
    why: Text
    never: bool = False


def read_rules(content: Path) -> tuple[Rule, ...]:
    """The rules of `content/language`. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "language", content / "schemas" / "language.schema.json")
    return tuple(_rule(data) for document in documents for data in document.data["rules"])


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that ship, read once per process."""
    return read_rules(settings.CONTENT)


def findings(text: Text, rules: Iterable[Rule], *, kind: str = "") -> Iterator[Finding]:
    """Every rule that a passage breaks, in either language. `kind` is the folder it ships in, if it ships."""
    rules, has_fact = tuple(rules), bool(facts_in(text))
    for language, said in (("en", text.en), ("es", text.es)):
        yield from (_finding(hit, language) for hit in hits(said, language, rules, has_fact=has_fact, kind=kind))


def lint(content: Path) -> list[Fault]:
    """Everything the linter finds in what ships: words, missing languages, pictures without words."""
    rules = read_rules(content)
    folders = sorted(path for path in content.iterdir() if path.is_dir() and path.name not in NOT_WRITING)
    files = (file for folder in folders for file in sorted(folder.rglob("*.yaml")))
    return [fault for file in files for fault in _of_file(file, file.relative_to(content).parts[0], rules)]


def _of_file(file: Path, kind: str, rules: tuple[Rule, ...]) -> list[Fault]:
    """The faults of a file, read fast; only one that has any is read again for its lines."""
    data = QUICK(file.read_text(encoding="utf-8")).get_single_data()
    found = [told for place, mapping in _mappings(data, ()) for told in _of_mapping(place, mapping, kind, rules)]
    if not found:
        return []
    document = read_document(file)
    return [document.fault(place, reason) for place, reason in found]


def _of_mapping(place: Place, found: dict[str, Any], kind: str, rules: tuple[Rule, ...]) -> Iterator[tuple[Place, str]]:
    if found.keys() <= LANGUAGES:
        yield from _of_text(place, found, kind, rules)
    for name in sorted(PICTURES & found.keys()):
        if not (isinstance(found[name], dict) and found[name].get("alt")):
            yield (*place, name), "a picture has no words for those who do not see it (alt)"


def _of_text(place: Place, found: dict[str, Any], kind: str, rules: tuple[Rule, ...]) -> Iterator[tuple[Place, str]]:
    said = {language: found.get(language) or "" for language in sorted(LANGUAGES)}
    if not all(isinstance(words, str) for words in said.values()):
        return
    missing = [language for language, words in said.items() if not words.strip()]
    if missing:
        yield place, f"says nothing in {' and '.join(missing)}"
        return
    for finding in findings(Text(**said), rules, kind=kind):
        better = finding.better.in_language(finding.language)
        yield (*place, finding.language), f"“{finding.words}”: say {better}. {finding.why.en}"


def _mappings(data: Any, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every mapping of a file that is not empty, with its place."""
    if isinstance(data, dict):
        if data:
            yield place, data
        for name, value in data.items():
            yield from _mappings(value, (*place, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _mappings(value, (*place, index))


def _rule(data: dict[str, Any]) -> Rule:
    return Rule(
        key=data["key"],
        phrases={language: tuple(phrases) for language, phrases in data["find"].items()},
        better=data["better"],
        why=data["why"],
        dated=data.get("dated", False),
        never=data.get("never", False),
        quoted_in=frozenset(data.get("quoted_in", ())),
        only_in=frozenset(data.get("only_in", ())),
    )


def _finding(hit: Hit, language: str) -> Finding:
    return Finding(language, hit.words, Text(**hit.rule.better), Text(**hit.rule.why), hit.rule.never)
