import django.db.models.deletion
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import migrations, models

from upstander.foundation.kernel.refs import new_ref
from upstander.foundation.kernel.tenancy import SecureTable

NAME = RegexValidator(
    r"^[\w .,:&()#/\-]+$", "Slides are named with letters, digits and blanks, for instance “Staff session, fall”."
)


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0015_connected_calendars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferingSlides",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                ("ref", models.CharField(default=new_ref, editable=False, max_length=12, unique=True)),
                ("edition", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=80, validators=[NAME])),
                ("address", models.URLField(blank=True, max_length=300)),
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
            ],
            options={'indexes': [models.Index(fields=["district_id", "edition", "id"], name="slides_by_edition")]},
        ),
        SecureTable("training_offeringslides", append_only=True),
    ]
