"""How to read one directory of schools. Mappings are data in `content/mappings/`; a new state is a new file there."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Words
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from upstander.foundation.kernel.content import ContentRefused, Document, Fault, Text, read_documents

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Told:
    """A column whose cells are words of a fixed list, and what each word means to us."""

    column: str
    words: Words[str, Any]


@dataclass(frozen=True, slots=True)
class Office:
    """A row with nothing in `when_blank` is the district's office, named by `name`."""

    when_blank: str
    name: str


@dataclass(frozen=True, slots=True)
class Grades:
    """Either one column with a span, or two columns with its ends; `words` beside the numbers 1 to 12."""

    span: str = ""
    lowest: str = ""
    highest: str = ""
    words: Words[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dates:
    """The columns with opening and closing days, and the forms a day may come in."""

    forms: tuple[str, ...]
    opened: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One checked mapping. `complete_for` names the kinds of site whose absence from the file means closed."""

    format: str
    source: str
    about: Text
    credit: str
    complete_for: frozenset[str]
    encoding: str
    delimiter: str
    blank: frozenset[str]
    optional: frozenset[str]
    code_column: str
    code_pattern: str
    agency_characters: int
    columns: Words[str, str]
    status: Told
    office: Office | None = None
    kind: Told | None = None
    grades: Grades | None = None
    charter: Told | None = None
    dates: Dates | None = None
    latitude: str = ""
    longitude: str = ""

    def columns_named(self) -> list[str]:
        """Every column of the file that the mapping reads, once each."""
        named = [self.code_column, *self.columns.values(), self.status.column, self.latitude, self.longitude]
        named += [told.column for told in (self.kind, self.charter) if told]
        if self.office:
            named += [self.office.when_blank, self.office.name]
        if self.grades:
            named += [self.grades.span, self.grades.lowest, self.grades.highest]
        if self.dates:
            named += [self.dates.opened, self.dates.closed]
        return [name for name in dict.fromkeys(named) if name]


def read_mappings(content: Path) -> dict[str, Mapping]:
    """Every mapping that ships, by format. `content` is the folder of all content; raises ContentRefused."""
    documents = read_documents(content / "mappings", content / "schemas" / "mapping.schema.json")
    faults = [fault for document in documents for fault in _faults(document)]
    if faults:
        raise ContentRefused(faults)
    return {document.data["format"]: _mapping(document.data) for document in documents}


def _faults(document: Document) -> Iterator[Fault]:
    data = document.data
    if data["format"] != document.file.stem:
        yield document.fault(("format",), f"the file of {data['format']} is {data['format']}.yaml")
    try:
        re.compile(data["code"]["pattern"])
    except re.error as error:
        yield document.fault(("code", "pattern"), str(error))


def _mapping(data: dict[str, Any]) -> Mapping:
    code, place = data["code"], data.get("place", {})
    return Mapping(
        format=data["format"],
        source=data["source"],
        about=Text(**data["about"]),
        credit=data["credit"],
        complete_for=frozenset(data["complete_for"]),
        encoding=data.get("encoding", "utf-8"),
        delimiter=data.get("delimiter", ","),
        blank=frozenset(data.get("blank", [""])),
        optional=frozenset(data.get("optional", [])),
        code_column=code["column"],
        code_pattern=code["pattern"],
        agency_characters=code.get("agency_characters", 0),
        columns=data["columns"],
        status=Told(**data["status"]),
        office=_part(Office, data.get("office")),
        kind=_part(Told, data.get("kind")),
        grades=_part(Grades, data.get("grades")),
        charter=_part(Told, data.get("charter")),
        dates=_dates(data.get("dates")),
        latitude=place.get("latitude", ""),
        longitude=place.get("longitude", ""),
    )


def _part(made_of: type[Part], data: dict[str, Any] | None) -> Part | None:
    return made_of(**data) if data else None


def _dates(data: dict[str, Any] | None) -> Dates | None:
    return Dates(**{**data, "forms": tuple(data["forms"])}) if data else None
