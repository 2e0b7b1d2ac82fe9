import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
import upstander.foundation.vault.fields
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0014_times_called_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConnectedCalendar',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('address', upstander.foundation.vault.fields.SealedField(max_length=1400)),
                ('host', models.CharField(max_length=253)),
                ('connected_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('tries_count', models.PositiveSmallIntegerField(default=0)),
                ('read_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('stretch_count', models.PositiveIntegerField(default=0)),
                ('etag', models.CharField(blank=True, max_length=200)),
                ('changed', models.CharField(blank=True, max_length=200)),
                ('trouble', models.CharField(blank=True, max_length=20)),
                ('trouble_line', models.PositiveIntegerField(null=True)),
                ('member', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='connected', to='training.cadremember')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('district_id', 'member'), name='one_connected_calendar')],
                'indexes': [models.Index(fields=['district_id', 'next_at'], name='connected_by_next')],
            },
        ),
        migrations.AddField(
            model_name='busytime',
            name='is_connected',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.CheckConstraint(condition=models.Q(('is_connected', True), ('is_from_file', True), _negated=True), name='busy_time_one_source'),
        ),
        SecureTable("training_connectedcalendar", {"member_id": "training_cadremember"}),
    ]
