"""A list of the staff: what the cells of a row say of one person, and what the list will change."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from upstander.district.people.policies import IN_A_REGION, OF_THE_DISTRICT, is_in_place
from upstander.engines.tables.names import plain_code, plain_name, same_person
from upstander.program.imports.content.columns import EMAIL, FAMILY, GIVEN, NUMBER, PERSON, POST
from upstander.program.imports.content.doors import is_held_back
from upstander.program.imports.content.outcomes import (
    CHANGED,
    ELSEWHERE,
    ENDED,
    LEFT_OUT,
    NEAR_NUMBER,
    NEW,
    OTHER_NAME,
    OVERLAPS,
    PAST,
    RECORDED,
    THERE,
    TO_VOUCH,
    TWICE,
    Change,
    Meaning,
    Preview,
    share_a_day,
)
from upstander.program.imports.content.reading import NO_ADDRESS, NO_COMMA, NO_PERSON, NO_POST, TOO_LONG, Line, Staff

A_DAY = dt.timedelta(days=1)
NAME_LENGTH, NUMBER_LENGTH = 80, 20
WIDE = IN_A_REGION | OF_THE_DISTRICT  # posts that a list can begin, each with a yes of its own, and never ends
CHILDREN = {
    plain_name(word)
    for word in (
        "student", "students", "pupil", "learner", "child", "minor", "guardian", "parent", "relative",
        "estudiante", "alumno", "alumna", "menor", "padre", "madre", "tutor", "tutora", "familiar",
    )
}  # fmt: skip


def erase_children(rows: list[list[str]], at_role: int | None) -> int:
    """Empty every row whose role is that of a child or a family: it is not kept, not even for a day. Returns how many.

    Exports of a whole school hold all of its accounts; this list is of the staff alone.
    """
    found = [row for row in rows if at_role is not None and plain_name(row[at_role]) in CHILDREN]
    for row in found:
        row[:] = [""] * len(row)
    return len(found)


class RowOfStaff:
    """One row's cells by role; `slips` holds the columns that cannot be taken, with the reason."""

    def __init__(self, row: Sequence[str], columns: Mapping[str, int]) -> None:
        self.row, self.columns = row, columns
        self.slips: dict[int, str] = {}

    def staff(self) -> Staff | None:
        """Whom the row tells of; None where a cell cannot be taken."""
        given, family = self._names()
        told = Staff(self._said(NUMBER).strip(), given, family, self._said(EMAIL).strip(), self._said(POST))
        if not told.number:
            self._slip(NUMBER, NO_PERSON)
        elif len(told.number) > NUMBER_LENGTH:
            self._slip(NUMBER, TOO_LONG)
        if not told.role:
            self._slip(POST, NO_POST)
        if told.email and not is_address(told.email):
            self._slip(EMAIL, NO_ADDRESS)
        return None if self.slips else told

    def _names(self) -> tuple[str, str]:
        """Of two columns, or of one that says the family name, a comma, and the given name."""
        said = self._said(PERSON)
        family, comma, given = said.partition(",")
        if said and not comma:
            self._slip(PERSON, NO_COMMA)
        names = (self._said(GIVEN) or given, self._said(FAMILY) or family)
        first, last = (" ".join(name.split()) for name in names)
        at = next(role for role in (FAMILY, GIVEN, PERSON) if role in self.columns)
        if not (first or last):
            self._slip(at, NO_PERSON)
        elif max(len(first), len(last)) > NAME_LENGTH:
            self._slip(at, TOO_LONG)
        return first, last

    def _said(self, role: str) -> str:
        at = self.columns.get(role)
        return self.row[at] if at is not None else ""

    def _slip(self, role: str, reason: str) -> None:
        self.slips.setdefault(self.columns[role], reason)


def is_address(text: str) -> bool:
    """Whether a mail can be sent there, by its shape."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class Held(NamedTuple):
    """A post that stands, from `first` to before `back`. Without `ref` a line further up says so.

    `place` is the id of a site, or that of a region with a minus (`in_region`), or 0 for the whole district.
    """

    ref: str
    role: str
    place: int
    first: dt.date
    back: dt.date | None
    where: str = ""


def in_region(region_id: int) -> int:
    """A region as the place of a post."""
    return -region_id


class Staffing(NamedTuple):
    """What is known of the staff: names and posts by staff number, and the keys of posts somebody said yes to."""

    names: Mapping[str, str]
    posts: Mapping[str, list[Held]]
    vouched: Collection[str] = ()


def roster(
    lines: Iterable[Line],
    meaning: Meaning,
    role_of: Callable[[Line], str | None],
    known: Staffing,
    since: dt.date | None,
    ends_on: dt.date | None,
) -> Preview:
    """Posts of people. Lines without a first day begin `since`; a list that is complete `ends_on` that day what it
    does not name, except posts of people of whom some line could not be taken, and those of a region or the district.

    A list closes an open post, and contradicts no other day: which is right is left to a person. So is every post that
    opens doors: it waits until somebody has said yes to it.
    """
    desk = _Desk(known, since)
    for line in lines:
        desk.take(line, meaning(line), role_of(line))
    if ends_on:
        desk.end_the_rest(ends_on)
    return desk.preview


class _Desk:
    """The lines taken so far, and what they leave of the posts that stand."""

    def __init__(self, known: Staffing, since: dt.date | None) -> None:
        self.since, self.vouched = since, known.vouched
        self.names = dict(known.names)
        self.codes = {plain_code(number) for number in self.names}
        self.posts = {number: list(posts) for number, posts in known.posts.items()}
        self.named: set[str] = set()  # refs of posts that the list names
        self.unclear: set[str] = set()  # staff numbers of which a line could not be taken
        self.preview = Preview(standing_count=sum(map(_is_open, self._standing())))

    def take(self, line: Line, place: tuple[int, str] | None, role: str | None) -> None:
        """Note what becomes of one line."""
        assert line.staff, "a list of the staff has no other lines"
        staff = line.staff._replace(role=role or line.staff.role)
        outcome, old_ref = self._against(line, staff, place[0]) if place and role else (LEFT_OUT, "")
        line, place = line._replace(staff=staff, day=line.day or self.since), place or (0, "")
        change = Change(line, outcome, *place, old_ref=old_ref)
        if is_held_back(change, self.vouched):
            change = change._replace(outcome=TO_VOUCH)
        if change.outcome not in (NEW, CHANGED, *RECORDED):
            self.unclear.add(staff.number)
        self.preview.changes.append(change)

    def end_the_rest(self, on: dt.date) -> None:
        """End every open post that no line names: when the person's new one begins, or on the day given."""
        for number, posts in self.posts.items():
            begun = [post.first for post in posts if not post.ref]
            for post in posts if number not in self.unclear else ():
                day = min((first for first in begun if first > post.first), default=on)
                if post.ref and post.ref not in self.named and _is_open(post) and day > post.first:
                    staff = Staff(number, self.names[number], "", "", post.role)
                    line = Line(0, "", "", 0, post.first, until=day - A_DAY, staff=staff)
                    self.preview.changes.append(Change(line, ENDED, post.place, post.where, old_ref=post.ref))

    def _against(self, line: Line, staff: Staff, place: int) -> tuple[str, str]:
        """What becomes of a line, and the post that it closes."""
        if not is_in_place(staff.role, has_site=place > 0, has_region=place < 0):
            return ELSEWHERE, ""
        refusal = self._is_somebody_else(staff)
        if refusal:
            return refusal, ""
        first = line.day or self.since
        assert first, "a row without a first day is read only where the list has one"
        said = Held("", staff.role, place, first, line.until + A_DAY if line.until else None)
        here = self.posts.setdefault(staff.number, [])
        met = [post for post in here if (post.role, post.place) == (staff.role, place) and share_a_day(said, post)]
        if met:
            return self._beside(said, met, here, was_first_said=line.day is not None)
        if said.back and said.back <= first:
            return PAST, ""
        here.append(said)
        return NEW, ""

    def _beside(self, said: Held, met: list[Held], here: list[Held], *, was_first_said: bool) -> tuple[str, str]:
        old = met[0]
        if len(met) > 1 or (was_first_said and said.first != old.first):
            return OVERLAPS, ""
        self.named.add(old.ref)
        if said.back in (None, old.back):  # a list that knows no last day takes none away
            return (THERE if old.ref else TWICE), ""
        if not old.ref or old.back is not None or said.back <= old.first:
            return OVERLAPS, ""
        here[here.index(old)] = old._replace(back=said.back)
        return CHANGED, old.ref

    def _is_somebody_else(self, staff: Staff) -> str:
        """A number under which another name stands, or that looks like the number of somebody; "" otherwise."""
        name = f"{staff.given} {staff.family}".strip()
        known = self.names.get(staff.number)
        if known is not None:
            return "" if same_person(known, name) else OTHER_NAME
        if plain_code(staff.number) in self.codes:
            return NEAR_NUMBER
        self.names[staff.number] = name
        self.codes.add(plain_code(staff.number))
        return ""

    def _standing(self) -> Iterable[Held]:
        return (post for posts in self.posts.values() for post in posts if post.ref)


def _is_open(post: Held) -> bool:
    return post.back is None and post.place >= 0 and post.role not in WIDE
