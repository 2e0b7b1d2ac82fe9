"""Trainings at their time and place, and who was there: the tables of the first migration."""

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
import upstander.program.training.models
from upstander.foundation.kernel.tenancy import SecureTable

MODELS = [
    migrations.CreateModel(
        name="Session",
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
            ("on", models.DateField()),
            ("starts", models.TimeField()),
            ("ends", models.TimeField()),
            ("zone", models.CharField(max_length=40)),
            ("fold", models.PositiveSmallIntegerField(default=0)),
            (
                "mode",
                models.CharField(
                    choices=[
                        ("in_person", "In person"),
                        ("online", "Online"),
                    ],
                    max_length=10,
                ),
            ),
            (
                "room",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^[\\w .#&/\\-]*$",
                            "A room is named with letters, digits and blanks, for instance “Library” or “Room 12”.",
                        )
                    ],
                ),
            ),
            ("state", models.CharField(max_length=10)),
            ("state_since", models.DateTimeField()),
            ("sequence", models.PositiveSmallIntegerField(default=0)),
            (
                "request",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="sessions",
                    to="training.request",
                ),
            ),
            (
                "site",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    to="places.site",
                ),
            ),
        ],
        options={
            "indexes": [
                models.Index(fields=["district_id", "starts_at"], name="session_by_time"),
                models.Index(fields=["district_id", "state"], name="session_by_state"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                    name="session_period",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "cancelled"), _negated=True),
                    fields=("district_id", "request"),
                    name="one_session_per_request",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AttendanceMark",
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
            ("staff_number", models.CharField(blank=True, max_length=20)),
            (
                "how",
                models.CharField(
                    choices=[
                        ("code", "Checked in"),
                        ("ticked", "Ticked off"),
                        ("walk_in", "Walk-in"),
                        ("matched", "Number matched"),
                        ("struck", "Taken back"),
                        ("set_aside", "Number set aside"),
                    ],
                    max_length=10,
                ),
            ),
            ("at", models.DateTimeField()),
            (
                "account",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "person",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    to="people.person",
                ),
            ),
            (
                "session",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="marks",
                    to="training.session",
                ),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["district_id", "session", "id"], name="marks_by_session")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("person__isnull", False),
                        models.Q(("staff_number", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="mark_is_about_someone",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Assignment",
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
            ("travel_minutes", models.PositiveSmallIntegerField()),
            ("leaves_at", models.DateTimeField()),
            ("returns_at", models.DateTimeField()),
            ("released_at", models.DateTimeField(null=True)),
            (
                "site",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    to="places.site",
                ),
            ),
            (
                "member",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
                    to="training.cadremember",
                ),
            ),
            (
                "session",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
                    to="training.session",
                ),
            ),
        ],
        options={
            "constraints": [
                django.contrib.postgres.constraints.ExclusionConstraint(
                    condition=models.Q(("released_at__isnull", True)),
                    expressions=[
                        ("district_id", "="),
                        ("member", "="),
                        (
                            upstander.program.training.models.Moments("starts_at", "ends_at"),
                            "&&",
                        ),
                    ],
                    name="member_in_one_session",
                ),
                django.contrib.postgres.constraints.ExclusionConstraint(
                    condition=models.Q(("released_at__isnull", True)),
                    expressions=[
                        ("district_id", "="),
                        ("member", "="),
                        ("site", "<>"),
                        (
                            upstander.program.training.models.Moments("leaves_at", "returns_at"),
                            "&&",
                        ),
                    ],
                    name="member_can_get_there",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("released_at__isnull", True)),
                    fields=("district_id", "session"),
                    name="one_lead_per_session",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        name="SessionMove",
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
            ("from_state", models.CharField(blank=True, max_length=10)),
            ("to_state", models.CharField(max_length=10)),
            ("actor_name", models.CharField(max_length=60)),
            ("at", models.DateTimeField()),
            (
                "account",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "session",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="moves",
                    to="training.session",
                ),
            ),
        ],
        options={"indexes": [models.Index(fields=["district_id", "session", "at"], name="session_moves")]},
    ),
]
WALLS = [
    SecureTable(
        "training_session",
        {"request_id": "training_request", "site_id": "places_site"},
    ),
    SecureTable("training_sessionmove", {"session_id": "training_session"}, append_only=True),
    SecureTable(
        "training_assignment",
        {
            "session_id": "training_session",
            "member_id": "training_cadremember",
            "site_id": "places_site",
        },
    ),
    SecureTable(
        "training_attendancemark",
        {"session_id": "training_session", "person_id": "people_person"},
        append_only=True,
    ),
]
