import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0003_what_a_room_keeps'),
    ]

    operations = [
        migrations.AddField(
            model_name='busytime',
            name='is_from_file',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='BusyFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('read_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('stretch_count', models.PositiveIntegerField()),
                ('member', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='busy_files', to='training.cadremember')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('district_id', 'member'), name='busy_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('code', models.CharField(max_length=26, unique=True)),
                ('made_at', models.DateTimeField()),
                ('member', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='training.cadremember')),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.site')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('member__isnull', True), ('site__isnull', False)), models.Q(('member__isnull', False), ('site__isnull', True)), _connector='OR'), name='feed_of_a_member_or_a_site'), models.UniqueConstraint(fields=('district_id', 'member'), name='one_feed_per_member'), models.UniqueConstraint(fields=('district_id', 'site'), name='one_feed_per_site')],
            },
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('taken', 'Taken'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('assignment', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='swaps', to='training.assignment')),
                ('colleague', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='asked_of', to='training.cadremember')),
            ],
            options={
                'indexes': [models.Index(fields=['district_id', 'asked_at'], name='swap_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('district_id', 'assignment'), name='one_open_swap'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='swap_settled')],
            },
        ),
        SecureTable("training_busyfile", {"member_id": "training_cadremember"}),
        SecureTable("training_feed", {"member_id": "training_cadremember", "site_id": "places_site"}),
        SecureTable(
            "training_swap", {"assignment_id": "training_assignment", "colleague_id": "training_cadremember"}
        ),
    ]
