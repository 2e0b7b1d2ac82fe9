"""Translations: compile the catalogs, or check that every text has its Spanish."""

import argparse
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from upstander.commands import house, report

LANGUAGE = "es"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
Key = tuple[str, str]  # context (empty without one) and the English text


@dataclass(frozen=True)
class Text:
    """One English text and the place that asks for it."""

    key: Key
    place: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the two."""
    parser.add_argument("what", choices=("compile", "check"))
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Compile what is stale, or list what is missing (exit code 1)."""
    if options.what == "compile":
        report.show({"compiled": compile_all(house.SOURCE)}, as_json=options.json)
        return 0
    flaws = list(flaws_in(house.SOURCE))
    for flaw in flaws:
        print(flaw)
    report.show({"texts": len(set(_keys(house.SOURCE))), "flaws": len(flaws)}, as_json=options.json)
    return 1 if flaws else 0


def compile_all(source: Path) -> int:
    """Write the binary catalog beside each text catalog that is newer; gives how many were written."""
    stale = [file for file in _catalogs(source) if _is_stale(file)]
    for file in stale:
        with file.open("rb") as text:
            catalog = read_po(text)
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        draft = file.with_suffix(".mo.new")
        draft.write_bytes(compiled.getvalue())
        draft.replace(file.with_suffix(".mo"))
    return len(stale)


def flaws_in(source: Path) -> Iterator[str]:
    """A sentence for each English text below `source` without Spanish of its own, or with other placeholders; and for
    each that two catalogs say in two ways: all of them are one at run time, and the last one read would win."""
    said = spanish_of(source)
    for key, ways in said.items():
        if len(set(ways)) > 1:
            yield f"{key[1]!r} has more than one Spanish: {', '.join(map(repr, sorted(set(ways))))}"
    known = {key: ways[-1] for key, ways in said.items()}
    seen: set[Key] = set()
    for text in texts(source):
        if text.key in seen:
            continue
        seen.add(text.key)
        if text.key not in known:
            yield f"{text.place}: no Spanish for {text.key[1]!r}"
        elif _placeholders(text.key[1]) != _placeholders(known[text.key]):
            yield f"{text.place}: other placeholders in the Spanish of {text.key[1]!r}"


def texts(source: Path) -> Iterator[Text]:
    """Every text marked for translation in templates and Python files, with file and line."""
    for file in sorted([*source.rglob("*.py"), *source.rglob("templates/**/*.*")]):
        code = file.read_text()
        if file.suffix != ".py":
            # The result is a row of calls between fillers; without indents it can be read as Python.
            code = "\n".join(line.lstrip() for line in templatize(code, origin=str(file)).splitlines())
        found = extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"})
        for line, function, messages, _ in found:
            key = _key(str(function), messages)
            if key[1]:
                yield Text(key, f"{file.relative_to(source)}:{line}")


def _keys(source: Path) -> Iterator[Key]:
    return (text.key for text in texts(source))


def _key(function: str, messages: object) -> Key:
    words = [str(word or "") for word in (messages if isinstance(messages, tuple | list) else [messages])]
    return (words[0], words[1]) if function.startswith(("pgettext", "npgettext")) else ("", words[0])


def _catalogs(source: Path) -> list[Path]:
    return sorted(source.rglob(f"locale/{LANGUAGE}/LC_MESSAGES/django.po"))


def _is_stale(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime


def spanish_of(source: Path) -> dict[Key, list[str]]:
    """What the catalogs below `source` say in Spanish; of a text with a plural, the plural."""
    found: dict[Key, list[str]] = {}
    for file in _catalogs(source):
        with file.open("rb") as text:
            catalog = read_po(text)
        for message in catalog:
            if message.id and not message.fuzzy and all(_strings(message)):
                english = message.id[0] if isinstance(message.id, tuple | list) else message.id
                found.setdefault((message.context or "", english), []).append(_strings(message)[-1])
    return found


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}
