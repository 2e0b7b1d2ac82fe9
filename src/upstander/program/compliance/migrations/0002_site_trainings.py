import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0001_initial'),
        ('places', '0003_no_pattern_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteTraining',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('subject', models.SlugField(db_index=False, max_length=60)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('held_on', models.DateField(null=True)),
                ('head_count', models.PositiveSmallIntegerField(null=True)),
                ('evidence_ref', models.CharField(max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=60)),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='site_trainings', to='places.site')),
            ],
            options={'indexes': [models.Index(fields=['district_id', 'site', 'school_year'], name='site_training_by_site')], 'constraints': [models.CheckConstraint(condition=models.Q(('school_year__gte', 2000), ('school_year__lte', 2100)), name='site_training_school_year'), models.CheckConstraint(condition=models.Q(('head_count__isnull', True), ('head_count__gte', 1), _connector='OR'), name='site_training_head_count')]},
        ),
        migrations.CreateModel(
            name='SiteTrainingRetraction',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=60)),
                ('site_training', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='retractions', to='compliance.sitetraining')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('district_id', 'site_training'), name='site_retracted_once')]},
        ),
        SecureTable("compliance_sitetraining", {"site_id": "places_site"}, append_only=True),
        SecureTable(
            "compliance_sitetrainingretraction", {"site_training_id": "compliance_sitetraining"}, append_only=True
        ),
    ]
