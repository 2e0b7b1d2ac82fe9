import datetime as dt
from typing import Any

import django.contrib.postgres.constraints
import django.db.models.deletion
import upstander.district.places.models
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models
from django.utils import timezone

from upstander.foundation.kernel.refs import new_ref
from upstander.foundation.kernel.tenancy import SecureTable

LONG_AGO = dt.date(2000, 1, 1)  # before any plan


def keep_the_base(apps: Any, _schema_editor: Any) -> None:
    """The one base that was known of each member becomes their first row, with the site that lies there."""
    sites = apps.get_model("places", "Site").objects.filter(latitude__isnull=False, longitude__isnull=False)
    named = {(site.district_id, site.latitude, site.longitude): site.pk for site in sites.order_by("-id")}
    base, now = apps.get_model("training", "HomeBase"), timezone.now()
    base.objects.bulk_create(
        base(
            district_id=member.district_id,
            ref=new_ref(),
            member_id=member.pk,
            site_id=named.get((member.district_id, member.home_latitude, member.home_longitude)),
            latitude=member.home_latitude,
            longitude=member.home_longitude,
            starts_on=LONG_AGO,
            recorded_at=now,
        )
        for member in apps.get_model("training", "CadreMember").objects.order_by("id")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0019_kept_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomeBase',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('latitude', models.FloatField()),
                ('longitude', models.FloatField()),
                ('member', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='training.cadremember')),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[('district_id', '='), ('member', '='), (upstander.district.places.models.Days(), '&&')], name='home_base_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='home_base_period')],
            },
        ),
        SecureTable("training_homebase", {"member_id": "training_cadremember", "site_id": "places_site"}),
        migrations.RunPython(keep_the_base, migrations.RunPython.noop),
        migrations.RemoveField(model_name='cadremember', name='home_latitude'),
        migrations.RemoveField(model_name='cadremember', name='home_longitude'),
    ]
