from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_no_pattern_index")]

    operations = [
        migrations.AddField(
            model_name="closedday",
            name="kind",
            field=models.CharField(
                choices=[("closed", "No school"), ("testing", "Tests")], default="closed", max_length=8
            ),
        ),
        migrations.AlterField(
            model_name="closedday", name="name", field=models.CharField(blank=True, max_length=80)
        ),
    ]
