from django.db import migrations, models


class Migration(migrations.Migration):
    """A citation is read out too, so it is said in both languages. The next load fills the new column."""

    dependencies = [("facts", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="fact", old_name="citation", new_name="citation_en"),
        migrations.AddField(
            model_name="fact",
            name="citation_es",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
