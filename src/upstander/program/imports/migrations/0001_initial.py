import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('site_trainings', 'Site Trainings'), ('completions', 'Completions'), ('requests', 'Requests')], max_length=20)),
                ('state', models.CharField(max_length=12)),
                ('state_since', models.DateTimeField()),
                ('file_name', models.CharField(max_length=120)),
                ('digest', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField()),
                ('choice', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('rows_until', models.DateTimeField()),
                ('loaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={'indexes': [models.Index(fields=['district_id', 'loaded_at'], name='import_by_time'), models.Index(fields=['district_id', 'rows_until'], name='import_by_end')]},
        ),
        migrations.CreateModel(
            name='ImportResult',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('made_ref', models.CharField(max_length=12)),
                ('replaced_ref', models.CharField(blank=True, max_length=12)),
                ('load', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='imports.import')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('district_id', 'load', 'made_ref'), name='result_once')]},
        ),
        migrations.CreateModel(
            name='ImportSheet',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('rows', models.JSONField()),
                ('marks', models.JSONField()),
                ('load', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='imports.import')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('district_id', 'load', 'position'), name='sheet_once')]},
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('site', 'Site'), ('person', 'Person'), ('course', 'Course')], max_length=10)),
                ('said', models.CharField(max_length=340)),
                ('chosen', models.CharField(blank=True, max_length=60)),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.CharField(max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['district_id', 'kind', 'said'], name='match_by_said')],
            },
        ),
        SecureTable("imports_import"),
        SecureTable("imports_importsheet", {"load_id": "imports_import"}),
        SecureTable("imports_match", append_only=True),
        SecureTable("imports_importresult", {"load_id": "imports_import"}, append_only=True),
    ]
