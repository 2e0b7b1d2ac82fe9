from django.db import migrations, models

HOW = [
    ("code", "Checked in"),
    ("joined", "Checked in online"),
    ("stayed", "Checked in at the end"),
    ("ticked", "Ticked off"),
    ("walk_in", "Walk-in"),
    ("matched", "Number matched"),
    ("struck", "Taken back"),
    ("put_back", "Put back"),
    ("set_aside", "Number set aside"),
    ("left", "Left early"),
]
MODES = [("in_person", "In person"), ("online", "Online"), ("hybrid", "In person and online")]


class Migration(migrations.Migration):
    dependencies = [("training", "0012_who_was_put_back")]

    operations = [
        *(
            migrations.AddField(model, "seat_count", models.PositiveSmallIntegerField(default=0))
            for model in ("planentry", "request")
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("seat_count__lte", 1500)), name="request_seat_count"
            ),
        ),
        migrations.AlterField("attendancemark", "how", models.CharField(choices=HOW, max_length=10)),
        *(
            migrations.AlterField(model, "mode", models.CharField(choices=MODES, max_length=10))
            for model in ("planentry", "session")
        ),
        migrations.AlterField("request", "mode", models.CharField(blank=True, choices=MODES, max_length=10)),
    ]
