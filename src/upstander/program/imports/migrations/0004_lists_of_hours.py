from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_lists_of_leaves")]

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
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="match",
            name="kind",
            field=models.CharField(
                choices=[("site", "Site"), ("person", "Person"), ("course", "Course"), ("audience", "Audience")],
                max_length=10,
            ),
        ),
    ]
