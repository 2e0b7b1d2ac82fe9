"""How far each passage of a district's own page is in Spanish, read from the page's versions. No database.

Nobody sets it by hand: what a version says in both languages, and which version a language reviewer approved, is all it
takes. English is the original; the Spanish is behind it once the English reads otherwise since.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

TITLE, SUMMARY = "title", "summary"  # passages beside the blocks of the body


class Translation(StrEnum):
    """How far a passage is. In the order in which it calls for somebody."""

    NONE = "none"
    BEHIND = "behind"
    DRAFT = "draft"
    REVIEWED = "reviewed"


WORDS = {
    Translation.NONE: _("One language is missing"),
    Translation.BEHIND: _("Spanish is behind the English"),
    Translation.DRAFT: _("Not yet reviewed"),
    Translation.REVIEWED: _("Reviewed in both languages"),
}
Said = tuple[tuple[str, ...], tuple[str, ...]]  # all that a passage says, in English and in Spanish


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page by its id: what each passage says, by the passage's own id, in reading order."""

    number: int
    said: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the newest version with the first words of it, in whichever language has any."""

    key: str
    begins: str
    state: Translation


def version_of(number: int, content: Mapping[str, Any]) -> Version:
    """A version from what Wagtail keeps of it."""
    fields = ((TITLE, "title", "title_es"), (SUMMARY, "summary_en", "summary_es"))
    said = {name: _pair([(content[english] or "", content[spanish] or "")]) for name, english, spanish in fields}
    for at, block in enumerate(json.loads(content["body"])):
        if pairs := list(_pairs(block["value"])):
            said[str(block.get("id") or at)] = _pair(pairs)
    return Version(number, said)


def translation(versions: Sequence[Version], approved: Collection[int]) -> list[Passage]:
    """Every passage of the newest of `versions`, which are in their order; a language reviewer `approved` some."""
    if not versions:
        return []
    return [
        Passage(key, _begins(said), _state([each.said.get(key) for each in versions], _read(versions, approved, key)))
        for key, said in versions[-1].said.items()
    ]


def _state(history: Sequence[Said | None], read: Collection[Said]) -> Translation:
    now = history[-1]
    assert now is not None, "the passage is one of the newest version"
    if not all(words.strip() for language in now for words in language):
        return Translation.NONE
    if now in read:
        return Translation.REVIEWED
    english, spanish = (_since(history, at) for at in (0, 1))
    return Translation.BEHIND if english > spanish else Translation.DRAFT


def _since(history: Sequence[Said | None], language: int) -> int:
    """Since which version a passage reads as it does now in one language."""
    now = history[-1]
    at = len(history) - 1
    while at > 0 and (before := history[at - 1]) and now and before[language] == now[language]:
        at -= 1
    return at


def _read(versions: Iterable[Version], approved: Collection[int], key: str) -> set[Said]:
    return {each.said[key] for each in versions if each.number in approved and key in each.said}


def _begins(said: Said) -> str:
    return next((words for language in said for words in language if words.strip()), "")


def _pair(pairs: Iterable[tuple[str, str]]) -> Said:
    english, spanish = zip(*pairs, strict=True)
    return english, spanish


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    """Every passage in both languages inside a block's value, in reading order."""
    if isinstance(value, list):
        for each in value:
            yield from _pairs(each)
    elif isinstance(value, dict) and {"en", "es"} <= value.keys():
        yield value["en"] or "", value["es"] or ""
    elif isinstance(value, dict):
        for each in value.values():
            yield from _pairs(each)
