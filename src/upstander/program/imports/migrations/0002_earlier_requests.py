import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
        ('places', '0003_no_pattern_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierRequest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('asked_on', models.DateField()),
                ('head_count', models.PositiveSmallIntegerField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=60)),
                ('load', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.import')),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
            ],
            options={'indexes': [models.Index(fields=['district_id', 'asked_on'], name='earlier_request_by_day')]},
        ),
        migrations.CreateModel(
            name='EarlierRequestRetraction',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=60)),
                ('request', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='retractions', to='imports.earlierrequest')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('district_id', 'request'), name='earlier_retracted_once')]},
        ),
        SecureTable(
            "imports_earlierrequest", {"site_id": "places_site", "load_id": "imports_import"}, append_only=True
        ),
        SecureTable(
            "imports_earlierrequestretraction", {"request_id": "imports_earlierrequest"}, append_only=True
        ),
    ]
