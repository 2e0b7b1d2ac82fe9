"""Bring the database to the shape this version needs, as the role that owns the tables. Forward only."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from upstander.commands import database, proof_key, report

# A migration that waits for a lock keeps everyone behind it waiting too: better to stop and be run again.
LOCK_TIMEOUT = "3s"
# On an empty database Wagtail's tables are made before ours. The result is the same; but at every step of theirs Django
# pictures anew all models that hang together by the account, and before ours are there those are few.
FIRST = ("wagtailcore", "wagtailimages", "wagtailusers", "wagtailadmin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` only: there is nothing to choose."""
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Apply what is missing, begin the key of proofs if there is none, and say how much was applied."""
    applied = migrate_as_owner()
    proof_key.ensure()
    report.show({"applied": applied}, as_json=options.json)
    return 0


def migrate_as_owner() -> int:
    """Apply missing migrations over the owner's connection; gives their number. Leaves the connection closed."""
    connection = connections["default"]
    serving = dict(connection.settings_dict)
    connection.close()
    options = {**serving["OPTIONS"], "options": f"-c lock_timeout={LOCK_TIMEOUT}"}
    connection.settings_dict.update({**database.owner_settings(), "OPTIONS": options})
    try:
        before = len(MigrationRecorder(connection).applied_migrations())
        with _settings_asked_once():
            if not before:
                _first()
            call_command("migrate", interactive=False, verbosity=0)
        return len(MigrationRecorder(connection).applied_migrations()) - before
    finally:
        connection.close()
        connection.settings_dict.update(serving)


def _first() -> None:
    """All of it or nothing: killed in the middle, one migration of theirs that stands for many would be half noted."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would hold up the next table
        for app in FIRST:
            call_command("migrate", app, interactive=False, verbosity=0)


@contextmanager
def _settings_asked_once() -> Iterator[None]:
    """A third less work: for every foreign key it pictures Django asks which setting names the model it leads to.

    All registries of models share one memory for that, which each new picture empties. Meanwhile ours has its own.
    """
    apps.get_swappable_settings_name = cache(apps.get_swappable_settings_name)  # type: ignore[method-assign]
    try:
        yield
    finally:
        del apps.get_swappable_settings_name
