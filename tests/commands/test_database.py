"""The two roles, the clones that tests run on, and the stamp on the database."""

import os
import threading

import psycopg
import pytest
from django.db import connection, transaction
from tests.plugins.server import EMPTY, Server

from upstander.commands import database
from upstander.commands.setup.steps import StepFailed
from upstander.foundation.kernel import clock, markers
from upstander.foundation.kernel.db import serving_role_flaws


@pytest.mark.django_db
def test_tests_and_product_connect_as_the_role_that_row_security_binds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (database.APP, False, False)
    assert serving_role_flaws() == []


def test_the_owner_owns_every_table(owner_connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    owners = owner_connection.execute(
        "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    assert owners == [(database.OWNER,)]


def test_a_cloned_database_commits_across_threads(cloned_database: str) -> None:
    def mark() -> None:
        markers.mark_done("from another thread", clock.now())
        connection.close()

    thread = threading.Thread(target=mark)
    thread.start()
    thread.join()
    with transaction.atomic():
        assert markers.is_done("from another thread")


def test_a_second_migrate_applies_nothing(server: Server) -> None:
    server.clone(EMPTY, "migrated_twice")
    assert server.command("migrated_twice", "migrate", "--json").splitlines()[-1] == '{"applied": 0}'
    server.drop("migrated_twice")


def test_the_stamp_lives_and_dies_with_the_database(server: Server) -> None:
    server.clone(EMPTY, "stamped")
    owner = server.url(database.OWNER, "stamped")
    assert database.read_stamp(owner) == ""
    database.write_stamp(owner, "it's done")
    assert database.read_stamp(server.url(database.APP, "stamped")) == "it's done"
    server.clone(EMPTY, "stamped")
    assert database.read_stamp(owner) == ""
    server.drop("stamped")


def test_a_database_of_ones_own_without_an_owner_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(database.SERVING_VARIABLE, "postgresql://app@db.example.org/upstander")
    monkeypatch.delenv(database.OWNER_VARIABLE)
    with pytest.raises(StepFailed, match="set DATABASE_OWNER_URL too"), database.opened(as_owner=True):
        raise AssertionError("not reached")
    with database.opened():
        assert os.environ[database.SERVING_VARIABLE].endswith("db.example.org/upstander")
