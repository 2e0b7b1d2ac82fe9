"""What the linter has against the words of an entry: better words, and what keeps it from readers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.foundation.kernel.content import Text
from upstander.program.facts.content.language import findings, shipped_rules

LANGUAGES = ("en", "es")
NAMES = ("name", "about", "who", "how")  # what an entry says in words, once in each language
TEXTS = tuple(f"{name}_{language}" for name in NAMES for language in LANGUAGES)
NUMBER = re.compile(r"(?:\+?1[\s.-]*)?\(?\b\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}\b")


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of a field that are better said otherwise, in the reader’s language; `is_barred`: or not at all."""

    field: str
    words: str
    better: str
    why: str
    is_barred: bool = False


def remarks(texts: Mapping[str, str]) -> Iterator[Remark]:
    """Everything there is to say about the texts of an entry, given by field (`about_en`)."""
    spoken = get_language() or "en"
    for field, text in texts.items():
        said = Text("", text) if field.endswith("_es") else Text(text, "")
        for found in findings(said, shipped_rules()):
            better, why = found.better.in_language(spoken), found.why.in_language(spoken)
            yield Remark(field, found.words, better, why, found.never)
        if number := NUMBER.search(text):
            why = _("A number in a sentence cannot be called with one tap, and grows old unseen.")
            yield Remark(field, number[0], _("it in the fields for numbers"), why)
