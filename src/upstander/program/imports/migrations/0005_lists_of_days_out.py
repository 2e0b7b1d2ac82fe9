from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_lists_of_hours")]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="kind",
            field=models.CharField(
                choices=[
                    ("site_trainings", "Site Trainings"),
                    ("completions", "Completions"),
                    ("requests", "Requests"),
                    ("leaves", "Leaves"),
                    ("hours", "Hours"),
                    ("closed_days", "Closed Days"),
                    ("testing_days", "Testing Days"),
                ],
                max_length=20,
            ),
        ),
    ]
