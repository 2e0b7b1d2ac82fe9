from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0009_files_of_packs")]

    # What was made before was made by the first recipe, and is made again by it.
    operations = [
        migrations.AddField(
            model_name=name, name="recipe", field=models.PositiveSmallIntegerField(db_default=1, default=1)
        )
        for name in ("auditpack", "packfile")
    ]
