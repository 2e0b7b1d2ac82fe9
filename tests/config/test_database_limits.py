"""How long the database may work for a page, and who may take longer."""

import argparse
from typing import Any

import pytest
from django.db import connection

from upstander.commands import __main__ as command_line
from upstander.commands import house, migrate
from upstander.config import env
from upstander.config.settings import base

ASKED = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), "
ASKED += "current_setting('idle_in_transaction_session_timeout')"


@pytest.mark.django_db
def test_the_serving_role_gives_up_before_the_web_server_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        assert cursor.fetchone() == ("15s", "5s", "1min")
    assert base.DATABASES[base.COUNTING_DATABASE]["OPTIONS"] == base.DATABASES["default"]["OPTIONS"]


def test_what_the_address_says_of_its_own_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_URL", "postgresql://app@/x?host=/run&options=-c%20statement_timeout%3D9s")
    found = env.limited(env.database("SOME_URL"), {"statement_timeout": "15s"})
    assert found["OPTIONS"] == {"options": "-c statement_timeout=15s -c statement_timeout=9s"}
    monkeypatch.setenv("SOME_URL", "postgresql://app@/x")
    assert env.limited(env.database("SOME_URL"), {})["OPTIONS"] == {"options": ""}


@pytest.mark.parametrize(("word", "takes_time"), [("load", True), ("demo", True), ("migrate", True), ("worker", False)])
def test_commands_that_work_alone_may_take_their_time(
    word: str, takes_time: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(house.LONG_WORK_VARIABLE, "")
    with pytest.raises(SystemExit):
        command_line.main([word, "--help"])
    assert env.flag(house.LONG_WORK_VARIABLE, False) is takes_time


def test_a_migration_does_not_wait_for_a_lock_behind_which_everyone_waits(
    django_db_setup: None, cloned_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Any] = []

    def asked(*_: object, **__: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(ASKED)
            found.append(cursor.fetchone())

    monkeypatch.setattr(migrate, "call_command", asked)
    migrate.run(argparse.Namespace(json=False))
    assert found == [("0", "3s", "0")]
