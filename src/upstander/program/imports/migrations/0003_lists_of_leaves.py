from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_earlier_requests")]

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
                ],
                max_length=20,
            ),
        ),
    ]
