"""Reading a local indicator rule with three-valued answers: pure, and never a number out.

A rule set says that a concern meets it when any one of its groups has enough of its observations seen. People often do
not know, so an answer has three values, and the outcome is what is true of every way the unknowns could turn out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What one adult can say about one observation. Leaving it open is the same as "don't know"."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    DONT_KNOW = "dont_know"


class Outcome(StrEnum):
    """How the rule reads. None of the three is a statement about whether a child is safe."""

    MET = "met"
    NOT_MET = "not_met"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Group:
    """Observations that count together; the group is reached when `threshold` of them are seen."""

    key: str
    threshold: int
    observations: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.threshold <= len(self.observations):
            raise ValueError(f"group {self.key}: threshold {self.threshold} of {len(self.observations)} observations")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule: met as soon as one group is reached. Every observation belongs to exactly one group."""

    key: str
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        if not self.groups:
            raise ValueError(f"rule {self.key}: no groups")
        names = list(self.observations())
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"rule {self.key}: counted twice: {', '.join(twice)}")

    def observations(self) -> Iterator[str]:
        """Every observation, group after group, in the order of the rule's text."""
        return (name for group in self.groups for name in group.observations)


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome, the observations that made it so, and those whose answer could still change it."""

    outcome: Outcome
    spoke: tuple[str, ...]
    would_matter: tuple[str, ...]


def read(rule: RuleSet, answers: Mapping[str, Answer]) -> Reading:
    """Read `rule` with `answers` (observation key to answer; a missing key is "don't know").

    Met when every way of filling in the unknowns meets the rule, not met when none does, else incomplete. `spoke` holds
    the seen observations of the groups reached; `would_matter`, only when incomplete, the unknown ones that could
    still reach their group. Raises ValueError for an observation the rule does not know.
    """
    if strangers := sorted(set(answers) - set(rule.observations())):
        raise ValueError(f"rule {rule.key} has no observation {', '.join(strangers)}")
    reached = [group for group in rule.groups if _count(group, answers, Answer.SEEN) >= group.threshold]
    if reached:
        return Reading(Outcome.MET, tuple(_answered(reached, answers, Answer.SEEN)), ())
    open_groups = [group for group in rule.groups if _could_reach(group, answers)]
    if open_groups:
        return Reading(Outcome.INCOMPLETE, (), tuple(_answered(open_groups, answers, Answer.DONT_KNOW)))
    return Reading(Outcome.NOT_MET, (), ())


def _could_reach(group: Group, answers: Mapping[str, Answer]) -> bool:
    known, unknown = _count(group, answers, Answer.SEEN), _count(group, answers, Answer.DONT_KNOW)
    return known + unknown >= group.threshold


def _count(group: Group, answers: Mapping[str, Answer], wanted: Answer) -> int:
    return sum(1 for _ in _answered([group], answers, wanted))


def _answered(groups: list[Group], answers: Mapping[str, Answer], wanted: Answer) -> Iterator[str]:
    names = (name for group in groups for name in group.observations)
    return (name for name in names if answers.get(name, Answer.DONT_KNOW) is wanted)
