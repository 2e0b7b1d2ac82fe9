"""Lines of boards by role: a role of which somebody holds a part is told as a whole, then by its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from upstander.district.people.content import POSTS


class Counted(Protocol):
    """A line of a board: `ref` is the role's key."""

    @property
    def ref(self) -> str: ...

    @property
    def staff(self) -> int: ...


Each = TypeVar("Each", bound=Counted)


@dataclass(frozen=True, slots=True)
class RoleLine(Generic[Each]):
    """One line as it is shown: a role, a whole of parts, one of its parts, or the rest of it that is no part.

    `twice` is, of a whole, how many counts its parts have above the people it has.
    """

    line: Each
    is_part: bool = False
    is_rest: bool = False
    twice: int = 0


def parted(roles: Sequence[Each], wholes: Sequence[Each]) -> list[Each]:
    """The wholes of which somebody holds a part."""
    held = {_whole_of(line.ref) for line in roles if line.staff and _whole_of(line.ref) != line.ref}
    return [line for line in wholes if line.ref in held]


def role_lines(roles: Sequence[Each], wholes: Sequence[Each]) -> Iterator[RoleLine[Each]]:
    """The lines in their order, each whole in front of its parts, so that what belongs together adds up or says why."""
    whole_of = {line.ref: line for line in wholes}
    told = set()
    for line in roles:
        key = _whole_of(line.ref)
        if key not in whole_of:
            yield RoleLine(line)
        elif key not in told:
            told.add(key)
            parts = [each for each in roles if _whole_of(each.ref) == key]
            yield RoleLine(whole_of[key], twice=sum(each.staff for each in parts) - whole_of[key].staff)
            yield from (RoleLine(each, is_part=True, is_rest=each.ref == key) for each in parts)


def _whole_of(role: str) -> str:
    return POSTS[role].part_of or role
