"""A board asks about one cycle: an index leads to its rows, however many years of them are kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0004_proofs")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["district_id", "requirement_id", "cycle_on"], name="obligation_by_cycle"),
        ),
    ]
