import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0035_parts_of_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('release', 'Release'), ('credential', 'Credential'), ('skill', 'Skill')], max_length=10)),
                ('fact_ref', models.CharField(max_length=12)),
                ('reason', models.CharField(choices=[('person', 'It belongs to somebody else'), ('days', 'The days are not right'), ('mistyped', 'Something else was meant'), ('never', 'It was never given')], max_length=10)),
                ('actor_name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='training.cadremember')),
            ],
            options={
                'abstract': False,
            },
        ),
        SecureTable("training_takenback", {"member_id": "training_cadremember"}, append_only=True),
    ]
