"""What the reading of a sheet gives: lines that say something of one school or person, and cells it cannot take."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

# Why a cell could not be read. What to do about each is said where it is shown.
MERGED, NO_VALUE, TEXT_FORMULA, TOO_LONG = "merged", "no_value", "text_formula", "too_long"
NO_DAY, WHICH_ORDER, WRONG_ORDER, FUTURE, TOO_OLD = "no_day", "which_order", "wrong_order", "future", "too_old"
NO_COUNT, NO_MARK, NOBODY, OUTSIDE_YEAR = "no_count", "no_mark", "nobody", "outside_year"
TOO_FAR, BACKWARD, TOO_MANY_DAYS = "too_far", "backward", "too_many_days"
NO_WEEKDAY, NO_HOUR, WHICH_HALF, NO_AUDIENCE = "no_weekday", "no_hour", "which_half", "no_audience"
BACKWARD_HOURS, NO_LIMIT, NO_YES_OR_NO = "backward_hours", "no_limit", "no_yes_or_no"
NO_PERSON, NO_POST, NO_COMMA, NO_ADDRESS = "no_person", "no_post", "no_comma", "no_address"
TOO_MANY = "too_many"
AUDIENCE, ROLE, STANDING, ASKED = "audience", "role", "standing", "asked"  # what a word of a list means
COMPUTED = "computed"  # no refusal: the value is the one that the file last computed


class Problem(NamedTuple):
    """One cell that cannot be taken: its row (as spreadsheets count), column letters, what it shows, and why."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


class Hours(NamedTuple):
    """Hours in which a site can be trained: on a weekday, 0 for Monday, of every week that its line spans.

    `audience` is who is free then as the list says it, and in a preview the house's word for it. `most` is how many
    of them a school year may use.
    """

    audience: str
    weekday: int
    starts: dt.time
    ends: dt.time
    most: int | None = None
    is_paid: bool = False


class Staff(NamedTuple):
    """A member of the staff: number, name, address, and the post as the list says it; in a preview the house's word."""

    number: str
    given: str
    family: str
    email: str
    role: str


class Asked(NamedTuple):
    """A request of another system: where it stands and of which kind it is, as the list says it and in a preview in the
    house's word; None where the list has no such column. `email` is whoever asked."""

    stands: str | None
    kind: str | None
    email: str = ""


class Line(NamedTuple):
    """One statement: whom the row names (`code` and `name`, as written), when, how many, and for which course.

    `year` is the calendar year in which the school year began; `day` may be unknown where a year is said. A leave
    begins on its `day` and lasts through `until`, or is open. So do `hours`, which may also say no first day. A row of
    days without school or with tests is a line for each of them; `called` is their name. A post begins on its `day`, if
    the list says one, and lasts through `until`.
    """

    row: int
    code: str
    name: str
    year: int
    day: dt.date | None
    heads: int | None = None
    course: str = ""
    until: dt.date | None = None
    hours: Hours | None = None
    called: str = ""
    staff: Staff | None = None
    asked: Asked | None = None

    @property
    def words(self) -> dict[str, str]:
        """What it calls in its own words that the house has words for, by what is meant: who is free, the post that
        somebody has, where a request stands, its kind. The last two are asked about where they are empty, too.
        """
        if self.hours and self.hours.audience:
            return {AUDIENCE: self.hours.audience}
        if self.staff:
            return {ROLE: self.staff.role}
        told = {STANDING: self.asked.stands, ASKED: self.asked.kind} if self.asked else {}
        return {meant: word for meant, word in told.items() if word is not None}


@dataclass(slots=True)
class Cells:
    """A stored sheet: its rows, and what is known of single cells."""

    name: str
    rows: list[list[str]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    long: frozenset[tuple[int, int]] = frozenset()
    is_text: bool = False  # a CSV: a formula in it was never computed
    never_kept: tuple[str, ...] = ()  # headings of columns that were left out when the file was read
    of_children_count: int = 0  # rows about students and families, which are never kept


@dataclass(slots=True)
class Reading:
    """All lines of a sheet, and all that could not be read; `remarks` do not keep a row out."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    silent_count: int = 0  # rows, or cells of a year's column, that say nothing
