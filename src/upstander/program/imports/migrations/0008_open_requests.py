from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0007_posts_vouched_for")]

    operations = [
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
                    ("standing", "Standing"),
                    ("asked", "Asked"),
                ],
                max_length=10,
            ),
        ),
    ]
