from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facts", "0004_whether_a_line_tells_the_police")]

    operations = [
        migrations.AddField("fact", "ask_en", models.CharField(blank=True, max_length=200)),
        migrations.AddField("fact", "ask_es", models.CharField(blank=True, max_length=200)),
    ]
