from django.db import migrations, models

# What was proposed before was asked by one mail, whose links held for two weeks.
ASKED = """
UPDATE training_planentry entry
SET asked_on = plan.state_since::date, answer_by = plan.state_since::date + 14, asked_count = 1
FROM training_plan plan
WHERE plan.id = entry.plan_id AND plan.state = 'released' AND entry.session_id IS NOT NULL
"""
WAITING = """
UPDATE training_request request
SET waits_for = 'site', due_on = entry.answer_by, escalated = 0
FROM training_planentry entry JOIN training_session session ON session.id = entry.session_id
WHERE entry.request_id = request.id AND entry.asked_count = 1 AND entry.answer = ''
AND session.state = 'planned' AND request.state = 'planned'
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0026_based_from_the_beginning")]

    operations = [
        migrations.AddField(
            "request",
            "waits_for",
            models.CharField(
                blank=True,
                choices=[("site", "The site answers"), ("host", "The host answers")],
                default="",
                max_length=4,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                condition=models.Q(("waits_for", ""), ("state", "planned"), _connector="OR"),
                name="request_waits_for_an_answer_while_planned",
            ),
        ),
        migrations.AddField("planentry", "asked_on", models.DateField(null=True)),
        migrations.AddField("planentry", "asked_count", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("planentry", "answer_by", models.DateField(null=True)),
        migrations.AddField("planentry", "reminded_on", models.DateField(null=True)),
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
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(ASKED, migrations.RunSQL.noop),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
