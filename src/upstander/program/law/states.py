"""The life of an entry of the district's own layer: which move leads from where to where. Nothing else changes a state.

`CORRECTED` is a phone number that one person put right at once: it holds, and waits for a second person to look at it.
A correction that is taken back is refused, and what it replaced is written again: no row ever goes backward.
"""

import enum

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import WrongState


class Entry(enum.StrEnum):
    """Where an entry stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


HOLDS = (Entry.IN_FORCE, Entry.CORRECTED)
WAITS = (Entry.PROPOSED, Entry.CORRECTED)  # for a second person

Moves = dict[Entry, dict[str, Entry]]
MOVES: Moves = {
    Entry.PROPOSED: {"sign": Entry.IN_FORCE, "refuse": Entry.REFUSED, "withdraw": Entry.WITHDRAWN},
    Entry.CORRECTED: {"confirm": Entry.IN_FORCE, "take_back": Entry.REFUSED, "replace": Entry.SUPERSEDED},
    Entry.IN_FORCE: {"replace": Entry.SUPERSEDED},
    Entry.SUPERSEDED: {},
    Entry.REFUSED: {},
    Entry.WITHDRAWN: {},
}
WORDS: dict[Entry, object] = {
    Entry.PROPOSED: _("Waits for a second person"),
    Entry.IN_FORCE: _("In force"),
    Entry.CORRECTED: _("Corrected at once, to be confirmed"),
    Entry.SUPERSEDED: _("Replaced"),
    Entry.REFUSED: _("Refused"),
    Entry.WITHDRAWN: _("Taken back"),
}


def after(state: str, move: str) -> Entry:
    """The state to which `move` leads from `state`. Raises WrongState with a sentence where there is no such way."""
    stands = Entry(state)
    target = MOVES[stands].get(move)
    if target is None:
        raise WrongState(_("This is no longer possible. It now stands at: %(state)s") % {"state": WORDS[stands]})
    return target
