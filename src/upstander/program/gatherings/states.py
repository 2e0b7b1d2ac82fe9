"""The life of a symposium and of a place there. Every state that is not an end has a way out (a test walks this)."""

import enum

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import WrongState


class Symposium(enum.StrEnum):
    """Where a symposium stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"
    CANCELLED = "cancelled"


class Place(enum.StrEnum):
    """Where a guest's place stands. What is not proved in a day is deleted."""

    UNPROVEN = "unproven"
    WAITING = "waiting"
    SEATED = "seated"
    WITHDRAWN = "withdrawn"


Moves = dict[str, dict[str, str]]
SYMPOSIUM_MOVES: Moves = {
    Symposium.DRAFT: {"publish": Symposium.OPEN, "cancel": Symposium.CANCELLED},
    Symposium.OPEN: {"close": Symposium.CLOSED, "hold": Symposium.HELD, "cancel": Symposium.CANCELLED},
    Symposium.CLOSED: {"reopen": Symposium.OPEN, "hold": Symposium.HELD, "cancel": Symposium.CANCELLED},
    Symposium.HELD: {},
    Symposium.CANCELLED: {},
}
PLACE_MOVES: Moves = {
    Place.UNPROVEN: {"seat": Place.SEATED, "queue": Place.WAITING},
    Place.WAITING: {"seat": Place.SEATED, "withdraw": Place.WITHDRAWN},
    Place.SEATED: {"withdraw": Place.WITHDRAWN},
    Place.WITHDRAWN: {},
}
SYMPOSIUM_WORDS = {
    Symposium.DRAFT: _("Being prepared"),
    Symposium.OPEN: _("Open for sign-up"),
    Symposium.CLOSED: _("Sign-up is closed"),
    Symposium.HELD: _("Held"),
    Symposium.CANCELLED: _("Cancelled"),
}
PLACE_WORDS = {
    Place.UNPROVEN: _("Waits for its link"),
    Place.WAITING: _("On the waiting list"),
    Place.SEATED: _("Has a place"),
    Place.WITHDRAWN: _("Given back"),
}
WORDS: dict[str, object] = {str(state): word for state, word in [*SYMPOSIUM_WORDS.items(), *PLACE_WORDS.items()]}
SHOWN = (Symposium.OPEN, Symposium.CLOSED, Symposium.HELD, Symposium.CANCELLED)
COMING = (Symposium.DRAFT, Symposium.OPEN, Symposium.CLOSED)


def after(moves: Moves, state: str, move: str) -> str:
    """The state to which `move` leads. Raises WrongState with a sentence where there is no such way."""
    target = moves[state].get(move)
    if target is None:
        raise WrongState(_("This is no longer possible. It now stands at: %(state)s") % {"state": WORDS[state]})
    return target
