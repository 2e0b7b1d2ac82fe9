"""How hard a page may be for those it is written for, and how hard it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from upstander.engines.reading import ease_es, grade_en, longest_sentence
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import PLACEHOLDER, Entry
from upstander.program.library.content.pages import Audience, Page

# The highest school grade in English, and the lowest ease in Spanish (INFLESZ: 55 is plain, 65 fairly easy).
LIMITS: Mapping[Audience, tuple[int, int]] = {
    Audience.STUDENTS: (6, 65),
    Audience.FAMILIES: (8, 60),
    Audience.EVERYONE: (8, 60),
    Audience.STAFF: (10, 50),
}
NUMBER = "x"  # a number is read as one short word


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a text is in one language beside what its readers may be asked; `longest` is where to begin."""

    language: str
    value: float
    limit: int
    longest: str

    @property
    def is_kept(self) -> bool:
        """Whether the text is as easy as it must be. A grade is a ceiling, an ease is a floor."""
        return self.value <= self.limit if self.language == "en" else self.value >= self.limit


def levels(texts: Iterable[Text], audience: Audience) -> Iterator[Level]:
    """The level of the texts in each language that has words."""
    texts = tuple(texts)
    grade, ease = LIMITS[audience]
    formulas: tuple[tuple[str, Any, int], ...] = (("en", grade_en, grade), ("es", ease_es, ease))
    for language, measure, limit in formulas:
        passages = [PLACEHOLDER.sub(NUMBER, text.in_language(language)) for text in texts]
        value = measure(passages)
        if value is not None:
            yield Level(language, round(value, 1), limit, longest_sentence(passages))


def texts_of(page: Page, facts: Mapping[str, Entry]) -> Iterator[Text]:
    """What a reader reads: the summary, every passage, and the facts that stand as blocks of their own."""
    yield page.summary
    for block in page.blocks:
        yield from block.words
        if block.kind == "fact":
            said = facts[block.key].text
            yield Text(said.en.replace("{value}", NUMBER), said.es.replace("{value}", NUMBER))


def page_levels(page: Page, facts: Mapping[str, Entry]) -> tuple[Level, ...]:
    """How hard a whole page is, in each language."""
    return tuple(levels(texts_of(page, facts), page.audience))
