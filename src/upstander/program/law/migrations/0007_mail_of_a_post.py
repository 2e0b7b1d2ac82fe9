from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law", "0006_families")]

    operations = [
        migrations.AddField(
            model_name="localline",
            name="email",
            field=models.EmailField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
