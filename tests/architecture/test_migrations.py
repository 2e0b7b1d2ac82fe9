"""What a first set-up relies on, which pictures each table of ours alone (`upstander.commands.migrate`)."""

from collections.abc import Iterable

from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation


def keys_changed(operations: Iterable[Operation]) -> list[str]:
    """Every change of a column that others lead to by its being the primary key."""
    altered = (each for each in operations if isinstance(each, migrations.AlterField))
    return [f"{each.model_name}.{each.name}" for each in altered if each.name == "id" or each.field.primary_key]


def test_no_migration_of_ours_changes_a_primary_key() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("upstander.")}
    found = MigrationLoader(None).disk_migrations
    operations = [each for (label, _), migration in found.items() if label in ours for each in migration.operations]
    assert len(operations) > len(ours)
    assert keys_changed(operations) == []


def test_a_planted_change_of_a_key_is_found() -> None:
    planted = [
        migrations.AlterField("site", "name", models.TextField()),
        migrations.AlterField("site", "id", models.BigAutoField(primary_key=True)),
        migrations.AlterField("site", "ref", models.TextField(primary_key=True)),
    ]
    assert keys_changed(planted) == ["site.id", "site.ref"]


# Until here columns were added to servers that could stand still; what comes later meets processes that serve.
STOOD_STILL = {
    "accounts": 2,
    "compliance": 4,
    "directory": 9,
    "facts": 6,
    "guidance": 4,
    "imports": 7,
    "law": 5,
    "notices": 4,
    "places": 4,
    "training": 26,
}


def unfilled(operations: Iterable[Operation]) -> list[str]:
    """Every column added to a table that stands which only the new release fills in: the old one fails on it."""
    found, new = {}, set()
    for each in operations:
        if isinstance(each, migrations.CreateModel):
            new.add(each.name_lower)
        elif isinstance(each, migrations.AddField | migrations.AlterField) and each.model_name_lower not in new:
            filled = each.field.null or each.field.has_db_default()
            if filled or isinstance(each, migrations.AddField):
                found[f"{each.model_name}.{each.name}"] = filled
    return [column for column, filled in found.items() if not filled]


def test_a_release_that_still_serves_can_write_rows_while_the_next_one_adds_its_columns() -> None:
    found = MigrationLoader(None).disk_migrations
    later: dict[str, list[Operation]] = {}
    for (label, name), migration in sorted(found.items()):
        if migration.__module__.startswith("upstander.") and int(name[:4]) > STOOD_STILL.get(label, 0):
            later.setdefault(label, []).extend(migration.operations)
    assert len(later) > len(STOOD_STILL)
    assert {label: unfilled(operations) for label, operations in later.items() if unfilled(operations)} == {}


def test_planted_columns_without_a_default_in_the_database_are_found() -> None:
    planted = [
        migrations.CreateModel("Visit", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("visit", "note", models.TextField()),
        migrations.AddField("site", "note", models.TextField(default="")),
        migrations.AlterField("site", "note", models.TextField(default="", blank=True)),
        migrations.AddField("site", "seen_at", models.DateTimeField(null=True)),
        migrations.AddField("site", "room", models.TextField(default="", db_default="")),
        migrations.AddField("site", "hall", models.TextField(default="")),
        migrations.AlterField("site", "hall", models.TextField(default="", db_default="")),
    ]
    assert unfilled(planted) == ["site.note"]
