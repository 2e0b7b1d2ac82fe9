"""What was known at a moment is kept but for those with something recorded since: an index leads to them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0007_certificates_anew")]

    operations = [
        migrations.AddIndex(
            model_name="completion",
            index=models.Index(fields=["district_id", "recorded_at"], name="completion_by_record"),
        ),
    ]
