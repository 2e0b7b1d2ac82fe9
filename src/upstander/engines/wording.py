"""Finding words and claims that are better said otherwise. The rules are data; this only looks for them.

A phrase matches whole words in any case. `*` ends a stem ("rescu*"); `...` stands for anything within one sentence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

GAP = " ... "
BEGINS = r"(?<!\w)"


@dataclass(frozen=True)
class Rule:
    """One thing not to say, by language: its phrases, and what to say instead and why in words for a writer."""

    key: str
    phrases: Mapping[str, tuple[str, ...]]
    better: Mapping[str, str]
    why: Mapping[str, str]
    dated: bool = False  # a claim that may stand beside a fact with its source
    never: bool = False  # may not even stand in what others say of themselves
    quoted_in: frozenset[str] = frozenset()  # kinds of text that quote others
    only_in: frozenset[str] = frozenset()  # the kinds of text it is about; none are all

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """One expression a language that has phrases."""
        return {language: _pattern(phrases) for language, phrases in self.phrases.items() if phrases}

    def is_about(self, kind: str) -> bool:
        """Whether a text of this kind is held to the rule."""
        return kind not in self.quoted_in and (not self.only_in or kind in self.only_in)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that a text breaks, and the words that break it."""

    rule: Rule
    words: str


def hits(text: str, language: str, rules: Iterable[Rule], *, has_fact: bool = False, kind: str = "") -> Iterator[Hit]:
    """Each rule that `text` breaks, with the first words that do. `has_fact`: a dated fact stands in the text."""
    for rule in rules:
        if (rule.dated and has_fact) or not rule.is_about(kind) or language not in rule.patterns:
            continue
        found = rule.patterns[language].search(text)
        if found:
            yield Hit(rule, found[0])


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Where a word begins is asked first: most letters of a text are passed over without trying a phrase."""
    return re.compile(rf"{BEGINS}(?:{'|'.join(map(_phrase, phrases))})", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    return rf"[^.!?]*?{BEGINS}".join(_words(part) for part in phrase.split(GAP))


def _words(part: str) -> str:
    return r"[\s-]+".join(_word(word) for word in part.split())


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else r"(?!\w)")
