"""The life of one import. Nothing is without a way on: what is not applied can be discarded, what is can be undone."""

from upstander.foundation.kernel.errors import WrongState

UPLOADED = "uploaded"  # the file was read; nobody has said yet what its columns hold
DESCRIBED = "described"  # the columns are known; some names or codes still wait for a decision
MATCHED = "matched"  # every row leads somewhere, or nowhere on purpose: the preview can be applied
APPLIED = "applied"
UNDONE = "undone"
DISCARDED = "discarded"

OPEN = frozenset({UPLOADED, DESCRIBED, MATCHED})
MOVES: dict[str, dict[str, str]] = {
    UPLOADED: {"describe": DESCRIBED, "discard": DISCARDED},
    DESCRIBED: {"describe": DESCRIBED, "match": MATCHED, "keep": DESCRIBED, "discard": DISCARDED},
    MATCHED: {
        "describe": DESCRIBED,
        "match": MATCHED,
        "keep": DESCRIBED,
        "vouch": MATCHED,
        "apply": APPLIED,
        "discard": DISCARDED,
    },
    APPLIED: {"undo": UNDONE},
    UNDONE: {},
    DISCARDED: {},
}


def moved(state: str, move: str) -> str:
    """The state after the move. Raises `WrongState` where the move is not allowed."""
    try:
        return MOVES[state][move]
    except KeyError:
        raise WrongState(f"{move} from {state}") from None
