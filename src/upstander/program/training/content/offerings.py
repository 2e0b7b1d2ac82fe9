"""What is given in a session, as it ships in `content/offerings/`: dated editions with agenda, slides and handouts.

An edition is never changed once it was given; a better one gets a new first day. Its name, for instance
"staff.2026-07-01", is what a session keeps and what a completion says was given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents, text_of
from upstander.program.training.content.kinds import TRAINING, Kind, read_kinds

TOPICS = {
    "prevalence": _("How common it is"),
    "signs": _("Risk factors and signs"),
    "recruitment": _("How people are recruited"),
    "myths": _("Myths about victims and abusers"),
    "resources": _("Help nearby"),
    "fairness": _("Fairness"),
    "healthy": _("Healthy relationships"),
    "online": _("Safety online"),
    "work": _("Fair and unfair work"),
}
OWN = "own-"  # begins the name of an offering that is a district's own
STAFF_TOPICS = {"prevalence", "signs", "recruitment", "myths", "resources", "fairness"}  # no staff session without


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an agenda; its minutes in the order of the edition's lengths."""

    topic: str
    says: Text
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What is given from a day on, until the same offering's next edition. `slides` says where they are kept.

    `handouts` are keys of materials; `lengths` are minutes.
    """

    offering: str
    kind: str
    audiences: tuple[str, ...]
    title: Text
    starts_on: date
    lengths: tuple[int, ...]
    agenda: tuple[Part, ...]
    slides: Text | None
    handouts: tuple[str, ...]
    is_own: bool = False  # of the district, not shipped

    @property
    def name(self) -> str:
        """What a session and a completion keep of it."""
        return f"{self.offering}.{self.starts_on}"


@cache
def shipped_editions() -> tuple[Edition, ...]:
    """Every edition that ships, the newest of an offering first, read once per process."""
    return read_offerings(settings.CONTENT)


def name_of_edition(kind: str, audience: str, on: date, minutes: int | None = None) -> str:
    """What ships for an audience on a day, and in so many minutes; empty before the first edition, or without a fit."""
    fitting = (each for each in editions_by(kind, on) if audience in each.audiences)
    return next((each.name for each in fitting if minutes is None or minutes in each.lengths), "")


def editions_by(kind: str, on: date) -> list[Edition]:
    """What can have been given on a day in a session of this kind, the newest of an offering first."""
    return [each for each in shipped_editions() if each.kind == kind and each.starts_on <= on]


def edition_named(name: str) -> Edition | None:
    """The edition that a session keeps the name of; nothing where none is known."""
    return next((each for each in shipped_editions() if each.name == name), None)


def says_of(kind: str, audience: str, on: date) -> dict[str, Text]:
    """What each topic is about in the shipped session for an audience, in the order of its agenda."""
    fitting = (each for each in editions_by(kind, on) if audience in each.audiences)
    return {part.topic: part.says for each in fitting for part in each.agenda}


@cache
def shipped_handouts() -> tuple[str, ...]:
    """The keys of everything that ships to be given out."""
    return tuple(sorted(file.stem for file in (settings.CONTENT / "materials").glob("*.yaml")))


def topics_between(edition: Edition, minutes: int, first: int, last: int) -> list[str]:
    """The topics of an agenda for `minutes` that lie between two minutes of it, in their order; none for no stretch."""
    found, begins = [], 0
    for part in edition.agenda if minutes in edition.lengths else ():
        ends = begins + part.minutes[edition.lengths.index(minutes)]
        if max(begins, first) < min(ends, last):
            found.append(part.topic)
        begins = ends
    return found


def read_offerings(content: Path) -> tuple[Edition, ...]:
    """Read and check the offerings of a content folder. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / "offerings", content / "schemas" / "offering.schema.json")
    kinds, handouts = read_kinds(content), {file.stem for file in (content / "materials").glob("*.yaml")}
    faults = [fault for document in documents for fault in _faults(document, kinds, handouts)]
    faults += _given_twice(documents)
    if faults:
        raise ContentRefused(faults)
    order = sorted(documents, key=lambda document: (kinds[document.data["kind"]].order, document.file.stem))
    return tuple(edition for document in order for edition in _editions(document.data))


def _faults(document: Document, kinds: dict[str, Kind], handouts: set[str]) -> Iterator[Fault]:
    """What the schema cannot say: audiences and handouts that are not there, days and minutes that do not fit."""
    yield from document.misnamed("offering")
    data = document.data
    kind = kinds.get(data["kind"])
    if kind is None or not kind.ends_with_session:
        yield document.fault(("kind",), "is no kind of request that ends with a session")
        return
    for key in sorted(set(data["audiences"]) - set(kind.options_of("audience"))):
        yield document.fault(("audiences",), f"{key} cannot be asked for")
    days = [edition["from"] for edition in data["editions"]]
    if any(later <= earlier for earlier, later in pairwise(days)):
        yield document.fault(("editions",), "the oldest comes first, each with a day of its own")
    for index, edition in enumerate(data["editions"]):
        for key, reason in _misfits(edition, kind, handouts):
            yield document.fault(("editions", index, key), reason)


def _misfits(edition: dict[str, Any], kind: Kind, handouts: set[str]) -> Iterator[tuple[str, str]]:
    agenda, lengths = edition["agenda"], edition["lengths"]
    if {str(minutes) for minutes in lengths} != set(kind.options_of("minutes")):
        yield "lengths", "are not the lengths that can be asked for"
    if any(len(part["minutes"]) != len(lengths) for part in agenda):
        yield "agenda", "a part needs its minutes for each length"
    elif [sum(column) for column in zip(*(part["minutes"] for part in agenda), strict=True)] != lengths:
        yield "agenda", "the minutes do not add up to the lengths"
    missing = STAFF_TOPICS - {part["topic"] for part in agenda}
    if kind.key == TRAINING and missing:
        yield "agenda", f"a staff session needs {', '.join(sorted(missing))}"
    for key in sorted(set(edition["handouts"]) - handouts):
        yield "handouts", f"there is no material {key}"


def _given_twice(documents: list[Document]) -> list[Fault]:
    """Two offerings for one audience: nobody could say which is planned."""
    taken: set[tuple[str, str]] = set()
    faults = []
    for document in documents:
        own = {(document.data["kind"], audience) for audience in document.data["audiences"]}
        faults += [document.fault(("audiences",), f"{audience} has an offering") for _kind, audience in own & taken]
        taken |= own
    return faults


def _editions(data: dict[str, Any]) -> Iterator[Edition]:
    for edition in reversed(data["editions"]):
        yield Edition(
            offering=data["offering"],
            kind=data["kind"],
            audiences=tuple(data["audiences"]),
            title=Text(**data["title"]),
            starts_on=date.fromisoformat(edition["from"]),
            lengths=tuple(edition["lengths"]),
            agenda=tuple(
                Part(part["topic"], Text(**part["says"]), tuple(part["minutes"])) for part in edition["agenda"]
            ),
            slides=text_of(edition["slides"]),
            handouts=tuple(edition["handouts"]),
        )
