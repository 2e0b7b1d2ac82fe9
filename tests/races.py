"""Several at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import IntegrityError, connection

from upstander.foundation.kernel.errors import Refused

DONE = "done"
Wait = Callable[[], object]


def at_once(*tries: Callable[[Wait], object]) -> list[str]:
    """Run all tries; each calls what it is given to go on with the others. Gives "done" or the refusal, sorted."""
    together, outcomes = threading.Barrier(len(tries)), []

    def run(one: Callable[[Wait], object]) -> None:
        try:
            one(lambda: together.wait(10))
            outcomes.append(DONE)
        except (Refused, IntegrityError) as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(outcomes, key=lambda outcome: outcome != DONE)
