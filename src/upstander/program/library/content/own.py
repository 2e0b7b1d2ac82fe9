"""A page that is wholly a district's own, as a page like those that ship. No database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Entry as Fact
from upstander.program.library.blocks import cards
from upstander.program.library.content.faces import Entry
from upstander.program.library.content.levels import Level, page_levels
from upstander.program.library.content.pages import Audience, Block, Page, SignOff, block_of

KINDS = (
    ("article", _("Article")),
    ("myths", _("Myths and facts")),
    ("checklist", _("Checklist")),
    ("example", _("Example without a story")),
    ("campaign", _("Campaign")),
    ("resources", _("List of places and numbers")),
    ("landing", _("Way in to several pages")),
)
AUDIENCES = (
    (Audience.STUDENTS.value, _("Students")),
    (Audience.EVERYONE.value, _("Everyone")),
    (Audience.FAMILIES.value, _("Families")),
    (Audience.STAFF.value, _("People who work at a school")),
)
# What the tab, the history and a print may say: chosen, not typed, so that it never names the topic.
TABS: Mapping[str, Text] = {
    "read": Text("Something to read", "Algo para leer"),
    "school": Text("About our schools", "Sobre nuestras escuelas"),
    "dates": Text("What is on", "Próximas actividades"),
    "numbers": Text("Names and numbers", "Nombres y números"),
    "practice": Text("Notes for staff", "Notas para el personal"),
}
NEUTRAL = "read"  # until one is chosen
LAST = 10_000  # own pages stand after those that ship
PICTURE = "picture"
CALL_SCREEN = "guide:call"  # of the reader's own door


def page_of(row: Any, signed: Mapping[str, SignOff]) -> Page:
    """The page of a row, with who has reviewed it by role."""
    return Page(
        key=row.slug,
        kind=row.kind,
        audience=Audience(row.audience),
        is_public=not row.is_for_staff,
        order=LAST,
        review=signed,
        title=Text(row.title, row.title_es),
        neutral_title=TABS[row.tab or NEUTRAL],
        summary=Text(row.summary_en, row.summary_es),
        blocks=tuple(_blocks(row.body)),
    )


def entry_of(row: Any, language: str) -> Entry:
    """The page of a row in a list; its body is not looked at."""
    title, summary = Text(row.title, row.title_es), Text(row.summary_en, row.summary_es)
    said = title.in_language(language), summary.in_language(language)
    return Entry(row.slug, row.kind, Audience(row.audience), not row.is_for_staff, *said)


def missing(page: Page) -> set[str]:
    """The languages in which a passage is missing."""
    texts = (page.title, page.summary, *page.words)
    return {language for text in texts for language in ("en", "es") if not text.in_language(language).strip()}


def levels_of(page: Page, facts: Mapping[str, Fact]) -> tuple[Level, ...]:
    """How hard a page reads in each language; nothing while it names a fact that is not there."""
    return page_levels(page, facts) if page.fact_keys() <= set(facts) else ()


def _blocks(body: Iterable[Any]) -> Iterator[Block]:
    for block in body:
        kind, value = block.block_type, block.value
        if (kind == PICTURE and not value) or (kind == "card" and value not in cards()):
            continue  # a picture that was deleted, a card that a later edition left out
        if kind == PICTURE:
            yield Block(PICTURE, (Text(value.alt_en, value.alt_es),), key=value.file.url)
        elif kind == "call":
            yield block_of({"link": {"words": value, "to": CALL_SCREEN}})
        else:
            yield block_of({kind: value})
