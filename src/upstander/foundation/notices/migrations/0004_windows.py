from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0003_forgetting"),
    ]

    operations = [
        migrations.AddField("notice", "windows", models.JSONField(default=list)),
    ]
