"""The blocks of a district's own pages, in Wagtail's words. Their values have the shapes of `content/pages`.

Every passage is a pair: a page in which one language is missing can be kept, and cannot be sent to review. A number
comes from a fact; the block holds its key and nothing else.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from upstander.foundation.kernel.content import Text
from upstander.program.facts.selectors import shipped_entries

LONGEST = 700  # letters: as long as a district's words for a passage that ships
MOST = 40  # blocks: a page is read on a phone
TONES = (("calm", _("Comfort")), ("care", _("To know first")), ("act", _("To do now")))
LINES = (("emergency", _("Emergency")), ("reporting", _("To make a report")), ("counseling", _("To talk to someone")))


class Card(Protocol):
    """What a page has to know of a card it points to."""

    @property
    def title(self) -> Text: ...
    @property
    def is_public(self) -> bool: ...


_CARDS: list[Callable[[], Mapping[str, Card]]] = []


def offer_cards(finder: Callable[[], Mapping[str, Card]]) -> None:
    """Let pages point to the cards of `finder`, by key. Cards stand a floor above: whoever has them says so here."""
    _CARDS[:] = [finder]


def cards() -> Mapping[str, Card]:
    """Every card that a page can point to, in reading order."""
    return _CARDS[0]() if _CARDS else {}


def card_choices() -> list[tuple[str, str]]:
    """Every card, by its title; those behind the staff door say so."""
    language = get_language() or "en"
    staff = _("for people who work at a school")
    titles = [(key, card.title.in_language(language), card.is_public) for key, card in cards().items()]
    return [(key, title if is_public else f"{title} ({staff})") for key, title, is_public in titles]


def fact_choices() -> list[tuple[str, str]]:
    """Every fact, by its words."""
    language = get_language() or "en"
    named = [(key, entry.text.in_language(language)) for key, entry in shipped_entries().items()]
    return sorted(((key, f"{words[:90]} ({key})") for key, words in named), key=lambda pair: pair[1].lower())


class Pair(blocks.StructBlock):
    """A passage in both languages."""

    en = blocks.TextBlock(label=_("In English"), rows=2, max_length=LONGEST)
    es = blocks.TextBlock(label=_("In Spanish"), rows=2, max_length=LONGEST)

    class Meta:
        form_classname = "struct-block pair"


class Callout(blocks.StructBlock):
    """A passage that stands out, by its tone."""

    tone = blocks.ChoiceBlock(choices=TONES, default="calm", label=_("Tone"))
    text = Pair(label=_("Words"))


class Check(blocks.StructBlock):
    """A question to oneself and a thought about it."""

    item = Pair(label=_("Question"))
    why = Pair(label=_("Thought"))


class Myth(blocks.StructBlock):
    """What people say, what is true, why it matters, and the facts behind it."""

    says = Pair(label=_("What people say"))
    fact = Pair(label=_("What is true"))
    why = Pair(label=_("Why it matters"))
    facts = blocks.ListBlock(
        blocks.ChoiceBlock(choices=fact_choices, label=_("Fact")), default=[], label=_("Facts behind it")
    )


class Link(blocks.StructBlock):
    """A way on, to a page that ships."""

    words = Pair(label=_("Words"))
    to = blocks.CharBlock(label=_("Page"), max_length=60, help_text=_("The last word of its address, such as talking."))


BODY: list[tuple[str, Any]] = [
    ("heading", Pair(label=_("Heading"), icon="title")),
    ("text", Pair(label=_("Text"), icon="pilcrow")),
    ("callout", Callout(label=_("Call-out"), icon="warning")),
    ("list", blocks.ListBlock(Pair(), label=_("List"), icon="list-ul")),
    ("steps", blocks.ListBlock(Pair(), label=_("Steps"), icon="list-ol")),
    ("check", Check(label=_("Question to oneself"), icon="help")),
    ("myth", Myth(label=_("Myth and fact"), icon="openquote")),
    ("fact", blocks.ChoiceBlock(choices=fact_choices, label=_("Fact"), icon="pin")),
    ("lines", blocks.ChoiceBlock(choices=LINES, label=_("Numbers to call"), icon="mobile-alt")),
    ("picture", ImageChooserBlock(label=_("Picture"))),
    ("card", blocks.ChoiceBlock(choices=card_choices, label=_("Card, on a page and to print"), icon="doc-full")),
    ("call", Pair(label=_("Way to the screen with the numbers to call"), icon="mobile-alt")),
    ("link", Link(label=_("Way on"), icon="arrow-right")),
]
