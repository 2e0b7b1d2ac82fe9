"""Who may take which step with a district's words, and what they may say."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.engines.wording import Rule
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid
from upstander.program.facts.content import PLACEHOLDER, facts_in
from upstander.program.library import states
from upstander.program.library.content.language import findings
from upstander.program.library.content.pages import Page
from upstander.program.library.content.passages import Spot
from upstander.program.library.models import LONGEST

ADDRESS = re.compile(r"https?:|www\.|@|<|>", re.IGNORECASE)
DIGIT = re.compile(r"\d")


def may_take(actor: Actor, step: str) -> bool:
    """Whether the actor may review in this role: for the whole district, or for vetting at any site of theirs."""
    reach = scope(actor, states.CAPABILITY[states.Step(step)])
    return reach.everywhere or (step == states.Step.VETTED and not reach.is_empty)


def check_words(said: Text, spot: Spot, page: Page, rules: tuple[Rule, ...]) -> Iterator[Invalid]:
    """Everything that the words may not be, each at its field (`en`, `es`)."""
    language = get_language() or "en"
    for field, words in (("en", said.en), ("es", said.es)):
        yield from (Invalid(sentence, field) for sentence in _of_words(words, spot.kind))
    if not said.en:
        yield Invalid(_("Write the English words first."), "en")
    for found in findings(said, rules):
        told = {
            "words": found.words,
            "better": found.better.in_language(language),
            "why": found.why.in_language(language),
        }
        yield Invalid(_("“%(words)s”: better say %(better)s. %(why)s") % told, found.language)
    yield from _of_facts(said, page)


def _of_words(words: str, kind: str) -> Iterator[str]:
    if len(words) > LONGEST:
        yield _("Keep it to %(most)s letters. A passage is read on a phone.") % {"most": LONGEST}
    if ADDRESS.search(words):
        yield _("No addresses and no signs here: a page leads only to what was checked.")
    plain = PLACEHOLDER.sub("", words)
    if kind != "confirm" and DIGIT.search(plain):
        yield _("Take numbers from facts, by their key in braces. A number that is typed grows old unseen.")
    if "{" in plain or "}" in plain:
        yield _("Braces hold the key of a fact, for instance {emergency.number}.")


def _of_facts(said: Text, page: Page) -> Iterator[Invalid]:
    unknown = sorted(facts_in(said) - page.fact_keys())
    if unknown:
        yield Invalid(_("This page has no fact %(key)s.") % {"key": unknown[0]}, "en")
    elif said.es and facts_in(replace(said, es="")) != facts_in(replace(said, en="")):
        yield Invalid(_("Both languages have to name the same facts."), "es")
