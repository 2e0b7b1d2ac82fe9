"""How a lower part tells higher ones that facts changed, in the same transaction, without knowing them."""

from collections.abc import Callable, Sequence

from upstander.foundation.kernel.actor import Actor

Listener = Callable[[Actor, Sequence[int] | None], None]


class Change:
    """One kind of change. Who keeps something derived from the facts listens, and brings it up to date at once."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Call `listener` on each change from now on; twice is once."""
        if listener not in self._listeners:
            self._listeners.append(listener)

    def tell(self, actor: Actor, ids: Sequence[int] | None = None) -> None:
        """The rows with these ids changed; None means any of them may have."""
        for listener in self._listeners:
            listener(actor, ids)
