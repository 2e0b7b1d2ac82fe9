"""Content lines: unfolded, taken apart, and grouped into events; each keeps the number it has in the file."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_BYTES = 1_000_000
MOST_LINES = 40_000
MOST_EVENTS = 5_000
# What is asked of an event. Everything else, titles and names above all, is passed over unread.
WANTED = frozenset(
    {
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "STATUS",
        "TRANSP",
        "FREEBUSY",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)


class Why(enum.StrEnum):
    """Why a file was refused; the page has a sentence for each."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_A_CALENDAR = "not_a_calendar"
    BROKEN_LINE = "broken_line"
    NOT_CLOSED = "not_closed"
    NO_START = "no_start"
    BAD_TIME = "bad_time"
    BAD_RULE = "bad_rule"
    TOO_OFTEN = "too_often"
    UNKNOWN_ZONE = "unknown_zone"


class CalendarRefused(ValueError):
    """The file cannot be used: why, and in which of its lines (None: as a whole)."""

    def __init__(self, why: Why, line: int | None = None) -> None:
        super().__init__(f"{why} in line {line}" if line else str(why))
        self.why, self.line = why, line


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name, its parameters, its value, and where it begins."""

    number: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Part:
    """One VEVENT or VFREEBUSY: its properties by name."""

    number: int
    kind: str
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def one(self, name: str) -> Line | None:
        """The first property of this name."""
        return next(iter(self.lines.get(name, [])), None)

    def text(self, name: str) -> str:
        """Its value in capitals, or nothing."""
        found = self.one(name)
        return found.value.strip().upper() if found else ""


def parts_of(data: bytes) -> list[Part]:
    """Every event of the file. Raises CalendarRefused."""
    lines = _lines(_text(data))
    first = next(lines, None)
    if first is None or (first.name, first.value.strip().upper()) != ("BEGIN", "VCALENDAR"):
        raise CalendarRefused(Why.NOT_A_CALENDAR, first.number if first else None)
    events = [part for part in _grouped(first, lines) if part.kind in {"VEVENT", "VFREEBUSY"}]
    if len(events) > MOST_EVENTS:
        raise CalendarRefused(Why.TOO_LARGE)
    return events


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise CalendarRefused(Why.TOO_LARGE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarRefused(Why.NOT_TEXT, data[: error.start].count(b"\n") + 1) from None


def _grouped(first: Line, lines: Iterator[Line]) -> Iterator[Part]:
    """The parts in the order in which they end; each BEGIN has its END."""
    open_parts = [Part(first.number, "VCALENDAR")]
    for line in lines:
        kind = line.value.strip().upper()
        if line.name == "BEGIN":
            open_parts.append(Part(line.number, kind))
        elif line.name == "END":
            if not open_parts or open_parts[-1].kind != kind:
                raise CalendarRefused(Why.NOT_CLOSED, line.number)
            yield open_parts.pop()
        elif open_parts and line.name in WANTED:
            open_parts[-1].lines.setdefault(line.name, []).append(line)
    if open_parts:
        raise CalendarRefused(Why.NOT_CLOSED, open_parts[-1].number)


def _lines(text: str) -> Iterator[Line]:
    number, whole = 0, ""
    # Not splitlines(): that also parts at characters which a title may hold.
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(physical) > MOST_LINES:
        raise CalendarRefused(Why.TOO_LARGE)
    for position, line in enumerate([*physical, ""], start=1):
        if line[:1] in {" ", "\t"} and whole:
            whole += line[1:]
            continue
        if whole.strip():
            yield _taken_apart(number, whole)
        number, whole = position, line


def _taken_apart(number: int, line: str) -> Line:
    """NAME;PARAMETER="a:b":VALUE; a colon or semicolon in quotation marks parts nothing."""
    pieces, piece, quoted = [], "", False
    for position, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter in ";:" and not quoted:
            pieces.append(piece)
            piece = ""
            if letter == ":":
                return _line(number, pieces, line[position + 1 :])
        else:
            piece += letter
    raise CalendarRefused(Why.BROKEN_LINE, number)


def _line(number: int, pieces: list[str], value: str) -> Line:
    name, *told = pieces
    if not name or not all(letter.isalnum() or letter in "-._/" for letter in name):
        raise CalendarRefused(Why.BROKEN_LINE, number)
    parameters = dict(each.upper().partition("=")[::2] if "TZID" not in each.upper() else _zone(each) for each in told)
    return Line(number, name.upper(), parameters, value)


def _zone(parameter: str) -> tuple[str, str]:
    return "TZID", parameter.partition("=")[2]
