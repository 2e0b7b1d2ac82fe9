"""Posts of a list that open doors: none comes without a yes to this very post."""

from collections.abc import Collection

from upstander.district.access.policies import ROLE_OF_POST
from upstander.program.imports.content.outcomes import CHANGED, NEW, TO_VOUCH, Change, Preview
from upstander.program.imports.content.reading import Staff


def is_held_back(change: Change, vouched: Collection[str]) -> bool:
    """Whether a line of the staff would begin or change a post that opens doors, and nobody has said yes to it."""
    return change.outcome in (NEW, CHANGED) and staff_of(change).role in ROLE_OF_POST and key_of(change) not in vouched


def waiting_in(preview: Preview) -> dict[str, Change]:
    """By key, the posts that wait for somebody's yes."""
    return {key_of(change): change for change in preview.changes if change.outcome == TO_VOUCH}


def key_of(change: Change) -> str:
    """One post of a list, so that a yes to it holds for nothing else: whose, which, where, from when until when."""
    line, staff = change.line, staff_of(change)
    return "|".join(map(str, (staff.number, staff.role, change.target, line.day, line.until or "")))


def staff_of(change: Change) -> Staff:
    """Whom a line of such a list names."""
    assert change.line.staff, "a list of the staff has no other lines"
    return change.line.staff
