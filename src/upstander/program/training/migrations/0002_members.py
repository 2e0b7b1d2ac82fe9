

import django.contrib.postgres.constraints
import datetime
from typing import Any

import django.db.models.deletion
import django.utils.timezone
import upstander.district.places.models
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.refs import new_ref
from upstander.foundation.kernel.tenancy import SecureTable


def let_them_lead_on(apps: Any, schema_editor: Any) -> None:
    """Who was in the Cadre before skills were written down could lead staff sessions, and still can."""
    Member, Skill = apps.get_model("training", "CadreMember"), apps.get_model("training", "Skill")
    Assignment = apps.get_model("training", "Assignment")
    for member in Member.objects.all():
        first = Assignment.objects.filter(member=member).order_by("starts_at").first()
        since = first.starts_at if first else django.utils.timezone.now()
        Skill.objects.create(
            ref=new_ref(), district_id=member.district_id, member=member, offering="staff", part="lead",
            starts_on=since.date() - datetime.timedelta(days=1), recorded_at=django.utils.timezone.now(),
        )



class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_post_in_district_once'),
        ('places', '0003_no_pattern_index'),
        ('training', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('issuer', models.CharField(max_length=80)),
                ('is_certificated', models.BooleanField()),
            ],
            options={'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='credential_period')]},
        ),
        migrations.CreateModel(
            name='MemberRegion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='member_region_period')]},
        ),
        migrations.CreateModel(
            name='MemberUnit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='member_unit_period')]},
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='release_period')]},
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('offering', models.CharField(choices=[('staff', 'Staff session'), ('consultation', 'Consultation'), ('caregivers', 'Caregiver evening'), ('presentation', 'Student presentation'), ('event', 'Event or symposium')], max_length=20)),
                ('part', models.CharField(choices=[('lead', 'Leads alone'), ('co_lead', 'Co-leads'), ('shadow', 'Shadows')], max_length=10)),
            ],
            options={'indexes': [models.Index(fields=['district_id', 'ends_on'], name='skill_by_end')], 'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='skill_period')]},
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('name_en', models.CharField(max_length=60)),
                ('name_es', models.CharField(max_length=60)),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('district_id', 'name_en'), name='unit_name_once')]},
        ),
        migrations.AddField(
            model_name='cadremember',
            name='deputy',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands_in_for', to='training.cadremember'),
        ),
        migrations.AddField(
            model_name='cadremember',
            name='travel_limit_km',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name='cadremember',
            constraint=models.CheckConstraint(condition=models.Q(('deputy__isnull', True), models.Q(('deputy', models.F('id')), _negated=True), _connector='OR'), name='nobody_is_their_own_deputy'),
        ),
        migrations.AddField(
            model_name='credential',
            name='member',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='training.cadremember'),
        ),
        migrations.AddField(
            model_name='memberregion',
            name='member',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='regions', to='training.cadremember'),
        ),
        migrations.AddField(
            model_name='memberregion',
            name='region',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='places.region'),
        ),
        migrations.AddField(
            model_name='memberunit',
            name='member',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='training.cadremember'),
        ),
        migrations.AddField(
            model_name='release',
            name='member',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='training.cadremember'),
        ),
        migrations.AddField(
            model_name='release',
            name='released_by',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
        ),
        migrations.AddField(
            model_name='skill',
            name='member',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='training.cadremember'),
        ),
        migrations.AddField(
            model_name='memberunit',
            name='unit',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='training.unit'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[('district_id', '='), ('member', '='), (upstander.district.places.models.Days(), '&&')], name='credential_once'),
        ),
        migrations.AddConstraint(
            model_name='memberregion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[('district_id', '='), ('member', '='), (upstander.district.places.models.Days(), '&&')], name='member_region_once'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[('district_id', '='), ('member', '='), (upstander.district.places.models.Days(), '&&')], name='release_once'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[('district_id', '='), ('member', '='), ('offering', '='), (upstander.district.places.models.Days(), '&&')], name='skill_once'),
        ),
        migrations.AddConstraint(
            model_name='memberunit',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[('district_id', '='), ('member', '='), (upstander.district.places.models.Days(), '&&')], name='member_unit_once'),
        ),
        SecureTable("training_unit"),
        SecureTable("training_memberregion", {"member_id": "training_cadremember", "region_id": "places_region"}),
        SecureTable("training_memberunit", {"member_id": "training_cadremember", "unit_id": "training_unit"}),
        SecureTable("training_credential", {"member_id": "training_cadremember"}),
        SecureTable("training_release", {"member_id": "training_cadremember", "released_by_id": "people_person"}),
        SecureTable("training_skill", {"member_id": "training_cadremember"}),
        migrations.RunSQL(
            "ALTER TABLE training_cadremember ADD CONSTRAINT training_cadremember_deputy_id_district_fk "
            "FOREIGN KEY (district_id, deputy_id) REFERENCES training_cadremember (district_id, id)",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(let_them_lead_on, migrations.RunPython.noop),
    ]
