import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable

NAME = "^[\\w .,:&()#/\\-]+$"
WRONG = "Slides are named with letters, digits and blanks, for instance “Staff session, fall”."
REF = models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0038_answers_put_right'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='request', name='request_minutes'),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', 0), models.Q(('minutes__gte', 15), ('minutes__lte', 240)), _connector='OR'), name='request_minutes'),
        ),
        migrations.CreateModel(
            name='OwnOffering',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', REF.clone()),
                ('retired_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DueDays',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', REF.clone()),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=10)),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('starts_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['district_id', 'kind', 'state'], name='due_days_by_step')],
                'constraints': [models.CheckConstraint(condition=models.Q(('days__isnull', True), models.Q(('days__gte', 1), ('days__lte', 60)), _connector='OR'), name='due_days_within_limits')],
            },
        ),
        migrations.CreateModel(
            name='OwnEdition',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', REF.clone()),
                ('starts_on', models.DateField()),
                ('title_en', models.CharField(max_length=80, validators=[django.core.validators.RegexValidator(NAME, WRONG)])),
                ('title_es', models.CharField(max_length=80, validators=[django.core.validators.RegexValidator(NAME, WRONG)])),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('agenda', models.JSONField()),
                ('handouts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('is_usual', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offering', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='training.ownoffering')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('district_id', 'offering', 'starts_on'), name='own_edition_once_a_day'), models.CheckConstraint(condition=models.Q(('minutes__gte', 15), ('minutes__lte', 240)), name='own_edition_minutes')],
            },
        ),
        SecureTable("training_ownoffering"),
        SecureTable("training_ownedition", {"offering_id": "training_ownoffering"}, append_only=True),
        SecureTable("training_duedays", append_only=True),
    ]
