"""The life of a request and of a session: which move leads from where to where. Nothing else changes a state.

Every state that is not an end has a move out of it, and an end can be reached from everywhere (a test walks this).
"""

import enum

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import WrongState


class Request(enum.StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    MOVING = "moving"
    UNDERWAY = "underway"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class Session(enum.StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Plan(enum.StrEnum):
    """Where a year plan stands."""

    DRAFT = "draft"
    RELEASED = "released"
    ASIDE = "aside"
    SUPERSEDED = "superseded"


class Run(enum.StrEnum):
    """Where a search for a better plan stands."""

    QUEUED = "queued"
    RUNNING = "running"
    ENDED = "ended"


TO_BE_HELD = (Session.PLANNED, Session.CONFIRMED, Session.OPEN)

Moves = dict[str, dict[str, str]]

# Of kinds that end with a session. Other days are asked for before it is confirmed by simply wishing them (`release`
# takes the plan back), and after it by `move`: then somebody decides whether the session is taken back or kept.
REQUEST_MOVES: Moves = {
    Request.WAITING: {"assign": Request.PLANNED, "withdraw": Request.WITHDRAWN, "decline": Request.DECLINED},
    Request.PLANNED: {
        "confirm": Request.CONFIRMED,
        "release": Request.WAITING,
        "withdraw": Request.WITHDRAWN,
        "decline": Request.DECLINED,
    },
    Request.CONFIRMED: {
        "deliver": Request.DELIVERED,
        "release": Request.WAITING,
        "move": Request.MOVING,
        "withdraw": Request.WITHDRAWN,
    },
    Request.MOVING: {
        "deliver": Request.DELIVERED,
        "release": Request.WAITING,
        "keep": Request.CONFIRMED,
        "withdraw": Request.WITHDRAWN,
    },
    Request.DELIVERED: {},
    Request.WITHDRAWN: {},
    Request.DECLINED: {},
}
# Of kinds that end with a step of their own: a call made, a parcel sent, an event held.
STEP_MOVES: Moves = {
    Request.WAITING: {
        "start": Request.UNDERWAY,
        "send_part": Request.UNDERWAY,
        "finish": Request.DELIVERED,
        "withdraw": Request.WITHDRAWN,
        "decline": Request.DECLINED,
    },
    Request.UNDERWAY: {
        "send_part": Request.UNDERWAY,  # the rest stays open, with a new day by which to act
        "finish": Request.DELIVERED,
        "put_back": Request.WAITING,
        "withdraw": Request.WITHDRAWN,
        "decline": Request.DECLINED,
    },
    Request.DELIVERED: {},
    Request.WITHDRAWN: {},
    Request.DECLINED: {},
}


def moves_of_kind(ends_with_session: bool) -> Moves:
    """The table of a kind of request."""
    return REQUEST_MOVES if ends_with_session else STEP_MOVES


class Answers(enum.StrEnum):
    """Which answers of a request can still be completed or corrected."""

    ALL = "all"
    BESIDE_SESSION = "beside_session"  # those that an agreed session was not made of
    NONE = "none"


# Of a request where it stands: by whoever follows it, and by whoever coordinates its site.
ANSWERS_OPEN: dict[str, tuple[Answers, Answers]] = {
    Request.WAITING: (Answers.ALL, Answers.ALL),
    Request.UNDERWAY: (Answers.NONE, Answers.ALL),
    Request.PLANNED: (Answers.NONE, Answers.BESIDE_SESSION),
    Request.CONFIRMED: (Answers.NONE, Answers.BESIDE_SESSION),
    Request.MOVING: (Answers.NONE, Answers.BESIDE_SESSION),
    Request.DELIVERED: (Answers.NONE, Answers.NONE),
    Request.WITHDRAWN: (Answers.NONE, Answers.NONE),
    Request.DECLINED: (Answers.NONE, Answers.NONE),
}

# Where somebody of the district has to act, and where a request has not ended yet.
IN_QUEUE = (Request.WAITING, Request.PLANNED, Request.MOVING, Request.UNDERWAY)
ON_THEIR_WAY = (*IN_QUEUE, Request.CONFIRMED)

SESSION_MOVES: Moves = {
    Session.PLANNED: {"confirm": Session.CONFIRMED, "cancel": Session.CANCELLED},
    Session.CONFIRMED: {"open": Session.OPEN, "cancel": Session.CANCELLED},
    # Opened by mistake, it is put back as long as nobody is noted; opening it again takes that back.
    Session.OPEN: {"close": Session.CLOSED, "put_back": Session.CONFIRMED},
    Session.CLOSED: {},
    Session.CANCELLED: {},
}

JOINABLE = (Session.PLANNED, Session.CONFIRMED, Session.OPEN)  # people can still be told where to join

PLAN_MOVES: Moves = {
    Plan.DRAFT: {"release": Plan.RELEASED, "set_aside": Plan.ASIDE},
    Plan.ASIDE: {"take_up": Plan.DRAFT},
    Plan.RELEASED: {"supersede": Plan.SUPERSEDED},
    Plan.SUPERSEDED: {},
}

# A run that is stopped before its job began ends at once.
RUN_MOVES: Moves = {
    Run.QUEUED: {"begin": Run.RUNNING, "end": Run.ENDED},
    Run.RUNNING: {"begin": Run.RUNNING, "end": Run.ENDED},  # a job that was killed begins again
    Run.ENDED: {},
}

# Words for people.
REQUEST_WORDS = {
    Request.WAITING: _("Waiting for a consultant"),
    Request.PLANNED: _("Planned, not yet confirmed"),
    Request.CONFIRMED: _("Confirmed"),
    Request.MOVING: _("Other days asked for"),
    Request.UNDERWAY: _("Under way"),
    Request.DELIVERED: _("Held"),
    Request.WITHDRAWN: _("Withdrawn"),
    Request.DECLINED: _("Declined"),
}
STEP_WAITING = _("Waiting")  # of kinds that end with a step
SESSION_WORDS = {
    Session.PLANNED: _("Planned, not yet confirmed"),
    Session.CONFIRMED: _("Confirmed"),
    Session.OPEN: _("Open now"),
    Session.CLOSED: _("Held"),
    Session.CANCELLED: _("Cancelled"),
}
WORDS: dict[str, object] = {str(state): word for state, word in [*REQUEST_WORDS.items(), *SESSION_WORDS.items()]}
PLAN_WORDS = {
    Plan.DRAFT: _("Draft"),
    Plan.RELEASED: _("Released"),
    Plan.ASIDE: _("Draft, set aside"),
    Plan.SUPERSEDED: _("Replaced"),
}
RUN_WORDS = {Run.QUEUED: _("Waits for its turn"), Run.RUNNING: _("Searching"), Run.ENDED: _("Ended")}
WORDS.update({str(state): word for state, word in [*PLAN_WORDS.items(), *RUN_WORDS.items()]})
# Who does what next; a request without an entry needs nothing more.
NEXT_STEPS = {
    Request.WAITING: _("A coordinator chooses a day and a consultant."),
    Request.PLANNED: _("A coordinator confirms the session."),
    Request.CONFIRMED: _("The consultant holds the session and closes it with who was there."),
    Request.MOVING: _("A coordinator takes the session back, or keeps it."),
}
# The same of a planned day that the site itself, or the host of the session, has to answer first.
ANSWER_STEPS = {
    "site": _("The site was asked to answer by %(day)s."),
    "host": _("The host of the session answers first."),
}


class CheckIn(enum.StrEnum):
    """How a check-in ended. It never tells who the number belongs to."""

    RECORDED = "recorded"
    WRONG_CODE = "wrong_code"
    TOO_MANY = "too_many"
    NOT_YET = "not_yet"  # the session has not been opened; to be sent again later


class Brought(enum.StrEnum):
    """What became of an event that a device kept and sent later."""

    ACCEPTED = "accepted"
    UNKNOWN_PERSON = "unknown_person"
    NO_NUMBER = "no_number"
    AFTER_CLOSING = "after_closing"


def after(moves: Moves, state: str, move: str) -> str:
    """The state to which `move` leads from `state`. Raises WrongState with a sentence where there is no such way."""
    target = moves[state].get(move)
    if target is None:
        word = WORDS[state]
        raise WrongState(_("This is no longer possible. It now stands at: %(state)s") % {"state": word})
    return target
