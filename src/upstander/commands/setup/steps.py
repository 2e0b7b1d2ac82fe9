"""Steps as a person sees them in the terminal: what is being done, how long it takes, and what to do if it fails."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LOG_TAIL_LINES = 20
NAME_WIDTH = 46
# run.py hands its sums to the process that goes on after it.
SUMS_VARIABLE = "UPSTANDER_SETUP_SECONDS"


class StepFailed(Exception):
    """A step could not be done; the text says what to do. `log` is the file with the details."""

    def __init__(self, advice: str, log: Path | None = None) -> None:
        super().__init__(advice)
        self.advice = advice
        self.log = log


class Steps:
    """Prints each step with its time, keeps its log, and adds up work and downloads apart."""

    def __init__(self, log_folder: Path) -> None:
        self.log_folder = log_folder
        work, download = os.environ.get(SUMS_VARIABLE, "0 0").split()
        self.work_seconds = float(work)
        self.download_seconds = float(download)

    @contextmanager
    def step(self, name: str, *, download: bool = False) -> Iterator[None]:
        """Show `name` while the block runs, then its time; a failure is marked and passed on."""
        began = time.monotonic()
        outcome = "failed"
        with _ticking(name, began):
            try:
                yield
                outcome = "download" if download else ""
            finally:
                seconds = time.monotonic() - began
                _show(name, seconds, outcome, last=True)
        self.add(seconds, download=download)

    def add(self, seconds: float, *, download: bool) -> None:
        """Count seconds to one of the two sums."""
        if download:
            self.download_seconds += seconds
        else:
            self.work_seconds += seconds

    def run(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        advice: str,
        download: bool = False,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        keep: Sequence[int] = (),
    ) -> str:
        """Run one program as a step; its output goes to a log and is given back. `keep` are open files it inherits.

        Raises StepFailed with `advice` and the log when it cannot be started or ends with an error.
        """
        log = self.log_for(name)
        with self.step(name, download=download):
            code = _run_into(log, command, env, cwd, keep)
            if code != 0:
                raise StepFailed(advice, log)
        return log.read_text(errors="replace")

    def log_for(self, name: str) -> Path:
        """The file that takes the details of a step."""
        self.log_folder.mkdir(parents=True, exist_ok=True)
        return self.log_folder / ("".join(c if c.isalnum() else "-" for c in name.lower()).strip("-") + ".log")

    def sums(self) -> str:
        """Both sums for the next process, through the variable SUMS_VARIABLE."""
        return f"{self.work_seconds:.2f} {self.download_seconds:.2f}"


def explain(failure: StepFailed) -> None:
    """Tell a person what went wrong: the end of the log, where all of it is, and what to do."""
    if failure.log and failure.log.exists():
        lines = failure.log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:]
        print("\n".join(["", *("    | " + line for line in lines)]))
        print(f"\nThe whole log: {failure.log}")
    print(f"What to do: {failure.advice}", flush=True)


def _run_into(
    log: Path,
    command: Sequence[str | Path],
    env: Mapping[str, str] | None,
    cwd: Path | None,
    keep: Sequence[int],
) -> int:
    with log.open("w") as output:
        print("$", *command, file=output, flush=True)
        try:
            done = subprocess.run(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                pass_fds=keep,
                check=False,
            )
        except OSError as error:
            print(error, file=output)
            return 127
        return done.returncode


@contextmanager
def _ticking(name: str, began: float) -> Iterator[None]:
    """On a terminal, renew the seconds beside the name; elsewhere print the name at once, so a hang has a name."""
    if not sys.stdout.isatty():
        print(f"  {name} ".ljust(NAME_WIDTH, "."), end=" ", flush=True)
        yield
        return
    over = threading.Event()

    def tick() -> None:
        while not over.wait(0.2):
            _show(name, time.monotonic() - began, "", last=False)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _show(name: str, seconds: float, outcome: str, *, last: bool) -> None:
    line = f"{seconds:6.1f} s" + (f"  {outcome}" if outcome else "")
    if sys.stdout.isatty():
        print("\r" + f"  {name} ".ljust(NAME_WIDTH, ".") + " " + line, end="\n" if last else "", flush=True)
    else:
        print(line, flush=True)
