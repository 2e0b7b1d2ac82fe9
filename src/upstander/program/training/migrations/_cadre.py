"""The consultants and when they can come: the tables of the first migration."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from upstander.foundation.kernel.tenancy import SecureTable

MODELS = [
    migrations.CreateModel(
        name="CadreMember",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("district_id", models.BigIntegerField(editable=False)),
            (
                "ref",
                models.CharField(
                    default=upstander.foundation.kernel.refs.new_ref,
                    editable=False,
                    max_length=12,
                    unique=True,
                ),
            ),
            ("home_latitude", models.FloatField()),
            ("home_longitude", models.FloatField()),
            (
                "languages",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=5),
                    size=None,
                ),
            ),
            ("most_per_day", models.PositiveSmallIntegerField(default=2)),
            ("most_per_week", models.PositiveSmallIntegerField(default=5)),
            (
                "person",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    to="people.person",
                ),
            ),
        ],
        options={"constraints": [models.UniqueConstraint(fields=("district_id", "person"), name="cadre_member_once")]},
    ),
    migrations.CreateModel(
        name="BusyTime",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("district_id", models.BigIntegerField(editable=False)),
            (
                "ref",
                models.CharField(
                    default=upstander.foundation.kernel.refs.new_ref,
                    editable=False,
                    max_length=12,
                    unique=True,
                ),
            ),
            ("starts_at", models.DateTimeField()),
            ("ends_at", models.DateTimeField()),
            (
                "member",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="busy",
                    to="training.cadremember",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                    name="busy_time_period",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="AvailabilityException",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("district_id", models.BigIntegerField(editable=False)),
            (
                "ref",
                models.CharField(
                    default=upstander.foundation.kernel.refs.new_ref,
                    editable=False,
                    max_length=12,
                    unique=True,
                ),
            ),
            ("starts_on", models.DateField()),
            ("ends_on", models.DateField()),
            (
                "member",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="away",
                    to="training.cadremember",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("ends_on__isnull", True),
                        ("ends_on__gt", models.F("starts_on")),
                        _connector="OR",
                    ),
                    name="availability_exception_period",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="Availability",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("district_id", models.BigIntegerField(editable=False)),
            (
                "ref",
                models.CharField(
                    default=upstander.foundation.kernel.refs.new_ref,
                    editable=False,
                    max_length=12,
                    unique=True,
                ),
            ),
            ("weekday", models.PositiveSmallIntegerField()),
            ("starts", models.TimeField()),
            ("ends", models.TimeField()),
            (
                "member",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="weekly",
                    to="training.cadremember",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="availability_weekday"),
                models.CheckConstraint(
                    condition=models.Q(("ends__gt", models.F("starts"))),
                    name="availability_within_a_day",
                ),
            ]
        },
    ),
]
WALLS = [
    SecureTable("training_cadremember", {"person_id": "people_person"}),
    SecureTable("training_availability", {"member_id": "training_cadremember"}),
    SecureTable("training_availabilityexception", {"member_id": "training_cadremember"}),
    SecureTable("training_busytime", {"member_id": "training_cadremember"}),
]
