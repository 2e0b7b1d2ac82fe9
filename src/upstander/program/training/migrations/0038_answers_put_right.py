import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0037_replaced_by_the_next'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('actor_name', models.CharField(max_length=60)),
                ('is_of_district', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='answer_changes', to='training.request')),
            ],
            options={
                'indexes': [models.Index(fields=['district_id', 'request', 'at'], name='answer_changes')],
            },
        ),
        SecureTable("training_answerchange", {"request_id": "training_request"}, append_only=True),
    ]
