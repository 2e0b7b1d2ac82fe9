import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0016_slides_of_a_district'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='planentry',
            name='host',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='training.planentry'),
        ),
        migrations.CreateModel(
            name='Hosting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('actor_name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=60)),
                ('ended_how', models.CharField(blank=True, choices=[('separated', 'Separated by the office'), ('declined', 'The guest declined the day'), ('host', 'The host declined the day'), ('held', 'The session was held'), ('left', 'The guest’s request ended or asked for other days')], max_length=10)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('guest', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
                ('host', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
                ('year', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.schoolyear')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('host', models.F('guest')), _negated=True), name='hosting_of_another_site'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('district_id', 'year', 'guest'), name='guest_of_one_host')],
            },
        ),
        migrations.CreateModel(
            name='SessionGuest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('request', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='training.request')),
                ('session', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='training.session')),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('district_id', 'request'), name='request_visits_one_session'), models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('district_id', 'session', 'site'), name='guest_once_in_session')],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE training_planentry ADD CONSTRAINT training_planentry_host_id_district_fk "
            "FOREIGN KEY (district_id, host_id) REFERENCES training_planentry (district_id, id)",
            migrations.RunSQL.noop,
        ),
        SecureTable(
            "training_hosting", {"year_id": "places_schoolyear", "host_id": "places_site", "guest_id": "places_site"}
        ),
        SecureTable(
            "training_sessionguest",
            {"session_id": "training_session", "site_id": "places_site", "request_id": "training_request"},
        ),
    ]
