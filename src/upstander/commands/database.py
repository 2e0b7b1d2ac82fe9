"""Which database the commands work on: the one the environment names, else our own private cluster.

Two roles: `DATABASE_URL` names the one that serves (`app`), `DATABASE_OWNER_URL` the one that owns the tables
(`owner`). The private cluster has both; for a server of your own, set both.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import psycopg
from psycopg import conninfo, sql

from upstander.commands import house, programs
from upstander.commands.cluster import ADMIN, Cluster, ClusterFailed, home_for
from upstander.commands.setup.steps import StepFailed, Steps

SERVING_VARIABLE = "DATABASE_URL"
OWNER_VARIABLE = "DATABASE_OWNER_URL"
OWNER, APP, NAME = "owner", "app", "upstander"
OWNER_ADVICE = (
    f"{SERVING_VARIABLE} is set, so the database is yours, and this command needs the role that owns its tables: "
    f"set {OWNER_VARIABLE} too (postgresql://owner:password@host/name)."
)


@contextmanager
def opened(*, as_owner: bool = False, steps: Steps | None = None) -> Iterator[None]:
    """The database, running and named in the environment, while the block runs.

    Starts the private cluster when no database is named and stops it afterwards if nobody else uses it. Raises
    StepFailed with what to do: no PostgreSQL, a server that does not start, an owner's address that is missing.
    """
    if os.environ.get(SERVING_VARIABLE):
        if as_owner and not os.environ.get(OWNER_VARIABLE):
            raise StepFailed(OWNER_ADVICE)
        yield
        return
    cluster = private_cluster()
    try:
        with steps.step("Start PostgreSQL") if steps else nullcontext():
            cluster.start()
    except ClusterFailed as failure:
        raise StepFailed(f"{failure} Read the log; to begin anew, remove {cluster.home}.", failure.log) from failure
    try:
        with psycopg.connect(cluster.url(ADMIN, "postgres"), autocommit=True) as admin:
            make_roles(admin)
            make_database(admin, NAME)
        os.environ[SERVING_VARIABLE] = cluster.url(APP, NAME)
        os.environ[OWNER_VARIABLE] = cluster.url(OWNER, NAME)
        yield
    finally:
        del os.environ[SERVING_VARIABLE], os.environ[OWNER_VARIABLE]
        cluster.stop()


@contextmanager
def named_only() -> Iterator[None]:
    """A database that is named but not opened: enough for a command to describe itself."""
    os.environ.setdefault(SERVING_VARIABLE, f"postgresql://{APP}@/{NAME}")
    yield


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else migrates, loads or seeds this database, and keep others waiting while the block runs.

    The lock is the database's own: it ends with the connection, so also with a process that is killed.
    """
    with psycopg.connect(os.environ[SERVING_VARIABLE], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('upstander set-up'))")
        yield


def take_statistics() -> None:
    """Let the database count what a load brought: until it has, it may plan a page's question a hundred times too slow.

    Needs the owner. Where only the serving role is named, the server counts by itself, within a minute or so.
    """
    if owner := os.environ.get(OWNER_VARIABLE):
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("ANALYZE")


def private_cluster() -> Cluster:
    """This checkout's own cluster, not yet started."""
    house.var().mkdir(parents=True, exist_ok=True)
    home = home_for(house.var())
    home.mkdir(parents=True, exist_ok=True)
    try:
        return Cluster(home, programs.find(home, house.ROOT))
    except programs.NoPrograms as failure:
        raise StepFailed(str(failure)) from failure


def make_roles(admin: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Both roles, able to sign in and to nothing else."""
    for role in (OWNER, APP):
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            create = "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
            admin.execute(sql.SQL(create).format(sql.Identifier(role)))


def make_database(admin: "psycopg.Connection[tuple[object, ...]]", name: str, template: str = "template0") -> None:
    """A database of the owner's that the serving role may enter; nothing when it is there."""
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    names = {"name": sql.Identifier(name), "template": sql.Identifier(template), "owner": sql.Identifier(OWNER)}
    admin.execute(sql.SQL("CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}").format(**names))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {name} TO {app}").format(**names, app=sql.Identifier(APP)))


def read_stamp(url: str) -> str:
    """The stamp that is written on the database itself (as its comment), so that it never outlives its data."""
    with psycopg.connect(url) as connection:
        question = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        row = connection.execute(question).fetchone()
    return str(row[0] or "") if row else ""


def write_stamp(owner_url: str, value: str) -> None:
    """Write the stamp; only the owner can."""
    with psycopg.connect(owner_url) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(value)))


def owner_settings() -> dict[str, str]:
    """The owner's address as the keys of Django's connection settings."""
    parts = conninfo.conninfo_to_dict(os.environ[OWNER_VARIABLE])
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {key: str(parts.get(part) or "") for key, part in named.items()}
