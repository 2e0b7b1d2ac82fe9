from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0009_making_up_what_was_missed")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="offering",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
    ]
