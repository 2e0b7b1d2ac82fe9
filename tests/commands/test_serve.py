"""`serve` from outside: killed at any moment, started again, stopped; the port it takes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.plugins.server import open_folder

from upstander.commands import database
from upstander.commands.processes import listening
from upstander.commands.setup.steps import StepFailed

READY = "Ctrl-C stops everything."
READY_SECONDS = 120  # a limit for a busy machine, not a promise
KILL_AFTER_SECONDS = (0.6, 1.6, 3.0)  # while the cluster is made, while it is migrated, and later


class Serve:
    """One run of `serve` on its own folder for everything it makes."""

    def __init__(self, var: Path, *words: str) -> None:
        given = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "upstander.commands", "serve", *words],
            env={**given, "UPSTANDER_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self.url = ""

    def wait_ready(self) -> "Serve":
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "is ready: " in line:
                self.url = line.split()[3]
            if READY in line:
                return self
        self.end(signal.SIGKILL)
        raise AssertionError(self.said)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=READY_SECONDS)
        self.said += rest
        return self.process.returncode


def _port_is_closed(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rsplit(":", 1)[1]))) != 0


def _database_answers(var: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setenv("UPSTANDER_VAR", str(var))
    return database.private_cluster().answers()


@pytest.fixture(scope="module")
def var() -> Path:
    """A folder in which the first start was killed again and again, and the last one let be."""
    folder = open_folder()
    for seconds in KILL_AFTER_SECONDS:
        killed = Serve(folder)
        time.sleep(seconds)
        killed.end(signal.SIGKILL)
    return folder


def test_a_first_start_killed_at_any_moment_is_finished_by_the_next(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Serve(var).wait_ready()
    assert urllib.request.urlopen(f"{first.url}/healthz").status == 200
    assert first.end(signal.SIGINT) == 0
    assert _port_is_closed(first.url)
    assert not _database_answers(var, monkeypatch)

    second = Serve(var).wait_ready()
    assert second.end(signal.SIGTERM) == 0
    assert "Migrate" not in second.said
    assert "Collect" not in second.said


def test_everything_ends_with_a_serve_that_is_killed(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = Serve(var).wait_ready()
    served.end(signal.SIGKILL)
    until = time.monotonic() + READY_SECONDS
    while not (over := _port_is_closed(served.url) and not _database_answers(var, monkeypatch)):
        if time.monotonic() > until:
            break
        time.sleep(0.2)
    assert over


def test_a_port_one_asks_for_is_never_swapped_for_another(tmp_path: Path) -> None:
    with listening("127.0.0.1", [0]) as taken:
        refused = Serve(tmp_path, "--port", str(taken.getsockname()[1]))
        said, _ = refused.process.communicate(timeout=READY_SECONDS)
    assert refused.process.returncode == 1
    assert "is in use. Choose one with --port." in said


def test_the_next_free_port_is_taken() -> None:
    with listening("127.0.0.1", [0]) as one, listening("127.0.0.1", [0]) as two:
        taken, free = one.getsockname()[1], two.getsockname()[1]
        two.close()
        with listening("127.0.0.1", [taken, free]) as found:
            assert found.getsockname()[1] == free
        with pytest.raises(StepFailed, match="No port is free"), listening("127.0.0.1", [taken]):
            raise AssertionError("not reached")
