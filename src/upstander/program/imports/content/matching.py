"""Whom or what a list means: sure by a code, or one of several candidates that a person chooses from. Never a guess."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from upstander.engines.tables.names import Names, plain_code, plain_name, same_person
from upstander.foundation.kernel.content import Text, said
from upstander.program.imports.content.reading import Line

Said = TypeVar("Said")
NONE = ""  # the choice "none of these"


class Target(NamedTuple):
    """A site, person or training that a list may mean. `about` is what tells two of one name apart."""

    id: int
    ref: str
    code: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a list says of somebody, on so many rows, with everything it could mean.

    `sure` is the ref that a code alone proves; `chosen` what somebody decided, here or for an earlier list (None:
    nobody yet). `proposed` is offered first, never taken by itself: the only one of exactly that name.
    """

    key: str
    code: str
    name: str
    first_row: int
    row_count: int
    candidates: tuple[Target, ...]
    sure: str = ""
    proposed: str = ""
    chosen: str | None = None

    @property
    def once(self) -> tuple[str, str]:
        """What is asked once: the key; what a code proves is not asked, and stands beside what it does not prove."""
        return self.key, self.sure

    @property
    def answer(self) -> str | None:
        """The ref that counts, "" for none of them, None while nobody has decided."""
        return self.sure or self.chosen


def key_of(code: str, name: str) -> str:
    """What is said, folded, so that the same words of a later list find the earlier decision."""
    return f"{plain_code(code)}|{plain_name(name)}"


class Known:
    """Everything that lines can mean, ready to be asked about each line."""

    def __init__(self, targets: Sequence[Target], *, by_person: bool = False, everywhere: Target | None = None) -> None:
        """`everywhere` can be meant by any row, and is by one that names nothing."""
        self.by_person, self.everywhere = by_person, everywhere
        self.targets = [*targets, everywhere] if everywhere else targets
        self.by_code: dict[str, list[Target]] = defaultdict(list)
        self.by_plain_code: dict[str, list[Target]] = defaultdict(list)
        for target in targets:
            self.by_code[target.code.strip()].append(target)
            self.by_plain_code[plain_code(target.code)].append(target)

    @cached_property
    def names(self) -> Names:
        """Read only when some name is asked about: a whole staff's names take a moment."""
        return Names(target.name for target in self.targets)

    def question(self, code: str, name: str) -> Question:
        """What this code and name can mean."""
        exact = self.by_code.get(code.strip(), []) if code else []
        if len(exact) == 1 and (not name or self._alike(exact[0].name, name)):
            return Question(key_of(code, name), code, name, 0, 0, tuple(exact), sure=exact[0].ref)
        near = self.by_plain_code.get(plain_code(code), []) if plain_code(code) else []
        named = [self.targets[each.place] for each in self.names.near(name)] if name else []
        always = [self.everywhere] if self.everywhere else []
        candidates = tuple(dict.fromkeys((*exact, *near, *named, *always)))
        return Question(key_of(code, name), code, name, 0, 0, candidates, proposed=self._proposed(code, name))

    def _alike(self, one: str, other: str) -> bool:
        if self.by_person:
            return same_person(one, other)
        return bool(Names([one]).near(other))

    def _proposed(self, code: str, name: str) -> str:
        """The only one of exactly this name, where no code speaks against it; for no name, all of them."""
        if self.everywhere and not code and not name:
            return self.everywhere.ref
        same = self.names.same.get(plain_name(name), []) if name and not code and not self.by_person else []
        return self.targets[same[0]].ref if len(same) == 1 else ""


def questions(lines: Iterable[Line], known: Known, decided: Mapping[str, str]) -> dict[tuple[str, str], Question]:
    """By code and name as the lines say them their question, in the order of the list.

    What is the same once it is folded ("Lincoln HS", "lincoln high school") has one question, about all of its rows.
    `decided` are earlier decisions by key; one that leads to nobody known any more is asked again.
    """
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in lines:
        rows[line.code, line.name].append(line.row)
    refs = {target.ref for target in known.targets}
    asked = {told: known.question(*told) for told in rows}
    for told, question in asked.items():
        chosen = decided.get(question.key)
        asked[told] = replace(question, chosen=chosen if chosen == NONE or chosen in refs else None)
    return _each_once(asked, rows)


def _each_once(asked: Mapping[Said, Question], rows: Mapping[Said, Sequence[int]]) -> dict[Said, Question]:
    """The same questions, each about all rows whose words come down to it."""
    about: dict[tuple[str, str], list[int]] = defaultdict(list)
    for told, question in asked.items():
        about[question.once] += rows[told]
    first: dict[tuple[str, str], Question] = {}
    for question in asked.values():
        at = about[question.once]
        first.setdefault(question.once, replace(question, first_row=min(at), row_count=len(at)))
    return {told: first[question.once] for told, question in asked.items()}


def courses(lines: Iterable[Line], decided: Mapping[str, str], subject: str) -> dict[str, Question]:
    """One question for each course that the lines name: is it the training that the list is about?"""
    rows: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if line.course:
            rows[line.course].append(line.row)
    answers = {course: decided.get(course_key(subject, course)) for course in rows}
    asked = {
        course: Question(course_key(subject, course), "", course, 0, 0, (), chosen=answers[course]) for course in rows
    }
    return _each_once(asked, rows)


def worded(
    lines: Iterable[Line], kind: str, offered: Mapping[str, Sequence[Text]], decided: Mapping[str, str]
) -> dict[tuple[str, str], Question]:
    """One question for each word of this kind that the house has words of its own for; sure where it is one of them.

    The first of the house's words is the one that is offered.
    """
    targets = [Target(0, key, "", said(texts[0]), "") for key, texts in offered.items()]
    plain = {plain_name(word): key for key, texts in offered.items() for text in texts for word in (text.en, text.es)}
    plain |= {plain_name(key): key for key in offered}
    rows: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if kind in line.words:
            rows[line.words[kind]].append(line.row)
    asked = {
        word: Question(
            word_key(kind, word),
            "",
            word,
            0,
            0,
            tuple(targets),
            sure=plain.get(plain_name(word), ""),
            chosen=decided.get(word_key(kind, word)),
        )
        for word in rows
    }
    return {(kind, word): question for word, question in _each_once(asked, rows).items()}


def word_key(kind: str, word: str) -> str:
    """Who is free, or what somebody is, as a list says it, folded."""
    return f"{kind}|{plain_name(word)}"


def course_key(subject: str, course: str) -> str:
    """A course belongs to one training and not to another, so both are in the key."""
    return f"{subject}|{plain_name(course)}"
