import datetime as dt
from typing import Any

from django.db import migrations, models

LONG_AGO = dt.date(2000, 1, 1)  # what stood for "nobody knows since when" where a base was one column


def hold_from_the_beginning(apps: Any, _schema_editor: Any) -> None:
    """A base that was known before bases had days has no first day; one that somebody entered keeps theirs."""
    apps.get_model("training", "HomeBase").objects.filter(starts_on=LONG_AGO).update(starts_on=None)


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0025_consultations_in_hand'),
    ]

    operations = [
        migrations.AlterField(
            model_name='homebase',
            name='starts_on',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(hold_from_the_beginning, migrations.RunPython.noop),
    ]
