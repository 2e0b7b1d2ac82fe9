"""Whether a line tells the police is a fact of its own, with its own source: a line names it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facts", "0005_whom_to_ask_for_a_source")]

    operations = [
        migrations.AddField("fact", "tells", models.CharField(blank=True, max_length=80)),
        migrations.RemoveField("fact", "tells_en"),
        migrations.RemoveField("fact", "tells_es"),
    ]
