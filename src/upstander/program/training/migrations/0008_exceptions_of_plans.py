import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0007_who_comes_as_what'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='planmove',
            name='step',
            field=models.CharField(choices=[('drafted', 'Drafted'), ('improved', 'Improved by the planner'), ('changed', 'Day or consultant changed'), ('pinned', 'Pinned'), ('unpinned', 'Given free again'), ('left_out', 'Left out'), ('taken_in', 'Taken in again'), ('allowed', 'Held by an exception'), ('released', 'Released'), ('set_aside', 'Set aside'), ('accepted', 'Accepted by the site'), ('declined', 'Declined by the site')], max_length=10),
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('on', models.DateField()),
                ('starts', models.TimeField()),
                ('team', models.JSONField()),
                ('steps', models.JSONField()),
                ('reason', models.CharField(choices=[('site', 'The site agreed to it'), ('consultant', 'The consultant agreed to it'), ('supervisor', "The consultant's supervisor agreed to it"), ('office', 'The office decided it')], max_length=10)),
                ('until', models.DateField()),
                ('actor_name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='allowances', to='training.plan')),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='places.site')),
                ('year', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='places.schoolyear')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('district_id', 'year', 'site'), name='one_allowance_per_site')],
            },
        ),
        SecureTable(
            "training_allowance",
            {"year_id": "places_schoolyear", "plan_id": "training_plan", "site_id": "places_site"},
        ),
    ]
