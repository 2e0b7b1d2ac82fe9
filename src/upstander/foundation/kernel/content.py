"""Reading what ships as data in `content/`: YAML against a JSON Schema of ours, with errors a writer can act on."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from jsonschema import Draft202012Validator

Place = tuple[str | int, ...]
NO_ANCHORS = "points to another part of the file (& or *): write it out"


@dataclass(frozen=True, slots=True)
class Text:
    """One passage in both languages, side by side in its file so that neither is forgotten."""

    en: str
    es: str

    def in_language(self, language: str) -> str:
        """The passage for a language code such as "es" or "es-mx"; anything else reads English."""
        return self.es if language.startswith("es") else self.en


def said(text: Text) -> str:
    """The passage in the language of this request or mail."""
    return text.in_language(get_language() or "en")


def text_of(data: dict[str, str] | None) -> Text | None:
    """The passage of a checked `{en, es}` mapping; nothing stays nothing."""
    return Text(data["en"], data["es"]) if data else None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one file: where it is and what is expected."""

    file: Path
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}: {self.key or 'file'}: {self.reason}"


class ContentRefused(Exception):
    """The content cannot be used; `faults` names every file, line, key and reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Document:
    """A file that passed its schema, and where each of its places stands."""

    file: Path
    data: dict[str, Any]
    lines: dict[Place, int]

    def fault(self, place: Place, reason: str) -> Fault:
        """A fault at `place`, for checks that a schema cannot express."""
        return Fault(self.file, self.lines.get(place, 1), ".".join(str(step) for step in place), reason)

    def misnamed(self, key: str) -> Iterator[Fault]:
        """A fault where the file does not bear the name that stands in it under `key`."""
        name = self.data[key]
        if name != self.file.stem:
            yield self.fault((key,), f"the file of {name} is {name}.yaml")


class _PlainLoader(yaml.SafeLoader):
    """Days stay text: the schema says what a day looks like. A part is written where it stands, never pointed to.

    Aliases of aliases make a short file as large as anybody likes, and a reviewer cannot see how large.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.composer.ComposerError(None, None, NO_ANCHORS, event.start_mark)
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_documents(folder: Path, schema: Path, pattern: str = "*.yaml") -> list[Document]:
    """Read the files of `folder` in name order, checked by `schema`. Raises ContentRefused with all faults."""
    validator = Draft202012Validator(
        json.loads(schema.read_text(encoding="utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    documents, faults = [], []
    for file in sorted(folder.glob(pattern)):
        try:
            documents.append(_read(file, validator))
        except ContentRefused as refused:
            faults.extend(refused.faults)
    if faults:
        raise ContentRefused(faults)
    return documents


def read_document(file: Path) -> Document:
    """One file as it stands, for checks that hold whatever its schema is. Raises ContentRefused where it is no YAML."""
    data, places = _parse(file)
    return Document(file, data, dict(places))


def _read(file: Path, validator: Draft202012Validator) -> Document:
    data, places = _parse(file)
    document = Document(file, data, dict(places))
    faults = [document.fault(place, "written twice") for place in _repeated(places)]
    faults += [document.fault(tuple(error.absolute_path), error.message) for error in validator.iter_errors(data)]
    if faults:
        raise ContentRefused(faults)
    return document


def _parse(file: Path) -> tuple[Any, list[tuple[Place, int]]]:
    """The file's data and the line of each of its places; whatever is no plain YAML is refused with its line."""
    try:
        loader = _PlainLoader(file.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        return loader.construct_document(node) if node else None, list(_places(node, ()))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentRefused([Fault(file, line, "", error.problem or "not YAML")]) from None
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        reason = (
            "is nested too deep, or holds itself" if isinstance(error, RecursionError) else "is not plain text in UTF-8"
        )
        raise ContentRefused([Fault(file, 1, "", reason)]) from None


def _places(node: yaml.Node | None, place: Place) -> Iterator[tuple[Place, int]]:
    match node:
        case yaml.MappingNode():
            for name, value in node.value:
                yield (*place, str(name.value)), name.start_mark.line + 1
                yield from _places(value, (*place, str(name.value)))
        case yaml.SequenceNode():
            for index, value in enumerate(node.value):
                yield (*place, index), value.start_mark.line + 1
                yield from _places(value, (*place, index))


def _repeated(places: list[tuple[Place, int]]) -> list[Place]:
    counts = Counter(place for place, _ in places)
    return [place for place, count in counts.items() if count > 1]
