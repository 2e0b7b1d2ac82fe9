"""The life of a promise to bring something. Nothing else changes a promise's state."""

import enum

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import WrongState


class Pledge(enum.StrEnum):
    """Where a promise stands. An unproven one counts for nothing, and goes by itself."""

    UNPROVEN = "unproven"
    PROMISED = "promised"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


PLEDGE_MOVES: dict[str, dict[str, str]] = {
    Pledge.UNPROVEN: {"prove": Pledge.PROMISED},
    Pledge.PROMISED: {"receive": Pledge.RECEIVED, "withdraw": Pledge.WITHDRAWN, "expire": Pledge.EXPIRED},
    Pledge.RECEIVED: {},
    Pledge.WITHDRAWN: {},
    Pledge.EXPIRED: {"receive": Pledge.RECEIVED},  # it came late, and is as welcome
}
PLEDGE_WORDS = {
    Pledge.UNPROVEN: _("Not confirmed by mail yet"),
    Pledge.PROMISED: _("Promised"),
    Pledge.RECEIVED: _("Received"),
    Pledge.WITHDRAWN: _("Taken back"),
    Pledge.EXPIRED: _("Did not come in time"),
}
ENDED = (Pledge.RECEIVED, Pledge.WITHDRAWN, Pledge.EXPIRED)


def after(state: str, move: str) -> str:
    """The state to which `move` leads from `state`. Raises WrongState with a sentence where there is no such way."""
    target = PLEDGE_MOVES[state].get(move)
    if target is None:
        word = PLEDGE_WORDS[Pledge(state)]
        raise WrongState(_("This is no longer possible. It now stands at: %(state)s") % {"state": word})
    return target
