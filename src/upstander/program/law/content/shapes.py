"""The shapes of law: what a pack says, what all packs of a place say together, and on which days an edition holds."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

from upstander.engines import indicators
from upstander.foundation.kernel.content import Document, Text

CHANNELS = frozenset({"phone", "written"})


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a reporter owes. `fact` is its text; `length` is that fact's number where hours or days are counted.

    A duty on the channel "any" is met by a call and by a written report alike. While nobody has verified it, `fact`
    is empty, and `due` and `is_delegable` are None.
    """

    key: str
    channel: str
    starts: str
    due: str | None
    fact: str
    length: int | None
    is_delegable: bool | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who takes a report, or (among the excluded) who does not; `fact` says so and gives the source."""

    key: str
    name: Text
    condition: Text | None
    fact: str


@dataclass(frozen=True, slots=True)
class Line:
    """A number that takes reports. Without a fact it is known to be needed and still to be filled in."""

    key: str
    fact: str | None


@dataclass(frozen=True, slots=True)
class Reporters:
    """A class of people with the duty to report, from the day `begins` and from `minimum_age` on, if any."""

    key: str
    fact: str
    begins: date | None
    minimum_age: int | None

    def holds(self, on: date, age: int) -> bool:
        """Whether someone of this class who is `age` years old has the duty on the day `on`."""
        return (self.begins is None or on >= self.begins) and age >= (self.minimum_age or 0)


@dataclass(frozen=True, slots=True)
class Provision:
    """Anything else the law says that is one fact: a cadence, a notice, a retention class. None is still unfilled."""

    key: str
    kind: str
    fact: str | None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a county's response, with the facts that are its steps; None while nobody has filled them in."""

    key: str
    name: Text
    fact: str
    steps: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing an adult may have noticed, in our own words."""

    key: str
    text: Text
    note: Text | None


@dataclass(frozen=True, slots=True)
class ObservationGroup:
    """Observations that count together, and how many of them are enough."""

    key: str
    threshold: int
    name: Text
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A county's local rule in one edition: its words and its logic."""

    key: str
    edition: int
    name: Text
    fact: str
    met: Text
    groups: tuple[ObservationGroup, ...]

    def logic(self) -> indicators.RuleSet:
        """The rule without its words, as the engine reads it. Raises ValueError if it could not be read."""
        groups = (indicators.Group(g.key, g.threshold, tuple(o.key for o in g.observations)) for g in self.groups)
        return indicators.RuleSet(self.key, tuple(groups))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a pack says, or all layers of a place together. Lists of plain strings hold keys of facts."""

    emergency: tuple[str, ...] = ()
    counseling_lines: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    assurances: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    after_the_call: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    reporters: tuple[Reporters, ...] = ()
    duties: tuple[Duty, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    excluded_recipients: tuple[Recipient, ...] = ()
    provisions: tuple[Provision, ...] = ()
    levels: tuple[Level, ...] = ()
    rule_sets: tuple[RuleSet, ...] = ()
    written_form: Text | None = None

    @property
    def reporting_lines(self) -> tuple[str, ...]:
        """The numbers that are filled in, as facts."""
        return tuple(line.fact for line in self.lines if line.fact)


def blockers(level: str, terms: Terms) -> tuple[str, ...]:
    """What a pack of this level that says `terms` still lacks before anyone may be shown it."""
    numbers = ("reporting_lines",) if level == "county" and not terms.reporting_lines else ()
    return (*numbers, *(f"levels.{known.key}.steps" for known in terms.levels if not known.steps))


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of what one jurisdiction asks, in force from `effective_from` until the day before `effective_to`."""

    key: str
    level: str
    parent: str | None
    name: Text
    effective_from: date
    effective_to: date | None
    review_by: date
    is_signed_off: bool
    terms: Terms
    document: Document = field(compare=False, repr=False)

    @property
    def edition(self) -> str:
        return f"{self.key}.{self.effective_from}"

    @property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        return self.terms.rule_sets

    @property
    def blockers(self) -> tuple[str, ...]:
        """What must be filled in before anyone is shown this pack; nothing when it may be published."""
        return blockers(self.level, self.terms)

    def is_overdue(self, on: date) -> bool:
        """Whether somebody should have looked at it again by the day `on`, or it speaks of other days."""
        ended = self.effective_to is not None and on >= self.effective_to
        return ended or on >= self.review_by or on < self.effective_from


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place with all that holds there: the layers it comes from, the nearest first, and what they say together."""

    packs: tuple[Pack, ...]
    terms: Terms

    @property
    def name(self) -> Text:
        return self.packs[0].name

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        return self.terms.recipients

    @property
    def excluded_recipients(self) -> tuple[Recipient, ...]:
        return self.terms.excluded_recipients

    def facts(self, part: str) -> tuple[str, ...]:
        """Fact keys of one list (such as "reporting_lines"), those of the nearest layer first."""
        keys: tuple[str, ...] = getattr(self.terms, part)
        return keys

    def duty(self, channel: str) -> Duty | None:
        """The duty for a channel, "phone" or "written", once somebody has filled in what it says."""
        duties = (duty for duty in self.terms.duties if duty.channel in (channel, "any") and duty.fact)
        return next(duties, None)

    def fact_under(self, key: str) -> str:
        """What the law says under `key`: a duty by its channel, who takes no report, or a provision; "" if a blank."""
        if key in CHANNELS:
            duty = self.duty(key)
            return duty.fact or "" if duty else ""
        excluded = {other.key: other.fact for other in self.excluded_recipients}
        provisions = {provision.key: provision.fact or "" for provision in self.terms.provisions}
        return excluded.get(key) or provisions.get(key, "")

    def provisions(self, kind: str) -> tuple[str, ...]:
        """The facts of one kind of provision, such as "training", that are filled in."""
        return tuple(item.fact for item in self.terms.provisions if item.kind == kind and item.fact)

    def must_report(self, reporters: str, on: date, age: int) -> bool:
        """Whether someone of this class ("volunteer"), `age` years old, is a mandated reporter on the day `on`."""
        return any(known.key == reporters and known.holds(on, age) for known in self.terms.reporters)


def each_once(items: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """The items in their order, each where it stands first."""
    return tuple(dict.fromkeys(items))
