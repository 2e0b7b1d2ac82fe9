import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which languages there are is content by now; the columns stay as they are."""

    dependencies = [
        ('training', '0020_home_bases'),
    ]

    operations = [
        migrations.AlterField(
            model_name=name,
            name='languages',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), size=None),
        )
        for name in ('cadremember', 'request', 'planentry')
    ]
