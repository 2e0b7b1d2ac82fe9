import django.contrib.postgres.fields
import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0021_languages_are_data'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UsualSession',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('hybrid', 'In person and online')], max_length=10)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), size=None)),
                ('is_alone', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('district_id', 'site'), name='one_usual_session_per_site')],
            },
        ),
        SecureTable("training_usualsession", {"site_id": "places_site"}),
    ]
