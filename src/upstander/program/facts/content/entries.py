"""What a fact is, how one is shown on a day, and sentences that name them. No database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from upstander.foundation.kernel.content import Text

MOST_PASSAGES = 8192  # twice as many as ship
PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


class Kind(StrEnum):
    """What a fact is for. It decides what happens to it once nobody has checked it for too long."""

    EMERGENCY = "emergency"
    REPORTING = "reporting"
    COUNSELING = "counseling"
    DUTY = "duty"
    STATUTE = "statute"
    PRACTICE = "practice"
    RULE = "rule"
    CLAIM = "claim"


LINES = frozenset({Kind.EMERGENCY, Kind.REPORTING, Kind.COUNSELING})

# What one person may put right at once. The words of a law, and the numbers that clocks are counted with, change with a
# signed pack, so that what is said and what is counted never differ; and the emergency number stands on pages that
# read no database.
CORRECTABLE = frozenset({Kind.REPORTING, Kind.COUNSELING, Kind.CLAIM, Kind.PRACTICE})

# An old number for the child-welfare line is still the best one to dial, and a duty does not lapse: these keep their
# value and say when they were last checked. The rest says that it is being checked, and says no more.
KEPT_WHEN_EXPIRED = frozenset({Kind.EMERGENCY, Kind.REPORTING, Kind.DUTY, Kind.STATUTE, Kind.PRACTICE})

WILL_THEY_TELL = Text("Will they tell the police?", "¿Avisan a la policía?")
ASK_FIRST = Text("We do not know: ask them before you say more.", "No lo sabemos: pregunte antes de contar más.")
BEING_CHECKED = Text("(this number is being checked)", "(este número se está verificando)")
TAKES_REPORTS = Text(
    "They take reports, and what you tell them may be passed on.",
    "Reciben reportes, y lo que usted cuente puede pasar a otras autoridades.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in both languages. `value` is the number, line or date itself; texts hold `{value}` in its place."""

    key: str
    kind: Kind
    label: Text
    text: Text
    value: str
    citation: Text | None
    hours: Text | None
    fulfils_report: bool
    source_name: str
    source_address: str
    read_on: date
    owner: str
    expires_on: date
    after_hours: Text | None = None
    tells: str = ""  # the fact that says whether they tell the police, where somebody has found out
    fallback: str = ""  # the line of the same kind that is shown while this one is withheld
    ask: Text | None = None  # of whom to ask for a source that has no address

    @property
    def goes_with(self) -> frozenset[str]:
        """The facts without which this one is not shown as it should be."""
        return frozenset(filter(None, (self.tells, self.fallback)))

    @property
    def may_be_corrected(self) -> bool:
        """Whether one person may put its value right at once."""
        return bool(self.value) and self.kind in CORRECTABLE


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact in one language on one day. When `is_withheld`, value, text and hours are empty."""

    key: str
    kind: Kind
    label: str
    text: str
    value: str
    citation: str
    hours: str
    fulfils_report: bool
    source_name: str
    source_address: str
    read_on: date
    is_expired: bool
    is_withheld: bool
    after_hours: str = ""
    tells: str = ""
    ask: str = ""

    @property
    def answered(self) -> str:
        """When somebody answers, and what a caller finds outside those hours."""
        return ". ".join(filter(None, (self.hours, self.after_hours)))

    @property
    def dial(self) -> str:
        """The value as a telephone link takes it: digits only."""
        return "".join(ch for ch in self.value if ch.isdigit())


def show(entry: Entry, language: str, on: date, *, known: Entry | None = None) -> Shown:
    """The fact as a page may show it on the day `on`; expired claims are withheld, never guessed at.

    `known` is the fact that says of a line whether it tells the police.
    """
    expired = on >= entry.expires_on
    withheld = expired and entry.kind not in KEPT_WHEN_EXPIRED
    value = "" if withheld else entry.value
    return Shown(
        key=entry.key,
        kind=entry.kind,
        label=entry.label.in_language(language),
        text="" if withheld else entry.text.in_language(language).replace("{value}", value),
        value=value,
        citation=entry.citation.in_language(language) if entry.citation else "",
        hours=entry.hours.in_language(language) if entry.hours and not withheld else "",
        fulfils_report=entry.fulfils_report,
        source_name=entry.source_name,
        source_address=entry.source_address,
        read_on=entry.read_on,
        is_expired=expired,
        is_withheld=withheld,
        after_hours=entry.after_hours.in_language(language) if entry.after_hours and not withheld else "",
        tells="" if withheld else _tells(entry, known, language),
        ask=entry.ask.in_language(language) if entry.ask else "",
    )


def _tells(entry: Entry, known: Entry | None, language: str) -> str:
    """Whether who answers a line tells the police: asked of every line, also where nobody has found out."""
    if entry.kind not in LINES or entry.kind is Kind.EMERGENCY:
        return ""
    if entry.fulfils_report:
        return TAKES_REPORTS.in_language(language)
    said = (WILL_THEY_TELL, known.text if known else ASK_FIRST)
    return " ".join(text.in_language(language) for text in said)


@dataclass(frozen=True, slots=True)
class Book:
    """The facts of one page: in one language, on one day. Looking up a fact that is not there is a KeyError."""

    entries: Mapping[str, Entry]
    language: str
    on: date

    def __getitem__(self, key: str) -> Shown:
        shown, fallback = self._show(key), self.entries[key].fallback
        if not shown.is_withheld or fallback not in self.entries:
            return shown
        stands_in = self._show(fallback)
        return shown if stands_in.is_withheld else stands_in

    def _show(self, key: str) -> Shown:
        entry = self.entries[key]
        return show(entry, self.language, self.on, known=self.entries.get(entry.tells))

    def pick(self, keys: Iterable[str]) -> tuple[Shown, ...]:
        """The facts of `keys`, in their order. One that would stand in for another is not said twice."""
        asked = list(keys)
        found = ((key, self[key]) for key in asked)
        return tuple(shown for key, shown in found if shown.key == key or shown.key not in asked)


def say(text: Text, book: Book) -> str:
    """A passage in the book's language, every number in it taken from its fact; one that is withheld leaves no gap."""

    def told(found: re.Match[str]) -> str:
        return book[found[1]].value or BEING_CHECKED.in_language(book.language)

    return PLACEHOLDER.sub(told, text.in_language(book.language))


@lru_cache(maxsize=MOST_PASSAGES)
def facts_in(text: Text) -> frozenset[str]:
    """The keys of the facts whose numbers stand in a passage, in either language."""
    return frozenset(PLACEHOLDER.findall(text.en + text.es))


def names_alike(text: Text) -> bool:
    """Whether both languages name the same facts."""
    return set(PLACEHOLDER.findall(text.en)) == set(PLACEHOLDER.findall(text.es))
