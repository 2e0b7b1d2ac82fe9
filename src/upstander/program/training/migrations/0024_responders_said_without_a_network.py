import datetime as dt

from django.db import migrations, models

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class Migration(migrations.Migration):
    dependencies = [("training", "0023_counted_without_a_number")]

    operations = [
        migrations.AddField(
            "responder", "device", models.CharField(blank=True, default="", max_length=16), preserve_default=False
        ),
        migrations.AddField("responder", "counter", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "responder", "happened_at", models.DateTimeField(default=LONG_AGO), preserve_default=False
        ),
        # Rows from before devices could say it: the server noted all of them when they happened.
        migrations.RunSQL("UPDATE training_responder SET happened_at = at", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "responder",
            models.UniqueConstraint(
                condition=~models.Q(device=""),
                fields=("district_id", "session", "device", "counter"),
                name="responder_once",
            ),
        ),
    ]
