"""The database of the test suite: a throw-away cluster, one migrated template, a clone of it for each process.

Tests connect as the role that serves, so row security binds them as it binds the product. Nothing starts where no
test asks for the database.
"""

import datetime as dt
import gc
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.template import Template
from pytest_django.plugin import DjangoDbBlocker

from tests.moments import SUITE_BEGINS, put_clock
from tests.plugins.server import DEMO, EMPTY, LiveSite, Server
from upstander.commands import database, house, translations

HOME_VARIABLE = "UPSTANDER_TEST_HOME"
LONGEST = frozenset({"test_serve.py", "test_setup.py", "test_routes.py", "test_seed_training.py"})
DEMO_FIXTURES = frozenset({"demo_clone", "live_site"})
DATABASE_FIXTURES = DEMO_FIXTURES | {"db", "django_db_setup", "server"}
OWN_DATABASE = "test_" + os.environ.get("PYTEST_XDIST_WORKER", "main")
PLAIN_DRAWING = Template._render  # type: ignore[attr-defined]
made_here = pytest.StashKey[Path]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle where this run's cluster will live and name its database, because settings are read once."""
    if HOME_VARIABLE not in os.environ:
        home = Path(tempfile.mkdtemp(prefix="upstander-test-"))
        home.chmod(0o755)  # the server's own account must be able to pass
        os.environ[HOME_VARIABLE] = str(home)
        config.stash[made_here] = home
        put_clock(home / "clock", SUITE_BEGINS)
        translations.compile_all(house.SOURCE)
    os.environ["UPSTANDER_VAR"] = os.environ[HOME_VARIABLE]
    os.environ["DJANGO_SETTINGS_MODULE"] = "upstander.config.settings.test"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the test's thread
    os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 40)
    os.environ.setdefault("UPSTANDER_VAULT_KEYS", "x" * 43)
    for variable, role in ((database.SERVING_VARIABLE, database.APP), (database.OWNER_VARIABLE, database.OWNER)):
        os.environ[variable] = Server.cluster().url(role, OWN_DATABASE)
    django.setup()
    # A worker of a parallel run inherits its parent's environment, and the settings may have been read from that.
    settings.DATABASES["default"]["NAME"] = OWN_DATABASE
    config.pluginmanager.import_plugin("tests.plugins.people")  # it names models, and those can be read from here on


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing on the disk."""
    if made_here in config.stash:
        Server.cluster().remove()
        shutil.rmtree(config.stash[made_here], ignore_errors=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """A file's tests run in one process, so that they share what it made; one that names a group goes by that."""
    if item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(str(item.path)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the files that need no database: meanwhile it is made. Of the others the longest, then what needs the demo.

    What is short fills up each process to the end: a file that takes a minute must not be the last to begin. Else the
    order is the random one.
    """
    turns: dict[Path, int] = {}
    for item in items:
        turns[item.path] = max(turns.get(item.path, 0), _turn(item))
    items.sort(key=lambda item: (turns[item.path] > 0, item.path.name not in LONGEST, -turns[item.path]))


def pytest_collection_finish() -> None:
    """What stands by now stays to the end: whoever looks for garbage later need not walk through it each time."""
    gc.collect()
    gc.freeze()


def _turn(item: pytest.Item) -> int:
    """0: needs no database, 1: needs one, 2: needs the demo."""
    return int(_needs_database(item)) + int(_needs_demo(item))


def _needs_demo(item: pytest.Item) -> bool:
    return not DEMO_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def _needs_database(item: pytest.Item) -> bool:
    asked = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(asked)


@pytest.fixture(scope="session", autouse=True)
def _made_ahead(request: pytest.FixtureRequest) -> None:
    """Where tests will ask for a database, it is made beside those that run first: nobody waits for it."""
    if any(map(_needs_database, request.session.items)):
        request.getfixturevalue("server")


@pytest.fixture(scope="session", autouse=True)
def _drawn_plainly(django_test_environment: None) -> None:
    """No test asks which templates drew a page, so none pays for Django's notes: a copy of all that each was given."""
    Template._render = PLAIN_DRAWING  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The running throw-away cluster, whose templates are being built; processes of one run share it, and the last one
    stops it."""
    server = Server()
    server.start()
    needed = DEMO if any(map(_needs_demo, request.session.items)) else EMPTY
    ahead = threading.Thread(target=server.prepare, args=[needed])
    ahead.start()
    yield server
    ahead.join()
    connections.close_all()
    server.stop()


@pytest.fixture(scope="session")
def django_db_setup(server: Server, django_db_blocker: DjangoDbBlocker) -> None:
    """pytest-django's own test database is replaced by a clone of the template."""
    server.clone(EMPTY, OWN_DATABASE)


@pytest.fixture
def owner_connection(django_db_setup: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """The owner's own connection to this process's database, for catalogs and for what the serving role may not do.

    It commits each statement, and it does not see rows of the running test's transaction.
    """
    with psycopg.connect(os.environ[database.OWNER_VARIABLE], autocommit=True) as connection:
        yield connection


@pytest.fixture
def cloned_database(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of one's own, really committing: for tests with two threads. Gives its name."""
    name = f"clone_{secrets.token_hex(6)}"
    server.clone(EMPTY, name)
    with django_db_blocker.unblock(), _connected_to(name):
        yield name
    server.drop(name)


@pytest.fixture(scope="session")
def demo_clone(server: Server) -> str:
    """The name of a database with the seeded demo, for this process's reading tests."""
    name = f"demo_{OWN_DATABASE}"
    server.clone(DEMO, name)
    return name


@pytest.fixture
def demo_database(demo_clone: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The seeded demo as a newcomer finds it; what a test writes is rolled back."""
    with django_db_blocker.unblock(), _connected_to(demo_clone), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """The default connection leads to another database of this run."""
    settings = connections["default"].settings_dict
    connections["default"].close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = OWN_DATABASE


@pytest.fixture
def set_clock(tmp_path: Path, settings: Any) -> Callable[[dt.datetime], None]:
    """Puts the product's clock to a moment, as the demo does: by a file with seconds to add."""

    def put(at: dt.datetime) -> None:
        put_clock(tmp_path / "clock", at)
        settings.CLOCK_FILE = str(tmp_path / "clock")

    return put


@pytest.fixture(scope="session")
def live_site(server: Server) -> Iterator[LiveSite]:
    """The real server with the seeded demo, on a clone that this process's browser tests may change."""
    name = f"live_{OWN_DATABASE}"
    server.clone(DEMO, name)
    with LiveSite(server, name) as site:
        yield site
