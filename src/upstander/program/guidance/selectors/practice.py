"""Reading the rehearsal: made-up situations in one language, with the path that is expected. Nothing is kept."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from upstander.engines.indicators import read
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.guidance.content.situations import RuleReading, Situation, read_situations
from upstander.program.guidance.selectors.branches import shipped_branches
from upstander.program.law.content import RuleSet
from upstander.program.law.selectors import adopted_rule, shipped_packs


@cache
def shipped_situations() -> dict[str, Situation]:
    """Every situation, read once per process. Takes no actor: they are published with the code."""
    return read_situations(settings.CONTENT, shipped_branches(), shipped_packs())


@dataclass(frozen=True, slots=True)
class SaidOption:
    """An option in the page's language."""

    text: str
    why: str
    is_expected: bool


@dataclass(frozen=True, slots=True)
class SaidReading:
    """How the district's own rule reads in a situation: the rule's name, the outcome, what was seen."""

    rule: str
    outcome: str
    spoke: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedOff:
    """One of the three sign-offs: its kind, and by whom and when; both empty until it is given."""

    kind: str
    role: str
    on: date | None


@dataclass(frozen=True, slots=True)
class SituationPage:
    """A situation in one language. `reading` is None where the rule is not asked or the district has another one."""

    key: str
    edition: int
    retire_on: date
    title: str
    story: tuple[str, ...]
    options: tuple[SaidOption, ...]
    branch: str
    branch_title: str
    skips_rule: str
    reading: SaidReading | None
    calls: tuple[str, ...]
    why: str
    sign_offs: tuple[SignedOff, ...]

    @property
    def is_draft(self) -> bool:
        """Whether a sign-off is still missing; shown, never hidden."""
        return any(given.on is None for given in self.sign_offs)


def situations_on(*, actor: Actor, language: str, on: date) -> list[SituationPage]:
    """The situations in use on the day, in the order of their keys. Only a staff view may ask."""
    held = adopted_rule(actor=actor, on=on)
    name = f"{held[0].key}:{held[1].key}" if held else ""
    rule = held[1] if held else None
    current = [situation for situation in shipped_situations().values() if situation.is_current(on)]
    return [_page(situation, rule if _asks(situation, name) else None, language) for situation in current]


def situation_page(*, actor: Actor, key: str, language: str, on: date) -> tuple[SituationPage, str]:
    """One situation and the key of the next one (the first again after the last). NotFound when it is not in use."""
    pages = situations_on(actor=actor, language=language, on=on)
    keys = [page.key for page in pages]
    if key not in keys:
        raise NotFound("situation")
    here = keys.index(key)
    return pages[here], keys[(here + 1) % len(keys)]


def _asks(situation: Situation, rule: str) -> bool:
    return situation.reading is not None and situation.reading.rule == rule


def _page(situation: Situation, rule: RuleSet | None, language: str) -> SituationPage:
    branch = shipped_branches()[situation.branch]
    return SituationPage(
        key=situation.key,
        edition=situation.edition,
        retire_on=situation.retire_on,
        title=situation.title.in_language(language),
        story=tuple(text.in_language(language) for text in situation.story),
        options=tuple(
            SaidOption(one.text.in_language(language), one.why.in_language(language), one.is_expected)
            for one in situation.options
        ),
        branch=branch.key,
        branch_title=branch.tile.in_language(language),
        skips_rule=situation.skips_rule,
        reading=_read(situation.reading, rule, language) if situation.reading and rule else None,
        calls=situation.calls,
        why=situation.why.in_language(language),
        sign_offs=_sign_offs(situation, language),
    )


def _read(reading: RuleReading, rule: RuleSet, language: str) -> SaidReading:
    """The rule as the district holds it, read by the engine: not copied from the file."""
    found = read(rule.logic(), reading.answers)
    words = {seen.key: seen.text.in_language(language) for group in rule.groups for seen in group.observations}
    return SaidReading(rule.name.in_language(language), found.outcome, tuple(words[key] for key in found.spoke))


def _sign_offs(situation: Situation, language: str) -> tuple[SignedOff, ...]:
    return tuple(
        SignedOff(kind, given.role.in_language(language), given.on) if given else SignedOff(kind, "", None)
        for kind, given in situation.sign_offs.items()
    )
