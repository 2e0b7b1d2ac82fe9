"""Posts of a list that open doors: none comes without a yes to this very post."""

import hashlib
from collections.abc import Collection, Iterable

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
    """A digest of one post of a list, so that a yes to it holds for nothing else: whose, by number, name and address;
    which, where, from when until when."""
    line, staff = change.line, staff_of(change)
    return digest_of(map(str, (*staff, change.target, line.day, line.until or "")))


def digest_of(parts: Iterable[str]) -> str:
    """A digest of these parts, in their order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def staff_of(change: Change) -> Staff:
    """Whom a line of such a list names."""
    assert change.line.staff, "a list of the staff has no other lines"
    return change.line.staff
