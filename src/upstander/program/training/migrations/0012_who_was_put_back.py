from django.db import migrations, models

HOW = [
    ("code", "Checked in"),
    ("stayed", "Checked in at the end"),
    ("ticked", "Ticked off"),
    ("walk_in", "Walk-in"),
    ("matched", "Number matched"),
    ("struck", "Taken back"),
    ("put_back", "Put back"),
    ("set_aside", "Number set aside"),
    ("left", "Left early"),
]


class Migration(migrations.Migration):
    dependencies = [("training", "0011_travel_times")]

    operations = [
        migrations.AlterField(
            model_name="attendancemark",
            name="how",
            field=models.CharField(choices=HOW, max_length=10),
        ),
    ]
