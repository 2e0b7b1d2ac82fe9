from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0017_trained_together")]

    operations = [migrations.AddField("session", "marks_after", models.BigIntegerField(default=0))]
