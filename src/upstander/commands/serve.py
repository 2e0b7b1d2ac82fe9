"""Set everything up and serve it on this machine: database, demo districts, web server, worker. Ctrl-C stops all."""

import argparse
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from upstander.commands import database, house
from upstander.commands.demo.people import PEOPLE, REVIEWERS
from upstander.commands.processes import Family, listening
from upstander.commands.setup import stamps
from upstander.commands.setup.steps import StepFailed, Steps

FIRST_PORT = 8000
PORTS_TRIED = 50
HEALTHY_SECONDS = 60
LOOK_AGAIN_SECONDS = 0.5
STATIC_STAMP = "static.stamp"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, help=f"this port and no other (default: {FIRST_PORT}, else the next free)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; 0.0.0.0 opens it to the network")


def run(options: argparse.Namespace) -> int:
    """Set up what is not yet set up, start both processes, and stay until asked to stop."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # also where a shell told us to ignore them
        signal.signal(name, _interrupt)
    try:
        _serve(options, Steps(house.var() / "log"))
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0


def _serve(options: argparse.Namespace, steps: Steps) -> NoReturn:
    with _listening(options) as listener, database.opened(steps=steps):
        house.name_settings()
        address = f"http://localhost:{listener.getsockname()[1]}"
        os.environ.setdefault("UPSTANDER_SITE_ADDRESS", address)
        with Family() as family:
            prepare(steps, family)
            _start(steps, family, listener)
            _welcome(address, steps)
            _stay(family)


def prepare(steps: Steps, family: Family) -> None:
    """Migrate, load what ships, seed the demo, write static files. A stamp of all sources says when that is done."""
    state = house.house_fingerprint()
    static = house.var() / STATIC_STAMP
    if not stamps.is_current(static, state):
        _word(steps, family, "Compile the translations", "translations", "compile")
    _prepare_database(steps, family, state)
    if not stamps.is_current(static, state):
        _word(steps, family, "Collect static files", "static")
        stamps.write_whole(static, state)


def _prepare_database(steps: Steps, family: Family, state: str) -> None:
    owner_url = os.environ.get(database.OWNER_VARIABLE, "")
    if not owner_url:
        print(f"  {database.OWNER_VARIABLE} is not set: the database is taken as it is (see upstander migrate --help).")
        return
    if database.read_stamp(owner_url) == state:
        return
    _word(steps, family, "Migrate the database", "migrate")
    _word(steps, family, "Load what ships with Upstander", "load", "shipped")
    if os.environ[house.SETTINGS_VARIABLE] == house.DEMO_SETTINGS:
        _word(steps, family, "Seed the demo districts", "demo")
    (house.var() / STATIC_STAMP).unlink(missing_ok=True)  # the static call screens hold what the database says
    database.write_stamp(owner_url, state)


def _word(steps: Steps, family: Family, says: str, *words: str) -> None:
    advice = "The log's last lines name the cause; the next start goes on from here."
    family.run(steps, says, ["-m", "upstander.commands", *words], advice=advice)


@contextmanager
def _listening(options: argparse.Namespace) -> Iterator[socket.socket]:
    ports = [options.port] if options.port else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    advice = f"{options.host} port {options.port or f'{ports[0]} to {ports[-1]}'} is in use. Choose one with --port."
    with listening(options.host, ports, advice) as listener:
        yield listener


def _start(steps: Steps, family: Family, listener: socket.socket) -> None:
    env = {name: value for name, value in os.environ.items() if name != database.OWNER_VARIABLE}
    with steps.step("Start the web server and the worker"):
        bind = {"UPSTANDER_BIND": f"fd://{listener.fileno()}"}
        gunicorn = ["-m", "gunicorn", "--config", "python:upstander.commands.gunicorn_conf"]
        web = family.start("web", gunicorn, env=env | bind, log=steps.log_for("web"), keep=[listener.fileno()])
        family.start("worker", ["-m", "upstander.commands", "worker"], env=env, log=steps.log_for("worker"))
        web.wait_healthy(listener.getsockname()[1], HEALTHY_SECONDS)


def _welcome(address: str, steps: Steps) -> None:
    lines = ["", f"Upstander is ready: {address}   (second district: {address.replace('//', '//north.')})"]
    lines.append(f"Set-up took {steps.work_seconds:.1f} s of work and {steps.download_seconds:.1f} s of downloads.")
    if PEOPLE:
        lines += ["", "Sign in as one of these (all fictional):"]
        known = [(person.role, person.address, person.password) for person in PEOPLE]
        known += [(person.says, person.address, person.password) for person in REVIEWERS]
        lines += [f"  {says:28} {address:40} {password}" for says, address, password in known]
    print("\n".join([*lines, "", "Ctrl-C stops everything."]), flush=True)


def _stay(family: Family) -> NoReturn:
    while (ended := family.ended()) is None:
        time.sleep(LOOK_AGAIN_SECONDS)
    raise StepFailed(f"The {ended.name} process has ended by itself. Start again; the log says why.", ended.log)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
