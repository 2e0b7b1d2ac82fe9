"""What a site asks for and what became of it: the tables of the first migration."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from upstander.foundation.kernel.tenancy import SecureTable

MODELS = [
    migrations.CreateModel(
        name="Request",
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
            (
                "audience",
                models.CharField(
                    choices=[
                        ("all_staff", "All staff of the site"),
                        ("teachers", "Teachers"),
                        (
                            "support",
                            "Counselors, social workers, psychologists, nurses",
                        ),
                        ("classified", "Office, aides, bus, kitchen, custodians"),
                        ("leaders", "Site leaders and designees"),
                    ],
                    max_length=20,
                ),
            ),
            ("head_count", models.PositiveSmallIntegerField()),
            (
                "languages",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=5),
                    size=None,
                ),
            ),
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
                "minutes",
                models.PositiveSmallIntegerField(choices=[(60, "1 hour"), (90, "1½ hours"), (120, "2 hours")]),
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
            ("requested_at", models.DateTimeField()),
            ("state", models.CharField(max_length=10)),
            ("state_since", models.DateTimeField()),
            (
                "decline_reason",
                models.CharField(
                    blank=True,
                    choices=[
                        ("trained", "The site is already trained this year"),
                        ("twice", "The same request was made twice"),
                        (
                            "no_day",
                            "No consultant is free on the wished days; please ask again with others",
                        ),
                        ("other_office", "Another office gives this training"),
                    ],
                    max_length=20,
                ),
            ),
            (
                "owner",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "requested_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
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
                models.Index(fields=["district_id", "state", "requested_at"], name="request_by_state"),
                models.Index(fields=["district_id", "site"], name="request_by_site"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("head_count__gte", 1), ("head_count__lte", 1500)),
                    name="request_head_count",
                ),
                models.CheckConstraint(
                    condition=models.Q(("minutes__in", [60, 90, 120])),
                    name="request_minutes",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RequestMove",
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
                "request",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="moves",
                    to="training.request",
                ),
            ),
        ],
        options={"indexes": [models.Index(fields=["district_id", "request", "at"], name="request_moves")]},
    ),
    migrations.CreateModel(
        name="RequestWindow",
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
            ("on", models.DateField()),
            ("starts", models.TimeField()),
            ("ends", models.TimeField()),
            (
                "request",
                upstander.foundation.kernel.models.DistrictForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="windows",
                    to="training.request",
                ),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["district_id", "request"], name="window_by_request")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends__gt", models.F("starts"))),
                    name="window_within_a_day",
                )
            ],
        },
    ),
]
WALLS = [
    SecureTable("training_request", {"site_id": "places_site"}),
    SecureTable("training_requestwindow", {"request_id": "training_request"}),
    SecureTable("training_requestmove", {"request_id": "training_request"}, append_only=True),
]
