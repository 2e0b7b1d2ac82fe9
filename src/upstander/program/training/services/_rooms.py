"""The room of a session and its seats, held against who is expected. Only services of this part call it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import Invalid
from upstander.program.training import policies
from upstander.program.training.models import MOST_HEADS, ROOM_PATTERN, PlanEntry, room_name


@dataclass(frozen=True, slots=True)
class Room:
    """A room as people name it. `is_known` says that they know of too few seats and mean it; 0 seats: not known."""

    name: str = ""
    seat_count: int = 0
    is_known: bool = False

    @classmethod
    def of(cls, entry: PlanEntry) -> "Room":
        """The room of a planned session as it stands."""
        return cls(entry.room, entry.seat_count)


def wrong_with(room: Room, mode: str, head_count: int) -> Iterator[Invalid]:
    """What is wrong with the room for a session of so many people, at the fields room, seat_count, is_known."""
    if not re.match(ROOM_PATTERN, room.name):
        yield Invalid(room_name.message, "room")
    if not 0 <= room.seat_count <= MOST_HEADS:
        most = _("Please give a number from 1 to %(most)s, or leave it empty.") % {"most": MOST_HEADS}
        yield Invalid(most, "seat_count")
    elif not room.is_known and policies.lacks_seats(mode, head_count, room.seat_count):
        yield too_few_seats(head_count, room.seat_count)


def too_few_seats(head_count: int, seat_count: int) -> Invalid:
    """The sentence that asks whether it is meant so."""
    sentence = _(
        "The room has %(seats)s seats, and %(heads)s people are expected. Tick the box below if it shall be so."
    )
    return Invalid(sentence % {"seats": seat_count, "heads": head_count}, "is_known")
