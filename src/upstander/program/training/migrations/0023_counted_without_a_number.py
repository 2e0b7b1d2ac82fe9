from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0022_usual_sessions")]

    operations = [
        migrations.AddField("headcount", f"{standing}_count", models.PositiveSmallIntegerField(default=0))
        for standing in ("staff", "substitute", "contractor", "volunteer")
    ]
