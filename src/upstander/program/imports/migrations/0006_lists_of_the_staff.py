from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_lists_of_days_out")]

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
                    ("roster", "Roster"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="match",
            name="kind",
            field=models.CharField(
                choices=[
                    ("site", "Site"),
                    ("person", "Person"),
                    ("course", "Course"),
                    ("audience", "Audience"),
                    ("role", "Role"),
                ],
                max_length=10,
            ),
        ),
    ]
