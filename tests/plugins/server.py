"""The test suite's PostgreSQL: templates that are built once, and databases cloned from them in a blink."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql
from tests.moments import SUITE_BEGINS, put_clock

from upstander.commands import database, house, programs
from upstander.commands.cluster import ADMIN, Cluster
from upstander.commands.processes import Family, listening
from upstander.commands.setup.steps import Steps

EMPTY = "empty"
DEMO = "demo"
# template -> the template it grows from, and the words of the command line that fill it
RECIPES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    EMPTY: ("template0", (("migrate",),)),
    DEMO: (EMPTY, (("load", "shipped"), ("demo",))),
}
ROLES = "roles"
# The keys of the locks under which roles are made, a template is built and cloned; any numbers will do.
LOCKS = {ROLES: 20_261_120, EMPTY: 20_261_121, DEMO: 20_261_122}
HEALTHY_SECONDS = 60
HOST, ANY_FREE = "127.0.0.1", 0


def open_folder() -> Path:
    """A new folder that the server's own account can enter (pytest's own are private); it goes with the run."""
    folder = Path(tempfile.mkdtemp(dir=os.environ["UPSTANDER_TEST_HOME"]))
    folder.chmod(0o755)
    return folder


class Server:
    """The throw-away cluster of one test run."""

    def __init__(self) -> None:
        self._cluster = self.cluster()
        self._outside = dict(os.environ)  # of a template: tests change theirs while one is built beside them

    @staticmethod
    def cluster() -> Cluster:
        """The cluster of this run: every process of the run names the same folder."""
        home = Path(os.environ["UPSTANDER_TEST_HOME"]) / "postgres"
        home.mkdir(exist_ok=True)
        return Cluster(home, programs.find(home, house.ROOT), durable=False)

    def start(self) -> None:
        """Start or join."""
        self._cluster.start()
        with self._alone(ROLES) as admin:
            database.make_roles(admin)

    def stop(self) -> None:
        """Leave; the last process stops the server."""
        self._cluster.stop()

    def admin_url(self) -> str:
        """The address for the superuser, which only this module uses."""
        return self._cluster.url(ADMIN, "postgres")

    def url(self, role: str, name: str) -> str:
        """The address of a database of this run."""
        return self._cluster.url(role, name)

    def clone(self, recipe: str, name: str) -> None:
        """A fresh database `name` with what the recipe holds; one of that name is replaced."""
        with self._alone(recipe) as admin:
            self._make(admin, name, self._template(admin, recipe))

    def prepare(self, recipe: str) -> None:
        """Build a template ahead of whoever will ask for it; while another process does, wait for that one."""
        with self._alone(recipe) as admin:
            self._template(admin, recipe)

    def drop(self, name: str) -> None:
        """Remove a clone, whoever is still connected."""
        with self._admin() as admin:
            self._drop(admin, name)

    def _make(self, admin: "psycopg.Connection[tuple[object, ...]]", name: str, template: str) -> None:
        self._drop(admin, name)
        database.make_database(admin, name, template)

    @staticmethod
    def _drop(admin: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _template(self, admin: "psycopg.Connection[tuple[object, ...]]", recipe: str) -> str:
        """Build the template under a draft name and rename it when it is whole. Keyed by what it is made from."""
        ready = f"{recipe}_{house.migrations_fingerprint()[:12]}"
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ready]).fetchone():
            return ready
        parent, fillings = RECIPES[recipe]
        draft = f"{recipe}_draft"
        if parent in RECIPES:
            self.clone(parent, draft)
        else:
            self._make(admin, draft, parent)
        for words in fillings:
            self._run(words, {**self._outside, **self._addresses(draft)})
        with psycopg.connect(self._cluster.url(ADMIN, draft), autocommit=True) as filled:
            filled.execute("ANALYZE")  # nothing else gathers statistics here, and plans without them are slow
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        admin.execute(rename.format(sql.Identifier(draft), sql.Identifier(ready)))
        return ready

    def command(self, name: str, *words: str) -> str:
        """Run one word of the command line on a database of this run; gives what it printed."""
        return self._run(words, self.environment(name))

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a process that works on a database of this run."""
        return {**os.environ, **self._addresses(name)}

    def _addresses(self, name: str) -> dict[str, str]:
        return {
            database.SERVING_VARIABLE: self.url(database.APP, name),
            database.OWNER_VARIABLE: self.url(database.OWNER, name),
        }

    @staticmethod
    def _run(words: Sequence[str], env: Mapping[str, str]) -> str:
        command = [sys.executable, "-m", "upstander.commands", *words]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"upstander {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    @contextmanager
    def _admin(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        """The superuser's connection."""
        with psycopg.connect(self.admin_url(), autocommit=True) as admin:
            yield admin

    @contextmanager
    def _alone(self, work: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        """The superuser's connection; only one process of the run does this work (roles, or a template) at a time.

        What builds the demo asks for an empty database meanwhile, and never the other way round.
        """
        with self._admin() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [LOCKS[work]])
            yield admin


class LiveSite:
    """The real web server on one database. `url` is the first demo district, `north_url` the second."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.name = name
        self._family = Family()
        self.clock_file = Path(os.environ["UPSTANDER_VAR"]) / f"clock-{name}"  # this server's own: others run beside it
        put_clock(self.clock_file, SUITE_BEGINS)
        self.url = ""
        self.north_url = ""

    def __enter__(self) -> "LiveSite":
        log = Steps(Path(os.environ["UPSTANDER_VAR"]) / "log").log_for(f"web-{self.name}")
        with listening(HOST, ports=[ANY_FREE]) as listener:
            port = listener.getsockname()[1]
            self.url, self.north_url = f"http://localhost:{port}", f"http://north.localhost:{port}"
            env = self.server.environment(self.name)
            env |= {"UPSTANDER_BIND": f"fd://{listener.fileno()}", "UPSTANDER_SITE_ADDRESS": self.url}
            env |= {"UPSTANDER_WEB_PROCESSES": "1", "UPSTANDER_CLOCK_FILE": str(self.clock_file)}
            words = ["-m", "gunicorn", "--config", "python:upstander.commands.gunicorn_conf"]
            web = self._family.start("web", words, env=env, log=log, keep=[listener.fileno()])
            web.wait_healthy(port, HEALTHY_SECONDS)
        return self

    def run_jobs(self) -> None:
        """Empty the queue, as the worker would."""
        self.server.command(self.name, "worker", "--once")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._family.__exit__(kind, error, _)
        self.server.drop(self.name)
