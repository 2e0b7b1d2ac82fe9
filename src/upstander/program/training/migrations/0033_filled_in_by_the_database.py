from django.core.validators import RegexValidator
from django.db import migrations, models

# Columns that the database fills in: a process of the release before knows nothing of them and serves until its restart.
NUMBER = r"^(?=(.*\d){7})[\d ()+.x/\-]{7,30}$"
UNREAD = "Please give a number with its area code, for instance (555) 555-0100."


class Migration(migrations.Migration):
    dependencies = [("training", "0032_heads_hold_their_parts")]

    operations = [
        migrations.AlterField(
            "planentry", "asked_count", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
        migrations.AlterField(
            "request",
            "contact_phone",
            models.CharField(
                blank=True, default="", db_default="", max_length=30, validators=[RegexValidator(NUMBER, UNREAD)]
            ),
        ),
        migrations.AlterField(
            "request",
            "waits_for",
            models.CharField(
                blank=True,
                choices=[("site", "The site answers"), ("host", "The host answers")],
                default="",
                db_default="",
                max_length=4,
            ),
        ),
    ]
