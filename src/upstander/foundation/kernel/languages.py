"""The languages that people speak with each other here, as they ship in `content/languages/`: one list for sessions,
evenings and the directory."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents, said


@dataclass(frozen=True, slots=True)
class Languages:
    """Names by code, and the codes that are offered first."""

    names: dict[str, Text]
    usual: tuple[str, ...]


@cache
def shipped_languages() -> Languages:
    """All of them, read once per process."""
    return read_languages(settings.CONTENT)


def usual_languages() -> list[tuple[str, str]]:
    """Code and name of those that are offered first, in their order."""
    return [(code, language_name(code)) for code in shipped_languages().usual]


def further_languages() -> list[tuple[str, str]]:
    """Code and name of all others, in the order of the reader's alphabet."""
    known = shipped_languages()
    others = ((code, language_name(code)) for code in known.names if code not in known.usual)
    return sorted(others, key=lambda pair: _plain(pair[1]))


def offered_languages(*, without: Collection[str] = ()) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """What a form offers, but for those `without`: the usual ones, and all others as a group."""
    usual = [(code, name) for code, name in usual_languages() if code not in without]
    further = [(code, name) for code, name in further_languages() if code not in without]
    return [*usual, (_("More languages"), further)]


def are_known(codes: Collection[str]) -> bool:
    """Whether all of them are in the list, and there is one at least."""
    return bool(codes) and set(codes) <= shipped_languages().names.keys()


def language_name(code: str) -> str:
    """What a language is called here; the code itself where the list has lost it."""
    name = shipped_languages().names.get(code)
    return said(name) if name else code


def in_order(codes: Collection[str]) -> list[str]:
    """The same codes in the order of the list."""
    return [code for code in shipped_languages().names if code in codes]


def language_names(codes: Iterable[str]) -> str:
    """Several of them, one after the other."""
    return ", ".join(map(language_name, codes))


def read_languages(content: Path) -> Languages:
    """Read and check the list of a content folder. Raises ContentRefused naming file, line, key and reason."""
    (document,) = read_documents(content / "languages", content / "schemas" / "languages.schema.json")
    if faults := list(_faults(document)):
        raise ContentRefused(faults)
    names = {row["code"]: Text(**row["name"]) for row in document.data["languages"]}
    return Languages(names, tuple(document.data["usual"]))


def _faults(document: Document) -> Iterator[Fault]:
    codes = [row["code"] for row in document.data["languages"]]
    for index, code in enumerate(codes):
        if codes.index(code) < index:
            yield document.fault(("languages", index), "is listed twice")
    if set(document.data["usual"]) - set(codes):
        yield document.fault(("usual",), "names a language that is not in the list")


def _plain(name: str) -> str:
    """Á is sorted as A."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
