"""Who was there, merged from events that come late, twice, in any order, and from clocks that are wrong.

Every device numbers what it notes, so (session, device, counter) names an event for good. Merging is the union by that
name; where one name ever holds two different events, the lesser one stays, whichever came first. What the events say
about one person is then joined by earliest and latest alone. Union, earliest and latest do not care about order or
repetition, and that is the whole proof that nothing is lost and nothing counts twice.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from upstander.engines.stamps import MINUTE, Stamp, earlier, is_after, later, whole_minutes


class Kind(enum.StrEnum):
    """What an event says about a person or a typed number."""

    ARRIVED = "arrived"  # by the code, on a phone or a shared tablet
    LET_IN = "let_in"  # by the hand of who leads the room: ticked off, walked in
    STRUCK = "struck"  # taken back by the same hand
    PUT_BACK = "put_back"  # and that taken back: it says that they came, and nothing of when
    LEFT = "left"
    JOINED = "joined"  # by the code that a hybrid session shows online at its start
    STAYED = "stayed"  # by the code that is shown online at the end
    MATCHED = "matched"  # the number is this person's; without a person it is set aside


class Event(NamedTuple):
    """One thing a device noted. `who` is a person's key or a number as typed; `person` only says whose a number is."""

    session: str
    device: str
    counter: int
    kind: Kind
    who: str
    moment: dt.datetime
    person: str = ""

    @property
    def name(self) -> tuple[str, str, int]:
        """What makes it this event and no other."""
        return self.session, self.device, self.counter

    @property
    def stamp(self) -> Stamp:
        """Its place among all others."""
        return Stamp(self.moment, self.device, self.counter)


Name = tuple[str, str, int]
Gathered = dict[Name, Event]


def moment_of(
    noted: dt.datetime, *, sent: dt.datetime, received: dt.datetime, earliest: dt.datetime, latest: dt.datetime
) -> dt.datetime:
    """When something noted at `noted` by a device's clock took place.

    The device's clock is off by what lies between its reading when it `sent` and ours when we `received`; never before
    `earliest` nor after `latest`, the bounds that do not depend on the device (a code's minute, the receipt).
    """
    return max(earliest, min(noted + (received - sent), latest))


def gather(events: Iterable[Event], into: Gathered | None = None) -> Gathered:
    """Add events to what is gathered (a new one if none is given), each by its name and once."""
    found: Gathered = {} if into is None else into
    for event in events:
        known = found.get(event.name)
        if known is None or event < known:
            found[event.name] = event
    return found


def merged(one: Gathered, other: Gathered) -> Gathered:
    """What two gatherings hold together: commutative, associative, and with itself nothing new."""
    return gather(other.values(), dict(one))


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known about one person in one session: seven stamps, each an earliest or a latest."""

    first_in: Stamp | None = None
    last_in: Stamp | None = None
    last_by_hand: Stamp | None = None
    last_struck: Stamp | None = None
    last_left: Stamp | None = None
    first_end: Stamp | None = None
    first_online: Stamp | None = None

    @property
    def first_code(self) -> Stamp | None:
        """The earliest sign of them at the start, in the room or online."""
        return earlier(self.first_in, self.first_online)

    @property
    def is_in_room(self) -> bool:
        """Whether they were seen in the room: by its code, or by the hand of who leads it."""
        return self.first_in is not None

    @property
    def is_present(self) -> bool:
        """Whether the person counts: came at all, and the last word of who leads the room is not against it."""
        came = earlier(self.first_code, self.first_end)
        return came is not None and not is_after(self.last_struck, self.last_by_hand)

    @property
    def arrived_at(self) -> dt.datetime | None:
        """The earliest sign of them, by whichever code."""
        came = earlier(self.first_code, self.first_end)
        return came.moment if came else None

    @property
    def is_whole(self) -> bool:
        """Whether both ends of an online session are known: by both codes, or by the hand of who leads it."""
        return self.last_by_hand is not None or (self.first_code is not None and self.first_end is not None)

    @property
    def left_at(self) -> dt.datetime | None:
        """When they left for good; None for who stayed or came back."""
        return self.last_left.moment if self.last_left and is_after(self.last_left, self.last_in) else None

    def joined(self, other: "Presence") -> "Presence":
        """What both know together."""
        return Presence(
            earlier(self.first_in, other.first_in),
            later(self.last_in, other.last_in),
            later(self.last_by_hand, other.last_by_hand),
            later(self.last_struck, other.last_struck),
            later(self.last_left, other.last_left),
            earlier(self.first_end, other.first_end),
            earlier(self.first_online, other.first_online),
        )

    def minutes(self, starts_at: dt.datetime, ends_at: dt.datetime) -> int:
        """Minutes of the session the person was there, from the first arrival until leaving or its end.

        A begun minute counts: nobody misses the mark by the seconds of a queue at the door.
        """
        if not self.is_present or self.first_in is None:
            return 0
        begins, ends = max(self.first_in.moment, starts_at), min(self.left_at or ends_at, ends_at)
        return max(0, -((begins - ends) // MINUTE))

    def minutes_by_codes(self, starts_at: dt.datetime, ends_at: dt.datetime) -> int:
        """Minutes of an online session: the code at its start stands for one half, that at its end for the other.

        Who comes late or leaves has less of that half. Whom the lead let in by hand was seen: that stands for both.
        """
        if not self.is_present:
            return 0
        nothing, middle = dt.timedelta(), starts_at + (ends_at - starts_at) / 2
        begins = starts_at if self.last_by_hand else self.first_code.moment if self.first_code else middle
        ends = min(self.left_at or ends_at, ends_at) if self.last_by_hand or self.first_end else middle
        found = max(nothing, middle - max(begins, starts_at)) + max(nothing, ends - middle)
        return -(-found // MINUTE)

    def minutes_late(self, starts_at: dt.datetime, ends_at: dt.datetime) -> int:
        """Whole minutes from the beginning to the first arrival; all of them, where there is none."""
        return whole_minutes(starts_at, min(self.first_in.moment, ends_at) if self.first_in else ends_at)

    def minutes_late_by_codes(self, starts_at: dt.datetime, ends_at: dt.datetime) -> int:
        """The same of an online session, in its first half alone: the second one stands for itself."""
        middle = starts_at + (ends_at - starts_at) / 2
        if self.last_by_hand:
            return 0
        return whole_minutes(starts_at, min(self.first_code.moment, middle) if self.first_code else middle)


NOBODY = Presence()
Presences = dict[tuple[str, str], Presence]


def presences(gathered: Gathered) -> tuple[Presences, Presences]:
    """Everyone's presence by (session, person), and that of the numbers nobody has settled by (session, number).

    A number's presence is its person's once it is matched; of two matches the later one counts. Keys of people and
    numbers as typed must not be confused: `number_key` makes one of the latter.
    """
    found: Presences = {}
    owners: dict[tuple[str, str], Event] = {}
    for event in gathered.values():
        if event.kind is Kind.MATCHED:
            last = owners.get((event.session, event.who))
            if last is None or last.stamp < event.stamp:
                owners[event.session, event.who] = event
            continue
        key = event.session, event.who
        found[key] = found.get(key, NOBODY).joined(_said_by(event))
    return _settled(found, owners)


def number_key(number: str) -> str:
    """The key of somebody known by a typed number only."""
    return f"#{number}"


def _settled(found: Presences, owners: Mapping[tuple[str, str], Event]) -> tuple[Presences, Presences]:
    people = {key: each for key, each in found.items() if not key[1].startswith("#")}
    waiting = {key: each for key, each in found.items() if key[1].startswith("#") and key not in owners}
    for key, match in owners.items():
        if match.person:
            whose = match.session, match.person
            by_hand = Presence(first_in=match.stamp, last_by_hand=match.stamp)
            people[whose] = people.get(whose, NOBODY).joined(found.get(key, NOBODY)).joined(by_hand)
    return people, waiting


def _said_by(event: Event) -> Presence:
    stamp = event.stamp
    match event.kind:
        case Kind.ARRIVED:
            return Presence(first_in=stamp, last_in=stamp)
        case Kind.LET_IN:
            return Presence(first_in=stamp, last_in=stamp, last_by_hand=stamp)
        case Kind.JOINED:
            return Presence(last_in=stamp, first_online=stamp)
        case Kind.STAYED:
            return Presence(last_in=stamp, first_end=stamp)
        case Kind.PUT_BACK:
            return Presence(last_by_hand=stamp)
        case Kind.STRUCK:
            return Presence(last_struck=stamp)
        case _left:
            return Presence(last_left=stamp)


class Stay(NamedTuple):
    """Which minutes somebody was not there: so many at the beginning, so many at the end."""

    late: int = 0
    early: int = 0
