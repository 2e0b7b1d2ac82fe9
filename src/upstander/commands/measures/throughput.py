"""Pages a second beside a bare response and a static file of the same server, from clients on this machine."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings

from upstander.commands.measures.readings import CannotRun, Reading, interleaved
from upstander.commands.measures.stage import SITE_VARIABLE
from upstander.commands.measures.visits import PAGES, READING, answers_in, loaded, port_of
from upstander.commands.processes import Family, listening

CLIENTS, SECONDS, ROUNDS = 8, 1.0, 5
BARE, STATIC = "bare response", "a static file of its length"
SAME_BYTES = 64  # by which a page may have grown since it was weighed
LEAST_BESIDE_STATIC = 80.0
HEALTHY_SECONDS = 30


def measure() -> list[Reading]:
    """Answers a second and their ratio to a bare response of the home page's length, and of each page to a static file
    of its own length, by turns. Pages and files come from a server that finds these files when it starts."""
    first, pages = port_of(os.environ[SITE_VARIABLE]), PAGES | READING
    lengths = {name: len(loaded(first, path)) for name, path in pages.items()}
    files = {name: _file_of(length) for name, length in lengths.items()}
    bare = {"UPSTANDER_BENCH_BYTES": str(lengths["home page"])}
    with (
        _server("upstander.commands.measures.bare:application", bare) as bare_port,
        _server("upstander.config.wsgi:application", {}) as port,
        ProcessPoolExecutor(CLIENTS, get_context("fork")) as clients,
    ):
        _same_length(port, pages, files)
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


def _file_of(length: int) -> str:
    """The address of a new static file of this length. It is sent as it is: what is packed already packs no more."""
    file = Path(settings.STATIC_ROOT) / f"bench-{length}.bin"
    file.write_bytes(os.urandom(length))
    return f"{settings.STATIC_URL}{file.name}"


def _same_length(port: int, pages: Mapping[str, str], files: Mapping[str, str]) -> None:
    for name, path in pages.items():
        page, file = len(loaded(port, path)), len(loaded(port, files[name]))
        if abs(page - file) > SAME_BYTES:
            raise CannotRun(f"the {name} has {page} bytes, and the file beside it {file}")


def _rate(clients: ProcessPoolExecutor, port: int, path: str) -> float:
    return sum(clients.map(answers_in, [port] * CLIENTS, [path] * CLIENTS, [SECONDS] * CLIENTS)) / SECONDS


@contextmanager
def _server(application: str, more: Mapping[str, str]) -> Iterator[int]:
    """The web server as the demo runs it, with this application. Gives its port."""
    name = application.split(".")[-1].partition(":")[0]
    with listening("127.0.0.1", [0]) as listener, Family() as family:
        env = os.environ | {"UPSTANDER_BIND": f"fd://{listener.fileno()}", **more}
        words = ["-m", "gunicorn", "--config", "python:upstander.commands.gunicorn_conf", application]
        log = Path(os.environ["UPSTANDER_VAR"]) / "log" / f"bench-{name}.log"
        server = family.start(f"{name} server", words, env=env, log=log, keep=[listener.fileno()])
        port: int = listener.getsockname()[1]
        server.wait_healthy(port, HEALTHY_SECONDS)
        yield port
