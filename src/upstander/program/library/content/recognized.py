"""Words by which somebody could be found: the name of a school, or what reads like a person's name. Pure.

Nobody's names are known here, so the second is a guess from how names are written; the sentence that tells it says
how to go on. Reviewers read the rest.
"""

import re
from collections.abc import Collection, Iterator

OF_SCHOOLS = {
    "high",
    "middle",
    "elementary",
    "secondary",
    "senior",
    "junior",
    "charter",
    "school",
    "academy",
    "center",
    "campus",
}
LETTER = "A-ZÁÉÍÓÚÑÜ"
WORD = rf"[{LETTER}][a-záéíóúñü]+"
# Two words with capitals inside a sentence: the first word of a sentence has one anyhow.
PAIR = re.compile(rf"(?<!^)(?<![.!?:]\s)(?<![¿¡«“])\b{WORD}\s{WORD}\b")


def schools_in(words: str, schools: Collection[str]) -> Iterator[str]:
    """The schools that a text names, whole or by the part of the name that is theirs alone."""
    for school in schools:
        named = f"{re.escape(school)}|(?-i:{re.escape(_own_part(school))})"
        if re.search(rf"\b(?:{named})\b", words, re.IGNORECASE):
            yield school


def like_names(words: str, known: Collection[str]) -> Iterator[str]:
    """What reads like somebody's name; `known` are names that may stand, such as the campaign's own."""
    for name in known:
        words = words.replace(name, name.lower())
    yield from (found[0] for found in PAIR.finditer(words))


def _own_part(school: str) -> str:
    """A name without the words that many schools share; the whole name if nothing else is left."""
    own = [word for word in school.split() if word.lower() not in OF_SCHOOLS]
    return " ".join(own) or school
