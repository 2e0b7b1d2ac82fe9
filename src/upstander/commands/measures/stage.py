"""Where measures run: a throw-away home with its own cluster, in it the demo as it is served, and other databases."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path

import psycopg

from upstander.commands import database, house
from upstander.commands.cluster import ADMIN
from upstander.commands.processes import Child, Family
from upstander.commands.setup.steps import StepFailed, Steps

SITE_VARIABLE, PROCESS_VARIABLE = "UPSTANDER_BENCH_SITE", "UPSTANDER_BENCH_PROCESS"
READY = "Upstander is ready: "
READY_SECONDS = 180
LARGE = "large"


class Scene(Enum):
    """What a measure needs around it."""

    BARE = "nothing: no database is asked"
    SERVED = "the demo, served by `upstander serve` with its worker"
    DEMO = "the demo's database"
    LARGE = "a database with the large demo"


class Stage:
    """A home in a temporary folder. Databases are filled once, when the first measure asks, and cloned for each."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.var = Path(tempfile.mkdtemp(prefix="upstander-bench-"))
        self.var.chmod(0o755)  # the server's own account must be able to pass
        outside = (database.SERVING_VARIABLE, database.OWNER_VARIABLE, house.SETTINGS_VARIABLE, "SECRET_KEY")
        self._env = {name: value for name, value in os.environ.items() if name not in outside}
        self._env["UPSTANDER_VAR"] = os.environ["UPSTANDER_VAR"] = str(self.var)
        self._left = ExitStack()
        self._site: dict[str, str] = {}
        self._is_filled = False

    def __enter__(self) -> "Stage":
        self.cluster = database.private_cluster()
        self._left.callback(shutil.rmtree, self.var, ignore_errors=True)
        self._left.callback(self._stop_cluster)
        self._serving = self._left.enter_context(ExitStack())
        return self

    def __exit__(self, *_: object) -> None:
        self._left.close()

    @contextmanager
    def scene(self, scene: Scene, name: str) -> Iterator[dict[str, str]]:
        """The environment of a process that measures in this scene; `name` becomes the name of its database."""
        if scene is Scene.BARE:
            yield self._env | self._addresses(database.NAME)
            return
        if scene is Scene.SERVED or not self._is_filled:
            self._serve()
        if scene is Scene.SERVED:
            yield self._env | self._addresses(database.NAME) | self._site
            return
        self._serving.close()  # what is measured in one process shall not share the machine with idle servers
        self._site = {}
        template = LARGE if scene is Scene.LARGE else database.NAME
        with self._admin() as admin:
            if scene is Scene.LARGE:
                self._fill_large(admin)
            database.make_database(admin, name, template)
        yield self._env | self._addresses(name)

    def _serve(self) -> None:
        """Start the demo as people do; the first start also fills its database and writes the static files."""
        if self._site:
            return
        family = self._serving.enter_context(Family())
        with self.steps.step("Start the demo"):
            child = family.start(
                "serve", ["-m", "upstander.commands", "serve"], env=self._env, log=self.steps.log_for("bench-serve")
            )
            address = _ready(child)
        self._site = {SITE_VARIABLE: address, PROCESS_VARIABLE: str(child.process.pid)}
        self.cluster.start()  # joins: it stays when the demo stops
        self._is_filled = True

    def _fill_large(self, admin: "psycopg.Connection[tuple[object, ...]]") -> None:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [LARGE]).fetchone():
            return
        database.make_database(admin, LARGE)
        self._word("Migrate the large district's database", LARGE, "migrate")
        self._word("Load what ships with Upstander", LARGE, "load", "shipped")
        self._word("Seed the large demo", LARGE, "demo", "--size", "large")

    def _word(self, says: str, name: str, *words: str) -> None:
        command = [sys.executable, "-m", "upstander.commands", *words]
        env = self._env | self._addresses(name)
        self.steps.run(says, command, advice="The log's last lines name the cause.", env=env)

    def _addresses(self, name: str) -> dict[str, str]:
        return {
            database.SERVING_VARIABLE: self.cluster.url(database.APP, name),
            database.OWNER_VARIABLE: self.cluster.url(database.OWNER, name),
        }

    @contextmanager
    def _admin(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        with psycopg.connect(self.cluster.url(ADMIN, "postgres"), autocommit=True) as admin:
            yield admin

    def _stop_cluster(self) -> None:
        self.cluster.stop()
        self.cluster.remove()


def _ready(child: Child) -> str:
    """The address that `serve` prints when everything runs. Raises StepFailed when it ends or takes too long."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and child.process.poll() is None:
        said = child.log.read_text(errors="replace")
        if READY in said:
            return said.partition(READY)[2].split()[0]
        time.sleep(0.2)
    raise StepFailed("The demo did not start: the log says why.", child.log)
