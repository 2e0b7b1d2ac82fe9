"""Pages a second beside a bare response and a static file of the same server, from clients on this machine."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urljoin

from upstander.commands.measures.readings import Reading, interleaved
from upstander.commands.measures.stage import SITE_VARIABLE
from upstander.commands.measures.visits import PAGES, READING, answers_in, loaded, port_of
from upstander.commands.measures.weight import loaded_by
from upstander.commands.processes import Family, listening

CLIENTS, SECONDS, ROUNDS = 8, 1.0, 5
BARE, STATIC = "bare response", "a static file"
LEAST_BESIDE_STATIC = 80.0
HEALTHY_SECONDS = 30


def measure() -> list[Reading]:
    """Answers a second and their ratio to a bare response of the home page's length and to static files, by turns."""
    port = port_of(os.environ[SITE_VARIABLE])
    length, pages = len(loaded(port, PAGES["home page"])), PAGES | READING
    files = {name: _file_like(port, path) for name, path in pages.items()}
    with _bare_server(length) as bare_port, ProcessPoolExecutor(CLIENTS, get_context("fork")) as clients:
        actions = {BARE: partial(_rate, clients, bare_port, "/")}
        actions |= {path: partial(_rate, clients, port, path) for path in {*files.values(), *pages.values()}}
        rates = interleaved(actions, ROUNDS)
    readings = [Reading(f"{BARE}, throughput", rates[BARE], "a second")]
    readings += [Reading(f"{name}, throughput", rates[path], "a second") for name, path in pages.items()]
    readings += [Reading(f"{name} beside {BARE}", rates[path] / rates[BARE] * 100, "%") for name, path in pages.items()]
    return readings + [_beside_static(name, rates[path] / rates[files[name]]) for name, path in pages.items()]


def _beside_static(name: str, ratio: float) -> Reading:
    at_least = LEAST_BESIDE_STATIC if name in READING else None
    return Reading(f"{name} beside {STATIC}", ratio * 100, "%", at_least=at_least)


def _file_like(port: int, path: str) -> str:
    """Of the static files that the page loads, the one that comes nearest to it in length, both as they are sent."""
    length = len(loaded(port, path))
    named = loaded_by(loaded(port, path, packed=False).decode())
    files = [urljoin(path, name) for name in sorted(named)]
    return min(files, key=lambda file: abs(len(loaded(port, file)) - length))


def _rate(clients: ProcessPoolExecutor, port: int, path: str) -> float:
    return sum(clients.map(answers_in, [port] * CLIENTS, [path] * CLIENTS, [SECONDS] * CLIENTS)) / SECONDS


@contextmanager
def _bare_server(length: int) -> Iterator[int]:
    """The web server as the demo runs it, with an application that does nothing."""
    with listening("127.0.0.1", [0]) as listener, Family() as family:
        env = os.environ | {"UPSTANDER_BIND": f"fd://{listener.fileno()}", "UPSTANDER_BENCH_BYTES": str(length)}
        words = ["-m", "gunicorn", "--config", "python:upstander.commands.gunicorn_conf"]
        words.append("upstander.commands.measures.bare:application")
        log = Path(os.environ["UPSTANDER_VAR"]) / "log" / "bare.log"
        server = family.start("bare server", words, env=env, log=log, keep=[listener.fileno()])
        port: int = listener.getsockname()[1]
        server.wait_healthy(port, HEALTHY_SECONDS)
        yield port
