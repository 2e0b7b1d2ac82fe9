"""The sheets of questions as they ship in `content/evaluation/`, and the measures that are made of the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents, text_of

STAFF, DEBRIEF = "staff", "debrief"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, answered by choosing; `when` says on which sheets it stands."""

    key: str
    when: tuple[str, ...]
    ask: Text
    options: tuple[tuple[str, Text], ...]

    @property
    def keys(self) -> set[str]:
        """What may be chosen."""
        return {key for key, _text in self.options}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure: a count of completions, a share of those who chose at least `least`, or of those who rose."""

    key: str
    counts: str
    least: str
    says: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of questions in one edition."""

    key: str
    edition: date
    title: Text
    source: Text | None
    questions: tuple[Question, ...]
    indicators: tuple[Indicator, ...]

    def asked(self, when: str) -> list[Question]:
        """The questions that stand on the sheet of that moment."""
        return [question for question in self.questions if when in question.when]


@cache
def shipped_sheets() -> dict[str, Sheet]:
    """Every sheet that ships, read once per process."""
    return read_sheets(settings.CONTENT)


def read_sheets(content: Path) -> dict[str, Sheet]:
    """Read and check the sheets of a content folder. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "evaluation", content / "schemas" / "evaluation.schema.json")
    faults = [fault for document in documents for fault in _faults(document)]
    if faults:
        raise ContentRefused(faults)
    return {document.data["sheet"]: _sheet(document.data) for document in documents}


def _faults(document: Document) -> Iterator[Fault]:
    """What the schema cannot say: names, questions asked twice, measures of what is not asked then."""
    yield from document.misnamed("sheet")
    whens: dict[str, set[str]] = {}
    for index, question in enumerate(document.data["questions"]):
        if question["key"] in whens:
            yield document.fault(("questions", index), "asked twice")
        whens[question["key"]] = set(question["when"])
    needed = {"before": {"before"}, "after": {"after"}, "rise": {"before", "after"}, "completions": set()}
    for index, indicator in enumerate(document.data["indicators"]):
        missing = needed[indicator["counts"]] - whens.get(indicator["key"], set())
        if missing:
            yield document.fault(("indicators", index), f"is not asked {', '.join(sorted(missing))}")
        if ("least" in indicator) != (indicator["counts"] in {"before", "after"}):
            yield document.fault(("indicators", index), "a share needs `least`, and nothing else does")


def _sheet(data: dict[str, Any]) -> Sheet:
    usual = data["options"]
    return Sheet(
        key=data["sheet"],
        edition=date.fromisoformat(data["edition"]),
        title=Text(**data["title"]),
        source=text_of(data.get("source")),
        questions=tuple(
            Question(
                question["key"],
                tuple(question["when"]),
                Text(**question["ask"]),
                tuple((each["key"], Text(each["en"], each["es"])) for each in question.get("options", usual)),
            )
            for question in data["questions"]
        ),
        indicators=tuple(
            Indicator(each["key"], each["counts"], each.get("least", ""), Text(**each["says"]))
            for each in data["indicators"]
        ),
    )
