"""A leash: a pipe whose other end only the parent holds. When it is cut, the parent is gone, and so we go."""

import os
import signal
import threading

VARIABLE = "UPSTANDER_LEASH"


def new() -> tuple[int, int]:
    """A new leash: the end to hand to children, and the end to keep open for as long as they shall live."""
    return os.pipe()


def wear() -> None:
    """End this process, as if asked politely, once the parent's end is closed. Nothing without a parent's leash."""
    end = os.environ.pop(VARIABLE, "")  # ours alone: a child's own children get no number of a file they do not have
    if end:
        threading.Thread(target=_wait, args=(int(end),), daemon=True, name="leash").start()


def _wait(end: int) -> None:
    while os.read(end, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
