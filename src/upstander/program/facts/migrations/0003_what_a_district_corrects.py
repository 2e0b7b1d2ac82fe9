import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import upstander.foundation.kernel.refs
from upstander.foundation.kernel.tenancy import SecureTable

KINDS = ("emergency", "reporting", "counseling", "duty", "statute", "practice", "rule", "claim")


class Migration(migrations.Migration):
    """Claims, hours after hours, lines that stand in, and a district's own ledger of corrections."""

    dependencies = [
        ("facts", "0002_citation_in_both_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="fact",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=12),
        ),
        *(
            migrations.AddField(
                model_name="fact",
                name=name,
                field=models.CharField(blank=True, default="", max_length=length),
                preserve_default=False,
            )
            for name, length in (("after_hours_en", 200), ("after_hours_es", 200), ("fallback", 80))
        ),
        migrations.CreateModel(
            name="FactChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("number", models.PositiveIntegerField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("corrected", "Corrected"),
                            ("checked", "Read again"),
                            ("confirmed", "Confirmed by a second person"),
                            ("taken_back", "Taken back"),
                            ("kept", "Kept over a new edition"),
                            ("edition", "New edition taken"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong", "The number was wrong"),
                            ("moved", "The office has another number now"),
                            ("newer", "A newer figure was published"),
                            ("hours", "The hours are different"),
                            ("source", "Another source is better"),
                        ],
                        max_length=10,
                    ),
                ),
                ("lays", models.BooleanField()),
                ("value", models.CharField(blank=True, max_length=60)),
                ("hours_en", models.CharField(blank=True, max_length=120)),
                ("hours_es", models.CharField(blank=True, max_length=120)),
                ("after_hours_en", models.CharField(blank=True, max_length=200)),
                ("after_hours_es", models.CharField(blank=True, max_length=200)),
                ("source_name", models.CharField(blank=True, max_length=200)),
                ("source_address", models.CharField(blank=True, max_length=300)),
                ("read_on", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("over", models.CharField(blank=True, max_length=16)),
                ("waits", models.BooleanField(default=False)),
                ("due_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "corrected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district_id", "key", "number"), name="fact_change_once"),
                    models.CheckConstraint(
                        condition=~Q(step="confirmed") | ~Q(author=F("corrected_by")),
                        name="fact_change_second_person",
                    ),
                    models.CheckConstraint(
                        condition=Q(lays=False) | Q(expires_on__gt=F("read_on")),
                        name="fact_change_expires_after_it_was_read",
                    ),
                    models.CheckConstraint(
                        condition=Q(waits=False) | Q(due_on__isnull=False), name="fact_change_waits_until"
                    ),
                ],
            },
        ),
        SecureTable("facts_factchange", append_only=True),
    ]
