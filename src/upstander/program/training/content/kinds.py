"""The kinds of request as they ship in `content/requests/`: their questions, how they end, and by when one has to act.

An option is never taken out of a file, only retired: what was answered under an older edition keeps its words. There is
no question that takes a text, so nothing that happened to anyone can be written down; the exceptions are the name of a
room and a phone number, each held to a pattern.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import ngettext

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents, said, text_of
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.languages import read_languages

TRAINING = "training"
# Questions whose answer has a column of its own, because matching and planning work with it.
COLUMNS = ("audience", "contact_phone", "head_count", "languages", "minutes", "mode", "room", "seat_count")
# Those that a session is made of: while one is agreed they are put right by taking it back.
SESSION_HOLDS = ("audience", "languages", "minutes", "mode", "room")
SESSION_NEEDS = {"head_count", "languages", "minutes", "mode", "room"}

Answer = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. A retired one is read where it was given and offered no more.

    `part_of` is the answer of which it is a part, where it is one.
    """

    key: str
    text: Text
    is_retired: bool
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `type` is one (of the options), many, number, tick, room or phone."""

    key: str
    type: str
    ask: Text
    hint: Text | None
    is_optional: bool
    least: int
    most: int
    usual: tuple[str, ...]
    options: tuple[Option, ...]
    is_of_languages: bool = False  # its options are those of `content/languages/`

    @property
    def offered(self) -> dict[str, Text]:
        """What may be answered today."""
        return {option.key: option.text for option in self.options if not option.is_retired}

    def words(self, given: Any) -> list[str]:
        """The answer in the reader's language, one string a choice; an unanswered question says nothing."""
        known = {option.key: said(option.text) for option in self.options}
        match self.type:
            case "one" | "many":
                chosen = given if isinstance(given, list) else [given]
                return [known.get(str(each)) or self._unknown(each) for each in chosen if each]
            case "tick":
                return [said(YES)] if given else []
            case _:
                return [str(given)] if given else []

    def _unknown(self, given: Any) -> str:
        """An answer that does not ship: a length of a district's own offering."""
        if self.key != "minutes":
            return str(given)
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", int(given)) % {"minutes": given}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request. The numbers of `due` and `escalates` are school days.

    `skill` names what whoever holds its session, or takes it, has to be able to (`Skill.Offering`); nothing where it
    is nobody's of the Cadre.
    From `pair_from` people on two come; 0: one is enough, however many.
    """

    key: str
    edition: date
    order: int
    is_public: bool
    ends_with_session: bool
    skill: str
    pair_from: int
    noun: Text
    title: Text
    lead: Text
    steps: Mapping[str, Text]
    least_days: int
    most_days: int
    questions: tuple[Question, ...]
    due: Mapping[str, int]
    escalates: Mapping[str, int]
    takers: tuple[str, ...]  # posts that it belongs to, in this order
    declines: tuple[str, ...]
    enough_percent: int  # of a session's minutes, to have had it; zero where any time will do

    @property
    def is_taken_by_cadre(self) -> bool:
        """Whether members of the Cadre take it into their own hands: it needs a skill, and no session."""
        return bool(self.skill) and not self.ends_with_session

    def enough_minutes(self, minutes: int) -> int | None:
        """How many of a session's minutes somebody has to be there; None where any time will do."""
        return minutes * self.enough_percent // 100 or None

    def options_of(self, question: str) -> dict[str, Text]:
        """What may be answered today to one of its questions."""
        return next(each.offered for each in self.questions if each.key == question)


def whole_of(audience: str) -> str:
    """The audience of a training of which this one is a part; itself where it is none."""
    (asked,) = (question for question in kind_of(TRAINING).questions if question.key == "audience")
    return next((option.part_of for option in asked.options if option.key == audience), "") or audience


YES = Text("Yes", "Sí")


@cache
def shipped_kinds() -> dict[str, Kind]:
    """Every kind that ships, in its order, read once per process."""
    return read_kinds(settings.CONTENT)


def kind_of(key: str) -> Kind:
    """The kind with this key. Raises NotFound."""
    found = shipped_kinds().get(key)
    if found is None:
        raise NotFound(key)
    return found


def read_kinds(content: Path) -> dict[str, Kind]:
    """Read and check the kinds of a content folder. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "requests", content / "schemas" / "request-kind.schema.json")
    spoken = read_languages(content).names
    faults = [fault for document in documents for fault in _faults(document, spoken)]
    if faults:
        raise ContentRefused(faults)
    kinds = sorted((_kind(document.data, spoken) for document in documents), key=lambda kind: kind.order)
    return {kind.key: kind for kind in kinds}


def _faults(document: Document, spoken: Mapping[str, Text]) -> Iterator[Fault]:
    """What the schema cannot say: names, questions asked twice, answers that matching would miss."""
    yield from document.misnamed("kind")
    data = document.data
    keys = [question["key"] for question in data["questions"]]
    for index, question in enumerate(data["questions"]):
        if keys.index(question["key"]) < index:
            yield document.fault(("questions", index), "asked twice")
        options = list(spoken) if "from" in question else [option["key"] for option in question.get("options", [])]
        if len(options) > len(set(options)):
            yield document.fault(("questions", index, "options"), "an option is written twice")
        if {option["part_of"] for option in question.get("options", []) if "part_of" in option} - set(options):
            yield document.fault(("questions", index, "options"), "is a part of something that is not among them")
        if set(question.get("usual", [])) - set(options):
            yield document.fault(("questions", index, "usual"), "is not among the options")
    if data["takers"][-1] != "coordinator":
        yield document.fault(("takers",), "a region can be without lead and deputy: a coordinator comes last")
    missing = SESSION_NEEDS - set(keys)
    if data["ends"] == "session" and (missing or not data["days"]["least"]):
        yield document.fault(("questions",), f"a session needs a wished day and {', '.join(sorted(SESSION_NEEDS))}")


def _kind(data: dict[str, Any], spoken: Mapping[str, Text]) -> Kind:
    return Kind(
        key=data["kind"],
        edition=date.fromisoformat(data["edition"]),
        order=data["order"],
        is_public=data["public"],
        ends_with_session=data["ends"] == "session",
        skill=data.get("skill", ""),
        pair_from=data.get("pair_from", 0),
        noun=Text(**data["noun"]),
        title=Text(**data["title"]),
        lead=Text(**data["lead"]),
        steps={key: Text(**text) for key, text in data.get("steps", {}).items()},
        least_days=data["days"]["least"],
        most_days=data["days"]["most"],
        questions=tuple(_question(question, spoken) for question in data["questions"]),
        due=data["due"],
        escalates=data["escalates"],
        takers=tuple(data["takers"]),
        declines=tuple(data["declines"]),
        enough_percent=data.get("enough", 0),
    )


def _question(data: dict[str, Any], spoken: Mapping[str, Text]) -> Question:
    options = [
        Option(option["key"], Text(option["en"], option["es"]), option.get("retired", False), option.get("part_of", ""))
        for option in data.get("options", [])
    ]
    if is_of_languages := "from" in data:
        options = [Option(code, name, is_retired=False) for code, name in spoken.items()]
    return Question(
        key=data["key"],
        type=data["type"],
        ask=Text(**data["ask"]),
        hint=text_of(data.get("hint")),
        is_optional=data.get("optional", False),
        least=data.get("least", 0),
        most=data.get("most", 0),
        usual=tuple(data.get("usual", [])),
        options=tuple(options),
        is_of_languages=is_of_languages,
    )
