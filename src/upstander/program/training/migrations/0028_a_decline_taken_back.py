from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0027_who_is_waited_for")]

    operations = [
        migrations.AlterField(
            "planmove",
            "step",
            models.CharField(
                choices=[
                    ("drafted", "Drafted"),
                    ("improved", "Improved by the planner"),
                    ("changed", "Day or consultant changed"),
                    ("pinned", "Pinned"),
                    ("unpinned", "Given free again"),
                    ("left_out", "Left out"),
                    ("taken_in", "Taken in again"),
                    ("allowed", "Held by an exception"),
                    ("released", "Released"),
                    ("set_aside", "Set aside"),
                    ("accepted", "Accepted by the site"),
                    ("declined", "Declined by the site"),
                    ("asked", "Asked again"),
                    ("reminded", "Reminded"),
                    ("reopened", "The decline was taken back"),
                ],
                max_length=10,
            ),
        ),
    ]
