"""The branches of the guide as they ship in `content/guide/branches/`: one file each, behind one of two doors."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Place, Text, read_documents, text_of
from upstander.program.facts.content import facts_in, names_alike

CALL = "call"  # where every question may lead besides branches


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, what to leave alone, and the facts behind it. Some steps are for staff only."""

    title: Text
    do: tuple[Text, ...]
    dont: tuple[Text, ...]
    facts: tuple[str, ...]
    only_staff: bool


@dataclass(frozen=True, slots=True)
class Way:
    """An answer that leads on: to another branch or to the call."""

    to: str
    text: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question that may always be skipped; skipped means "I don't know" and leads to the call."""

    text: Text
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One situation. `is_public` is the decision on its door; steps for staff only stay behind the staff door.

    `note` stands beside the two numbers instead of "call now if you suspect it", where that would be wrong.
    """

    key: str
    is_public: bool
    is_first: bool
    rank: int
    icon: str
    tile: Text
    hint: Text | None
    title: Text
    lead: Text
    note: Text | None
    steps: tuple[Step, ...]
    question: Question | None
    lines: tuple[str, ...]
    has_test: bool
    has_rule: bool
    has_local_steps: bool
    has_boxes: bool

    def opens(self, *, is_staff: bool) -> bool:
        """Whether a reader behind this door may see the branch at all."""
        return is_staff or self.is_public

    def steps_for(self, *, is_staff: bool) -> tuple[Step, ...]:
        """The steps that stand behind this door."""
        return tuple(step for step in self.steps if is_staff or not step.only_staff)

    def facts(self) -> set[str]:
        """Every fact that the branch names, in its lists or inside a sentence."""
        named = chain(self.lines, *(step.facts for step in self.steps))
        return set(named).union(*(facts_in(text) for text in self.texts()))

    def texts(self) -> Iterator[Text]:
        """Every passage of the branch."""
        yield from (self.tile, self.title, self.lead)
        for step in self.steps:
            yield from (step.title, *step.do, *step.dont)
        if self.question:
            yield from (self.question.text, *(way.text for way in self.question.ways))
        yield from filter(None, (self.hint, self.note))


def read_branches(content: Path, facts: Collection[str]) -> dict[str, Branch]:
    """Every shipped branch by key, in the order of its tiles. Raises ContentRefused naming everything wrong."""
    documents = read_documents(content / "guide" / "branches", content / "schemas" / "guide-branch.schema.json")
    branches = {document.data["branch"]: _branch(document.data) for document in documents}
    faults = [fault for document in documents for fault in _faults(document, branches, facts)]
    if faults:
        raise ContentRefused(faults)
    return dict(sorted(branches.items(), key=lambda item: (not item[1].is_first, item[1].rank)))


def _branch(data: dict[str, Any]) -> Branch:
    return Branch(
        key=data["branch"],
        is_public=data["door"] == "public",
        is_first=data["place"] == "first",
        rank=data["rank"],
        icon=data["icon"],
        tile=Text(**data["tile"]),
        hint=text_of(data.get("hint")),
        title=Text(**data["title"]),
        lead=Text(**data["lead"]),
        note=text_of(data.get("note")),
        steps=tuple(_step(step) for step in data["steps"]),
        question=_question(data.get("question")),
        lines=tuple(data.get("lines", ())),
        has_test=data.get("test", False),
        has_rule=data.get("rule", False),
        has_local_steps=data.get("local_steps", False),
        has_boxes=data.get("boxes", False),
    )


def _step(data: dict[str, Any]) -> Step:
    return Step(
        title=Text(**data["title"]),
        do=_texts(data.get("do", ())),
        dont=_texts(data.get("dont", ())),
        facts=tuple(data.get("facts", ())),
        only_staff=data.get("only_staff", False),
    )


def _question(data: dict[str, Any] | None) -> Question | None:
    if data is None:
        return None
    return Question(Text(**data["text"]), tuple(Way(way["to"], Text(**way["text"])) for way in data["ways"]))


def _texts(data: Collection[dict[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(**text) for text in data)


def _faults(document: Document, branches: Mapping[str, Branch], facts: Collection[str]) -> Iterator[Fault]:
    branch = branches[document.data["branch"]]
    yield from document.misnamed("branch")
    for key in sorted(branch.facts() - set(facts)):
        yield document.fault((), f"there is no fact {key}")
    for text in branch.texts():
        if not names_alike(text):
            yield document.fault((), f"the two languages name different facts: {text.en}")
    for index, way in enumerate(branch.question.ways if branch.question else ()):
        if way.to not in {*branches, CALL} or way.to == branch.key:
            place: Place = ("question", "ways", index, "to")
            yield document.fault(place, f"there is no other branch {way.to}")
    if not branch.steps_for(is_staff=not branch.is_public):
        yield document.fault(("steps",), "nothing is left for the branch's own door")
