"""Bring the database to the shape this version needs, as the role that owns the tables. Forward only."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from upstander.commands import database, proof_key, report

# A migration that waits for a lock keeps everyone behind it waiting too: better to stop and be run again.
LOCK_TIMEOUT = "3s"
# On an empty database Wagtail's tables are made before ours. The result is the same; but at every step of theirs Django
# pictures anew all models that hang together by the account, and before ours are there those are few.
FIRST = ("wagtailcore", "wagtailimages", "wagtailusers", "wagtailadmin")

OURS = "upstander."


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
        with _settings_asked_once(), nullcontext() if before else _pictured_alone():
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


@contextmanager
def _pictured_alone() -> Iterator[None]:
    """Most of the work of an empty database less: at every step Django pictures anew all models that hang together with
    the one that changes, so that each knows what leads to it; and with the account and the district nearly all do.

    A table of ours is made, and gets columns and constraints, from its own picture. Whether others lead to it matters
    where a primary key changes, which ours never do, and to code in a migration, for which Django then pictures
    everything anew.
    """
    whole = ProjectState.reload_model

    def reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" not in state.__dict__:
            return
        if apps.get_app_config(app_label).name.startswith(OURS) and (delay or _grows(state, app_label, model_name)):
            state.is_delayed = True
            state._reload({(app_label, model_name)})  # type: ignore[attr-defined]
        else:
            whole(state, app_label, model_name, delay)

    ProjectState.reload_model = reload_model  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        ProjectState.reload_model = whole  # type: ignore[method-assign]


def _grows(state: ProjectState, app_label: str, model_name: str) -> bool:
    """Whether the model is new, or has a field more than its picture."""
    pictured = state.apps.all_models[app_label].get(model_name)
    if pictured is None:
        return True
    known = {field.name for field in (*pictured._meta.local_fields, *pictured._meta.local_many_to_many)}
    return not known.issuperset(state.models[app_label, model_name].fields)
