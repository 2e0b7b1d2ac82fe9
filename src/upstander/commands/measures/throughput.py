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
BARE, STATIC = "bare response", "static file"
SMALL_FILE = "/own/page."  # about as long as a page, packed
LEAST_BESIDE_STATIC = 80.0
HEALTHY_SECONDS = 30


def measure() -> list[Reading]:
    """Answers a second and their ratio to a bare response of the home page's length and to a static file, by turns."""
    port = port_of(os.environ[SITE_VARIABLE])
    length, pages = len(loaded(port, PAGES["home page"])), PAGES | READING
    with _bare_server(length) as bare_port, ProcessPoolExecutor(CLIENTS, get_context("fork")) as clients:
        actions = {BARE: partial(_rate, clients, bare_port, "/")}
        actions[STATIC] = partial(_rate, clients, port, _static_file(port))
        actions |= {name: partial(_rate, clients, port, path) for name, path in pages.items()}
        rates = interleaved(actions, ROUNDS)
    readings = [Reading(f"{name}, throughput", rate, "a second") for name, rate in rates.items()]
    beside_bare = [Reading(f"{name} beside {BARE}", rates[name] / rates[BARE] * 100, "%") for name in pages]
    return readings + beside_bare + [_beside_static(name, rates[name] / rates[STATIC] * 100) for name in pages]


def _beside_static(name: str, share: float) -> Reading:
    return Reading(f"{name} beside {STATIC}", share, "%", at_least=LEAST_BESIDE_STATIC if name in READING else None)


def _static_file(port: int) -> str:
    """The address of a small script that every page loads, under the name that holds its hash."""
    home = PAGES["home page"]
    named = loaded_by(loaded(port, home, packed=False).decode())
    return urljoin(home, next(name for name in named if SMALL_FILE in name))


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
