import django.core.validators
from django.db import migrations, models

# A draft that was set aside stood at the same word as a plan that another had replaced.
SET_ASIDE = """
UPDATE training_plan plan SET state = 'aside' WHERE state = 'superseded' AND NOT EXISTS (
    SELECT 1 FROM training_planmove move WHERE move.plan_id = plan.id AND move.step = 'released'
)
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0030_where_sessions_are_joined")]

    operations = [
        migrations.AddField(
            "request",
            "contact_phone",
            models.CharField(
                blank=True,
                default="",
                max_length=30,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(?=(.*\\d){7})[\\d ()+.x/\\-]{7,30}$",
                        "Please give a number with its area code, for instance (555) 555-0100.",
                    )
                ],
            ),
            preserve_default=False,
        ),
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
                    ("taken_up", "Taken up again"),
                    ("reopened", "The decline was taken back"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(SET_ASIDE, migrations.RunSQL.noop),
    ]
