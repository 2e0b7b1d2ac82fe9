from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("training", "0031_a_number_to_call")]

    operations = [
        migrations.AddConstraint(
            "headcount",
            models.CheckConstraint(
                condition=models.Q(
                    counted__gte=F("staff_count") + F("substitute_count") + F("contractor_count") + F("volunteer_count")
                ),
                name="head_count_holds_its_parts",
            ),
        ),
    ]
