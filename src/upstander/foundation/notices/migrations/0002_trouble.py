import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeTrouble',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('notice_id', models.BigIntegerField()),
                ('cause', models.CharField(choices=[('refused', 'Refused'), ('later', 'Later'), ('login', 'Login'), ('unreachable', 'Unreachable')], max_length=12)),
                ('code', models.PositiveSmallIntegerField(null=True)),
                ('tries_count', models.PositiveSmallIntegerField()),
                ('tried_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('retrying', 'Retrying'), ('stopped', 'Stopped'), ('given_up', 'Given Up')], max_length=10)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('district_id', 'notice_id'), name='notice_trouble_once')],
            },
        ),
        SecureTable("notices_noticetrouble", district_fk=False),
    ]
