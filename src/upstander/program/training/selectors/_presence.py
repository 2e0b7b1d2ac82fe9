"""Reading the attendance ledger: its rows as events, and what they say together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from upstander.engines.presence import NOBODY, Event, Kind, Presence, gather, number_key, presences
from upstander.program.training.models import AttendanceMark, Session

How = AttendanceMark.How
SETTLED = {How.MATCHED, How.SET_ASIDE}
KINDS: dict[str, Kind] = {
    How.CODE: Kind.ARRIVED,
    How.JOINED: Kind.JOINED,
    How.STAYED: Kind.STAYED,
    How.TICKED: Kind.LET_IN,
    How.WALK_IN: Kind.LET_IN,
    How.STRUCK: Kind.STRUCK,
    How.PUT_BACK: Kind.PUT_BACK,
    How.LEFT: Kind.LEFT,
    How.MATCHED: Kind.MATCHED,
    How.SET_ASIDE: Kind.MATCHED,
}
COUNTING = Q(pk__gt=F("session__marks_after"))  # not of an opening by mistake
COLUMNS = ("device", "counter", "how", "person_id", "staff_number", "happened_at")


@dataclass(frozen=True, slots=True)
class Attendance:
    """One session's people by id, and the numbers nobody is known by, each with what is known of their presence."""

    people: dict[int, Presence]
    numbers: dict[str, Presence]

    @property
    def present(self) -> list[int]:
        """Ids of everyone who counts as present, in a steady order."""
        return sorted(person for person, each in self.people.items() if each.is_present)

    @property
    def waiting(self) -> list[str]:
        """Numbers still to be matched, in order of arrival."""
        here = [(each.arrived_at, number) for number, each in self.numbers.items() if each.is_present]
        return [number for _moment, number in sorted(here)]


def attendance_of(session: Session) -> Attendance:
    """What all rows of the session say together."""
    return _read(session, Q())


def presence_of(session: Session, person: int | None, number: str) -> Presence:
    """What is known of one person, or of a number nobody is known by."""
    found = _read(session, rows_about(person, number))
    return found.numbers.get(number, NOBODY) if person is None else found.people.get(person, NOBODY)


def rows_about(person: int | None, number: str) -> Q:
    """The rows about one person, or about a number nobody is known by."""
    return Q(staff_number=number) if person is None else Q(person=person)


def attendances_of(which: Q) -> dict[int, Attendance]:
    """What rows say together, by the session's id; one query however many sessions there are."""
    rows = AttendanceMark.objects.filter(which, COUNTING).values_list("session_id", *COLUMNS)
    people, numbers = presences(gather(_events(rows)))
    found: dict[int, Attendance] = {}
    for (session, person), each in people.items():
        found.setdefault(int(session), Attendance({}, {})).people[int(person)] = each
    for (session, number), each in numbers.items():
        found.setdefault(int(session), Attendance({}, {})).numbers[number[1:]] = each
    return found


def _read(session: Session, which: Q) -> Attendance:
    return attendances_of(which & Q(session=session)).get(session.pk, Attendance({}, {}))


def _events(rows: Iterable[tuple[object, ...]]) -> Iterable[Event]:
    for session, device, counter, how, person, number, happened_at in rows:
        whose = "" if person is None else str(person)
        kind = KINDS[how]  # type: ignore[index]
        who = whose if whose and kind is not Kind.MATCHED else number_key(str(number))
        yield Event(str(session), device, counter, kind, who, happened_at, whose)  # type: ignore[arg-type]
