import django.contrib.postgres.constraints
import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):
    dependencies = [
        ('compliance', '0005_obligations_by_cycle'),
        ("people", "0003_leave"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderSchedule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("is_on", models.BooleanField()),
                ("person_days", models.JSONField(default=list)),
                ("site_days", models.SmallIntegerField(null=True)),
                ("region_days", models.SmallIntegerField(null=True)),
                ("from_hour", models.PositiveSmallIntegerField()),
                ("until_hour", models.PositiveSmallIntegerField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district_id", "recorded_at"], name="reminder_schedule_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_hour__lt", models.F("until_hour")), ("until_hour__lte", 24)),
                        name="reminder_schedule_hours",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("requirement_id", models.BigIntegerField()),
                ("cycle_on", models.DateField()),
                ("due_on", models.DateField()),
                ("days", models.SmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("mailed", "Mailed"), ("no_address", "No Address"), ("on_leave", "On Leave")],
                        max_length=12,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    upstander.foundation.kernel.models.DistrictForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district_id", "recorded_at"], name="reminder_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district_id", "person", "requirement_id", "due_on", "days", "outcome"),
                        name="reminded_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderDigest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("sent_on", models.DateField()),
                ("free_on", models.DateField()),
                ("items_count", models.PositiveSmallIntegerField()),
                ("sites_count", models.PositiveSmallIntegerField()),
                ("regions_count", models.PositiveSmallIntegerField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    upstander.foundation.kernel.models.DistrictForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district_id", "recorded_at"], name="reminder_digest_newest")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("district_id", "="),
                            ("person", "="),
                            (
                                models.Func(
                                    models.F("sent_on"),
                                    models.F("free_on"),
                                    function="daterange",
                                    output_field=models.Field(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_digest_a_week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("free_on__gt", models.F("sent_on"))), name="reminder_digest_week"
                    ),
                ],
            },
        ),
        SecureTable("compliance_reminderschedule", append_only=True),
        SecureTable("compliance_reminder", {"person_id": "people_person"}, append_only=True),
        SecureTable("compliance_reminderdigest", {"person_id": "people_person"}, append_only=True),
    ]
