"""How hard a text is to read, by the formula of its language. Numbers only: nothing here knows whom a text is for.

English: the Flesch-Kincaid grade, in school years (Kincaid and others, 1975). Spanish: the ease of Szigriszt-Pazos as
read on the INFLESZ scale (Barrio-Cantalejo and others, 2008), from 0 (very hard) to about 100 (very easy). Syllables
are counted by rule, without a dictionary: a word may be off by one, a page of them is not.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<![.!?])[.!?]+[\"”’»)]*(?:\s+|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SILENT_END = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$")
VOWELS_EN = re.compile(r"[aeiouy]{1,2}")
VOWELS_ES = re.compile(r"[aeiouáéíóúü]+")
STRONG_ES = frozenset("aeoáéóíú")  # two of these beside each other are two syllables
SHORT_EN = 3  # letters: such a word has one syllable


@dataclass(frozen=True, slots=True)
class Size:
    """How much was read: sentences, words and syllables."""

    sentences: int
    words: int
    syllables: int


def grade_en(passages: Iterable[str]) -> float | None:
    """The school grade that English passages need, or None where there is no word. Each passage ends a sentence."""
    size = _size(passages, _syllables_en)
    if not size.words:
        return None
    return 0.39 * size.words / size.sentences + 11.8 * size.syllables / size.words - 15.59


def ease_es(passages: Iterable[str]) -> float | None:
    """How easy Spanish passages are, higher is easier, or None where there is no word."""
    size = _size(passages, _syllables_es)
    if not size.words:
        return None
    return 206.835 - 62.3 * size.syllables / size.words - size.words / size.sentences


def longest_sentence(passages: Iterable[str]) -> str:
    """The sentence with the most words: the first one to cut in two."""
    return max((sentence for passage in passages for sentence in sentences(passage)), key=_word_count, default="")


def sentences(passage: str) -> list[str]:
    """The sentences of a passage; a passage without a stop is one."""
    return [part.strip() for part in SENTENCE_END.split(passage) if WORD.search(part)]


def _word_count(sentence: str) -> int:
    return len(WORD.findall(sentence))


def _size(passages: Iterable[str], syllables: Callable[[str], int]) -> Size:
    cut = [sentence for passage in passages for sentence in sentences(passage)]
    words = [word for sentence in cut for word in WORD.findall(sentence)]
    return Size(len(cut), len(words), sum(map(syllables, words)))


def _syllables_en(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= SHORT_EN:
        return 1
    spoken = SILENT_END.sub(lambda found: found[0][0], letters).removeprefix("y")
    return max(1, len(VOWELS_EN.findall(spoken)))


def _syllables_es(word: str) -> int:
    return max(1, sum(map(_syllables_of_vowels, VOWELS_ES.findall(word.lower()))))


def _syllables_of_vowels(vowels: str) -> int:
    pairs = zip(vowels, vowels[1:], strict=False)
    return 1 + sum(first in STRONG_ES and second in STRONG_ES for first, second in pairs)
