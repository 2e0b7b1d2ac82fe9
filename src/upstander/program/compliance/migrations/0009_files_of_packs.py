import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable

# Packs made so far have their pages, too: their files are made again when somebody asks.
BEFORE = """
    INSERT INTO compliance_packfile (district_id, ref, "on", known_at, language, pack_id, asked_at, asked_by,
        done_count, part_count, ended_at, has_changed)
    SELECT district_id, ref, "on", known_at, language, id, recorded_at, recorded_by, 0, 0, recorded_at, false
    FROM compliance_auditpack ORDER BY id"""


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0008_completions_by_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="PackFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("on", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("language", models.CharField(max_length=5)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=60)),
                ("told_at", models.DateTimeField(null=True)),
                ("done_count", models.PositiveSmallIntegerField(default=0)),
                ("part_count", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("has_changed", models.BooleanField(default=False)),
                ("content", models.BinaryField(null=True)),
                ("kept_until", models.DateTimeField(null=True)),
                (
                    "pack",
                    upstander.foundation.kernel.models.DistrictForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="compliance.auditpack",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_count__lte", models.F("part_count"))), name="pack_file_part"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content__isnull", True), ("kept_until__isnull", True)),
                            models.Q(
                                ("content__isnull", False),
                                ("ended_at__isnull", False),
                                ("kept_until__isnull", False),
                                ("pack__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pack_file_has_its_end",
                    ),
                ],
            },
        ),
        SecureTable("compliance_packfile", {"pack_id": "compliance_auditpack"}),
        migrations.RunSQL(BEFORE),
    ]
