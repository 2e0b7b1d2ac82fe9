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
# Signs that nobody sees turn the direction of writing, or hide in a word so that no search finds it.
UNSEEN_KINDS = frozenset({"Cc", "Cf", "Zl", "Zp"})
SPACING, JOINERS = (
    frozenset("\t\n\r"),
    frozenset("\u200c\u200d"),
)
JOINED = "\u0590"  # scripts from here on, Persian and Hindi among them, may need joiners
MOST_WORDS = 6  # of what somebody typed; more would not find more


def as_seen(text: str) -> str:
    """The text without signs that nobody sees."""
    return "".join(sign for before, sign in zip(f" {text}", text, strict=False) if not _is_unseen(before, sign))


def _is_unseen(before: str, sign: str) -> bool:
    if sign in SPACING or (sign in JOINERS and before >= JOINED):
        return False
    return unicodedata.category(sign) in UNSEEN_KINDS


def plain(text: str) -> str:
    """The text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def letters_of(text: str) -> str:
    """The text's plain letters and digits alone: the same for two ways of writing a street."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def words_of(*texts: str) -> list[str]:
    """Every word of the texts once, in their order of appearance."""
    found = (word for text in texts for word in WORD.findall(plain(text)))
    return list(dict.fromkeys(word for word in found if word not in LITTLE))


def asked_words(typed: str) -> list[str]:
    """The words of a question to the search."""
    return words_of(typed)[:MOST_WORDS]
