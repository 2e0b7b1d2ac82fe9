"""Child processes that end with us, whatever our own end is."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from upstander.commands import leash
from upstander.commands.setup.steps import StepFailed, Steps

STOP_SECONDS = 10


@dataclass
class Child:
    """One running process and its log."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def wait_healthy(self, port: int, seconds: float) -> None:
        """Ask `/healthz` until it answers. Raises StepFailed when the process ends or the time is over."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise StepFailed(f"The {self.name} process did not start: the log says why.", self.log)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise StepFailed(f"The {self.name} process did not answer within {seconds:.0f} s.", self.log)


class Family:
    """Processes of their own session, so that Ctrl-C reaches only us and we stop them in order.

    Each wears a leash: if we are killed, the pipe closes and they end by themselves.
    """

    def __init__(self) -> None:
        self.children: list[Child] = []
        self._worn, self._held = leash.new()

    def __enter__(self) -> "Family":
        return self

    def start(
        self, name: str, words: Sequence[str], *, env: Mapping[str, str], log: Path, keep: Sequence[int] = ()
    ) -> Child:
        """Start our Python with these words; `keep` are open files that the child inherits."""
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, *words],
                env={**env, leash.VARIABLE: str(self._worn)},
                pass_fds=[self._worn, *keep],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children.append(Child(name, process, log))
        return self.children[-1]

    def run(self, steps: Steps, says: str, words: Sequence[str], *, advice: str) -> None:
        """Run our Python with these words to its end, as a step on the same leash."""
        env = {**os.environ, leash.VARIABLE: str(self._worn)}
        steps.run(says, [sys.executable, *words], advice=advice, env=env, keep=[self._worn])

    def ended(self) -> Child | None:
        """The first child that has ended, if any."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for child in self.children:
            child.process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
        os.close(self._worn)
        os.close(self._held)


@contextmanager
def listening(host: str, ports: Iterable[int], advice: str = "No port is free.") -> Iterator[socket.socket]:
    """A socket that listens already, on the first free port: nobody can take it before the child has it.

    Raises StepFailed with `advice` when every port is taken. Port 0 is any free one.
    """
    for port in ports:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((host, port))
                listener.listen(128)
            except OSError:
                continue
            yield listener
            return
    raise StepFailed(advice)
