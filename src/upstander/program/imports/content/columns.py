"""What the columns of a list can hold, how they are usually headed, and what somebody chose.

Headings are only a first proposal: whoever brings the list confirms every column.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from upstander.engines.tables.cells import school_year
from upstander.engines.tables.names import plain_name

LOOKED_AT = 10  # rows in which the header may stand
SITE_TRAININGS, COMPLETIONS, REQUESTS, LEAVES = "site_trainings", "completions", "requests", "leaves"
HOURS, CLOSED_DAYS, TESTING_DAYS, ROSTER = "hours", "closed_days", "testing_days", "roster"
OF_DAYS = {CLOSED_DAYS, TESTING_DAYS}  # on which nobody is trained
OF_PEOPLE, OF_TRAININGS = {COMPLETIONS, LEAVES}, {SITE_TRAININGS, COMPLETIONS}
AHEAD_OF_TIME = {LEAVES, HOURS, ROSTER, *OF_DAYS}
MAY_MEAN_ALL = {ROSTER, *OF_DAYS}  # a row that names no site can mean the whole district
CODE, NAME, NUMBER, PERSON, WHEN, UNTIL, HEADS, COURSE, YEAR = (
    "code", "name", "number", "person", "when", "until", "heads", "course", "year",
)  # fmt: skip
AUDIENCE, STARTS, ENDS, FIRST, MOST, PAID = "audience", "starts", "ends", "first", "most", "paid"
CALLED, GIVEN, FAMILY, EMAIL, POST = "called", "given", "family", "email", "post"
STANDS, ASKED = "stands", "asked"
ROLES = {
    SITE_TRAININGS: (CODE, NAME, WHEN, HEADS),
    COMPLETIONS: (NUMBER, PERSON, WHEN, COURSE),
    REQUESTS: (CODE, NAME, WHEN, HEADS, STANDS, ASKED, EMAIL),
    LEAVES: (NUMBER, PERSON, WHEN, UNTIL),
    HOURS: (CODE, NAME, AUDIENCE, STARTS, ENDS, FIRST, UNTIL, WHEN, MOST, PAID),
    ROSTER: (NUMBER, GIVEN, FAMILY, PERSON, EMAIL, POST, CODE, NAME, WHEN, UNTIL),
    **dict.fromkeys(OF_DAYS, (CALLED, CODE, NAME, WHEN, UNTIL)),
}
# A column with such a heading is never kept, not even for a day: the house knows no child, and no reason of a leave.
NEVER_KEPT = re.compile(
    r"password|contrasena|student|pupil|child|minor|victim|birth|dob\b|guardian|parent|incident|narrativ|comment|notes?\b|remark|reason|medical|diagnos"
    r"|alumn|estudiante|nin[oa]|nacimiento|tutor|victima|incidente|comentario|observac|nota|motivo|medic",
    re.IGNORECASE,
)
HEADINGS: dict[str, tuple[str, ...]] = {
    CODE: (
        "code", "cds", "cds code", "site code", "school code", "location code", "loc code", "school id", "site id",
        "orgsourcedids", "work site code", "id", "codigo", "clave",
    ),
    NAME: (
        "name", "site", "site name", "escuela", "nombre", "plantel", "location", "campus", "school", "sch",
        "work site", "work location", "building", "lugar de trabajo",
    ),
    NUMBER: (
        "employee id", "employee number", "staff id", "staff number", "emp id", "emp no", "user id", "identifier",
        "sourcedid", "id", "number",
        "numero de empleado", "empleado", "id de empleado",
    ),
    PERSON: ("name", "employee name", "full name", "user", "learner", "nombre", "last name", "employee"),
    WHEN: (
        "date", "training date", "date trained", "trained on", "completed", "completed on", "completion date",
        "date completed", "year", "year trained", "requested", "requested on", "request date", "submitted",
        "timestamp", "first day", "first day away", "leave start", "leave begin", "start date", "from", "begin date",
        "primer dia", "desde", "fecha de inicio", "inicio", "fecha", "ano escolar",
        "ciclo", "fecha de finalizacion", "completado",
        "hire date", "date of hire", "fecha de contratacion", "fecha de ingreso",
        "weekday", "day", "day of week", "pd day", "pd date", "dia de la semana", "dia",
    ),
    UNTIL: (
        "last day", "last day away", "leave end", "end date", "until", "to", "through", "ultimo dia", "hasta",
        "fecha de fin", "fin", "termination date", "fecha de baja",
    ),
    GIVEN: ("givenname", "given name", "first name", "firstname", "first", "nombres", "nombre de pila"),
    FAMILY: ("familyname", "family name", "last name", "lastname", "surname", "last", "apellidos", "apellido"),
    STANDS: (
        "status", "state", "stage", "progress", "request status", "open or closed", "estado", "estatus", "etapa",
        "situacion",
    ),
    ASKED: (
        "type", "request type", "kind", "what", "requested", "service", "topic", "tipo", "tipo de solicitud",
        "servicio",
    ),
    EMAIL: ("email", "e-mail", "email address", "work email", "mail", "correo", "correo electronico",
        "requester email", "contact email", "correo de contacto"),
    POST: ("role", "post", "position", "job title", "job", "title", "assignment", "puesto", "cargo", "funcion"),
    HEADS: (
        "attendees", "head count", "headcount", "number trained", "staff trained", "participants", "how many", "people",
        "how many people", "number of people", "expected", "asistentes", "cuantas personas", "personas",
    ),
    AUDIENCE: ("audience", "who", "staff group", "group", "who is free", "publico", "grupo", "quienes", "personal"),
    STARTS: (
        "from", "start", "start time", "starts", "begin", "begins", "time", "hours", "time from", "hora de inicio",
        "desde", "de", "inicio", "horario", "hora",
    ),
    ENDS: ("until", "to", "end", "end time", "ends", "time until", "time to", "hora de fin", "hasta", "fin"),
    FIRST: ("first day", "start date", "valid from", "effective", "starting", "primer dia", "fecha de inicio"),
    MOST: ("per year", "times a year", "how often", "how many a year", "most per year", "max per year", "veces al ano"),
    PAID: ("paid", "paid time", "is paid", "pagado", "tiempo pagado"),
    CALLED: (
        "holiday", "occasion", "event", "description", "test", "tests", "assessment", "name of day", "called", "title",
        "festivo", "feriado", "ocasion", "evento", "descripcion", "examen", "examenes", "prueba",
    ),
    COURSE: ("course", "course title", "course name", "training", "module", "title", "curso", "capacitacion"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody said about a file. Columns are counted from 0; rows too, and `header_row` is the header's."""

    sheet: int = 0
    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)  # role -> column
    years: dict[int, int] = field(default_factory=dict)  # column -> school year in which it begins
    order: str = ""  # which number is the month, where days leave it open
    subject: str = ""  # the training that the list is about
    audience: str = ""  # who is free in the hours of a list that does not say so
    asked: str = ""  # the kind of request where a row does not say it
    since: str = ""  # the first day of posts of which a list does not say one, as year-month-day
    is_complete: bool = False  # everybody who is in post stands on the list

    def as_data(self) -> dict[str, Any]:
        """For the database, whose keys are text."""
        return {**asdict(self), "years": {str(column): year for column, year in self.years.items()}}

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Choice":
        """From the database."""
        years = {int(column): year for column, year in data.get("years", {}).items()}
        return cls(**{**data, "years": years}) if data else cls()

    @property
    def since_on(self) -> dt.date | None:
        """The day that `since` says."""
        return dt.date.fromisoformat(self.since) if self.since else None

    @property
    def used(self) -> list[int]:
        """Every column that is read."""
        return sorted({*self.columns.values(), *self.years})


def header_row_of(rows: Sequence[Sequence[str]]) -> int:
    """The row that is most likely the header: the one with the most known headings among the first ten."""
    known = {plain_name(word) for words in HEADINGS.values() for word in words} - {""}
    best, best_count = 0, 0
    for index, row in enumerate(rows[:LOOKED_AT]):
        count = sum(plain_name(cell) in known or school_year(cell) is not None for cell in row if cell)
        if count > best_count:
            best, best_count = index, count
    return best if best_count else _first_full(rows)


def _first_full(rows: Sequence[Sequence[str]]) -> int:
    return next((index for index, row in enumerate(rows[:LOOKED_AT]) if sum(map(bool, row)) > 1), 0)


def guess(kind: str, header: Sequence[str]) -> dict[int, str]:
    """The role that each column's heading speaks for, each role once; columns without one are left out."""
    found: dict[int, str] = {}
    for role in ROLES[kind]:
        words = [plain_name(word) for word in HEADINGS[role]]
        ranked = [
            (words.index(plain_name(cell)), column)
            for column, cell in enumerate(header)
            if cell and column not in found and plain_name(cell) in words and not never_kept(cell)
        ]
        if ranked:
            found[min(ranked)[1]] = role
    if kind == SITE_TRAININGS:
        found |= {column: YEAR for column, cell in enumerate(header) if school_year(cell) is not None}
    return found


def never_kept(heading: str) -> bool:
    """Whether a column of this heading could speak about a child, or in sentences."""
    return bool(NEVER_KEPT.search(plain_name(heading)))
