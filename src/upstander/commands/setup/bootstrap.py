"""What `run.py` does: prepare the checkout for one word of the command line, then become that command."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from upstander.commands.setup import styles
from upstander.commands.setup.environment import DEVELOP, RUN, Environment
from upstander.commands.setup.steps import SUMS_VARIABLE, StepFailed, Steps, explain

# word -> (requirement file, whether it shows pages and so needs the stylesheet); any other word: RUN, no pages
NEEDS = {"serve": (RUN, True), "test": (DEVELOP, True), "check": (DEVELOP, False), "bench": (DEVELOP, True)}
# `run.py install FILE` only adds packages: a command that finds it needs a wheel calls it.
INSTALL = "install"


def main(root_name: str, words: list[str]) -> int:
    """Set up what `words[0]` needs and hand over to the environment's Python; comes back only with an exit code."""
    root = Path(root_name).resolve()
    steps = Steps(root / "var" / "log")
    environment = Environment(root, steps)
    try:
        with _alone(root):
            if words[0] == INSTALL:
                environment.ensure(words[1])
                return 0
            requirements, shows_pages = NEEDS.get(words[0], (RUN, False))
            environment.ensure(requirements)
            if shows_pages:
                styles.ensure(root, environment, steps)
    except StepFailed as failure:
        explain(failure)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.")
        return 130
    os.environ[SUMS_VARIABLE] = steps.sums()
    sys.stdout.flush()
    return _become(environment, words)


def _become(environment: Environment, words: list[str]) -> NoReturn:
    """The command takes this process over, so that Ctrl-C and exit codes need no passing on."""
    command = [str(environment.python), "-m", "upstander.commands", *words]
    os.execv(environment.python, command)  # noqa: S606 - no shell, a fixed program


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Two set-ups of one checkout wait for each other; the lock goes with the process, however it ends."""
    (root / "var").mkdir(exist_ok=True)
    with (root / "var" / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  Another set-up of this folder is running; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
