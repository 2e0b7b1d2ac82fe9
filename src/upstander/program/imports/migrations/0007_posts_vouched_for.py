from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0006_lists_of_the_staff")]

    operations = [
        migrations.AddField(model_name="import", name="vouched", field=models.JSONField(default=dict)),
    ]
