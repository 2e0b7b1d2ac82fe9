"""Who may take which step with a district's words, and what they may say."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upstander.engines.wording import Rule
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.facts.content import PLACEHOLDER, facts_in, names_alike
from upstander.program.facts.content.language import Finding, findings
from upstander.program.library import states
from upstander.program.library.blocks import cards
from upstander.program.library.content.kits import FOLDER, Kit, Piece, kit_levels
from upstander.program.library.content.levels import Level
from upstander.program.library.content.own import CALL_SCREEN, missing
from upstander.program.library.content.pages import Audience, Page
from upstander.program.library.content.passages import Spot
from upstander.program.library.content.recognized import like_names, schools_in
from upstander.program.library.models import LONGEST

ADDRESS = re.compile(r"https?:|www\.|@|<|>", re.IGNORECASE)
DIGIT = re.compile(r"\d")
SIGNS = re.compile(rf"{ADDRESS.pattern}|[\d{{}}]", re.IGNORECASE)
LONGEST_LINE = 400  # letters, as in the schema of what ships
LONGEST_SHEET = 320  # letters in all: more would not fit on one


def may_take(actor: Actor, step: str) -> bool:
    """Whether the actor may review in this role: for the whole district, or for vetting at any site of theirs."""
    reach = scope(actor, states.CAPABILITY[states.Step(step)])
    return reach.everywhere or (step == states.Step.VETTED and not reach.is_empty)


def open_steps(actor: Actor, barred: Collection[int], missing: Iterable[states.Step]) -> tuple[states.Step, ...]:
    """The steps still missing that the actor may take; none for who is `barred`, having written or reviewed it."""
    return () if actor.account_id in barred else tuple(step for step in missing if may_take(actor, step))


def not_theirs(actor: Actor, barred: Collection[int], otherwise: str) -> WrongState:
    """Why the actor may not decide: they wrote or reviewed the words already, or else what is `otherwise` so."""
    once = _("Three people read these words, and none of them wrote them. You have had your part; ask somebody else.")
    return WrongState(once if actor.account_id in barred else otherwise)


def check_words(said: Text, spot: Spot, page: Page, rules: tuple[Rule, ...]) -> Iterator[Invalid]:
    """Everything that the words may not be, each at its field (`en`, `es`)."""
    for field, words in (("en", said.en), ("es", said.es)):
        yield from (Invalid(sentence, field) for sentence in _of_words(words, spot.kind))
    if not said.en:
        yield Invalid(_("Write the English words first."), "en")
    yield from check_said(said, rules)
    yield from _of_facts(said, page)


def check_said(said: Text, rules: tuple[Rule, ...]) -> Iterator[Invalid]:
    """What the linter has against words, each at its language with the better ones."""
    yield from (Invalid(told(found), found.language) for found in findings(said, rules))


def check_page(
    page: Page, rules: tuple[Rule, ...], facts: Collection[str], pages: Collection[str]
) -> Iterator[Invalid]:
    """Everything that a page of the district's own may not be, each at its field, also while it is a draft."""
    for field, texts in (("title", [page.title]), ("summary_en", [page.summary]), ("body", page.words)):
        for text in texts:
            yield from (Invalid(said, field) for words in (text.en, text.es) for said in _of_words(words, ""))
            yield from (Invalid(told(found), field) for found in findings(text, rules))
            if text.en and text.es and not names_alike(text):
                yield Invalid(_("Both languages have to name the same facts."), field)
    for key in sorted(page.fact_keys() - set(facts)):
        yield Invalid(_("There is no fact %(key)s.") % {"key": key}, "body")
    yield from _of_ways(page, pages)
    if not page.is_public and page.audience != Audience.STAFF:
        yield Invalid(_("Only what is for people who work at a school stands behind the staff door."), "is_for_staff")


def check_whole(page: Page, levels: Collection[Level]) -> Iterator[Invalid]:
    """What still stands between a page of the district's own and its reviewers."""
    if missing(page):
        yield Invalid(_("Something is missing in one of the languages. Nobody reviews half a page."), "body")
    yield from (Invalid(too_hard(level), "body") for level in levels if not level.is_kept)


def too_hard(level: Level) -> str:
    """How hard words read beside what their readers may be asked, and where to begin."""
    told = {"value": level.value, "limit": level.limit, "longest": level.longest}
    return _("This reads at %(value)s; its readers need %(limit)s. Begin with: “%(longest)s”") % told


def check_kit(name: Text, kit: Kit, schools: Collection[str], rules: tuple[Rule, ...]) -> Iterator[Invalid]:
    """Everything that the words of a campaign may not be, each at its field (`name_en`, `posts_es`)."""
    said = [("name", name), *((piece.value, line) for piece, lines in kit.items() for line in lines)]
    for piece, text in said:
        for field, words in ((f"{piece}_en", text.en), (f"{piece}_es", text.es)):
            yield from (Invalid(sentence, field) for sentence in _of_kit(words, (name.en, name.es), schools))
        yield from (Invalid(told(found), f"{piece}_{found.language}") for found in findings(text, rules, kind=FOLDER))
    for field in ("en", "es"):
        if sum(len(line.in_language(field)) for line in kit[Piece.SHEET]) > LONGEST_SHEET:
            yield Invalid(
                _("A sheet is read in passing: %(most)s characters at most.") % {"most": LONGEST_SHEET},
                f"sheet_{field}",
            )
    for each in kit_levels(kit):
        if not each.level.is_kept:
            yield Invalid(too_hard(each.level), f"{each.piece}_{each.level.language}")


def told(found: Finding) -> str:
    """What the linter found, as a sentence in the writer's language."""
    language = get_language() or "en"
    said = {
        "words": found.words,
        "better": found.better.in_language(language),
        "why": found.why.in_language(language),
    }
    return _("“%(words)s”: better say %(better)s. %(why)s") % said


def _of_words(words: str, kind: str) -> Iterator[str]:
    if len(words) > LONGEST:
        yield _("Keep it to %(most)s characters. A passage is read on a phone.") % {"most": LONGEST}
    if ADDRESS.search(words):
        yield _("No addresses and no signs here: a page leads only to what was checked.")
    plain = PLACEHOLDER.sub("", words)
    if kind != "confirm" and DIGIT.search(plain):
        yield _("Take numbers from facts, by their key in braces. A number that is typed grows old unseen.")
    if "{" in plain or "}" in plain:
        yield _("Braces hold the key of a fact, for instance {emergency.number}.")


def _of_ways(page: Page, pages: Collection[str]) -> Iterator[Invalid]:
    for block in page.blocks:
        if block.kind == "link" and block.key not in {*pages, CALL_SCREEN}:
            yield Invalid(_("There is no page %(key)s.") % {"key": block.key}, "body")
        if block.kind == "card" and page.audience != Audience.STAFF and not cards()[block.key].is_public:
            yield Invalid(_("This card is for people who work at a school, and the page is not."), "body")


def _of_kit(words: str, names: Collection[str], schools: Collection[str]) -> Iterator[str]:
    if not words or len(words) > LONGEST_LINE:
        yield _("Each line says something, in at most %(most)s characters.") % {"most": LONGEST_LINE}
    if SIGNS.search(words):
        yield _("No numbers, addresses or signs here: lines to call stand on the sheet by themselves.")
    for school in schools_in(words, schools):
        yield _("Leave out the name of the school: %(school)s. It tells strangers where students are.") % {
            "school": school
        }
    for found in like_names(words, names):
        yield _("“%(words)s” reads like somebody’s name. Leave names out; what is none begins with a small letter.") % {
            "words": found
        }


def _of_facts(said: Text, page: Page) -> Iterator[Invalid]:
    unknown = sorted(facts_in(said) - page.fact_keys())
    if unknown:
        yield Invalid(_("This page has no fact %(key)s.") % {"key": unknown[0]}, "en")
    elif said.es and facts_in(replace(said, es="")) != facts_in(replace(said, en="")):
        yield Invalid(_("Both languages have to name the same facts."), "es")
