"""Words as the search compares them: plain small letters, without accents and without the little words."""

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]{2,}")
LITTLE = frozenset(
    (
        *("an", "and", "are", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "our", "that", "the"),
        *("their", "this", "to", "we", "with", "you", "your", "al", "con", "de", "del", "el", "en", "es", "la", "las"),
        *("le", "los", "para", "por", "que", "se", "su", "sus", "un", "una"),
    )
)
# Signs that nobody sees: they turn the direction of writing, or hide in a word so that no search finds it.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
MOST_WORDS = 6  # of what somebody typed; more would not find more


def plain(text: str) -> str:
    """The text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(*texts: str) -> list[str]:
    """Every word of the texts once, in their order of appearance."""
    found = (word for text in texts for word in WORD.findall(plain(text)))
    return list(dict.fromkeys(word for word in found if word not in LITTLE))


def asked_words(typed: str) -> list[str]:
    """The words of a question to the search."""
    return words_of(typed)[:MOST_WORDS]
