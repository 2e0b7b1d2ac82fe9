import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.models import DistrictForeignKey
from upstander.foundation.kernel.refs import new_ref
from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0013_seats_and_hybrid"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalledOff",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                ("ref", models.CharField(default=new_ref, editable=False, max_length=12, unique=True)),
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
                    "make_up",
                    DistrictForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="called_off",
                        to="training.makeup",
                    ),
                ),
            ],
            options={'constraints': [models.UniqueConstraint(fields=("district_id", "make_up"), name="called_off_once")]},
        ),
        SecureTable("training_calledoff", {"make_up_id": "training_makeup"}, append_only=True),
    ]
