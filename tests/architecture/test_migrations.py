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
