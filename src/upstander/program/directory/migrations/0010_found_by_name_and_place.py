"""Who seeks nothing in particular walks along names; who looks near a place reads what lies in a square around it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_what_a_decision_is_called"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["district_id", "name_en", "id"],
                condition=models.Q(kind="service", number=0),
                name="listing_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["district_id", "latitude", "longitude"], name="listing_by_place"),
        ),
    ]
