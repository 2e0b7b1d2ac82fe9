import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0010_which_edition_was_given'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TravelFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('read_at', models.DateTimeField()),
                ('way_count', models.PositiveIntegerField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('district_id',), name='one_travel_file')],
            },
        ),
        migrations.CreateModel(
            name='TravelWay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('one', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
                ('other', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('district_id', 'one', 'other'), name='travel_way_once'),
                    models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='travel_way_lower_first'),
                ],
            },
        ),
        SecureTable("training_travelfile"),
        SecureTable("training_travelway", {"one_id": "places_site", "other_id": "places_site"}),
    ]
