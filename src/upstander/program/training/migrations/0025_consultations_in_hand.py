import django.db.models.deletion
import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0024_responders_said_without_a_network'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('taken_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('end', models.CharField(blank=True, choices=[('answered', 'The questions are answered'), ('session_next', 'Answered; the site will ask for a session'), ('other_office', 'Another office was named that gives this'), ('no_time', 'There is no time for it before its day'), ('knowledge', 'Somebody with other knowledge is needed'), ('tie', 'A close tie at the site'), ('not_reached', 'Called at several of the chosen times and reached nobody'), ('taken_over', 'The office took it over'), ('ended', 'The request ended')], max_length=12)),
                ('on', models.DateField(null=True)),
                ('minutes', models.PositiveSmallIntegerField(null=True)),
                ('member', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='call_backs', to='training.cadremember')),
                ('request', upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='call_backs', to='training.request')),
            ],
            options={
                'indexes': [models.Index(fields=['district_id', 'member', 'taken_at'], name='call_backs_of_member')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('district_id', 'request'), name='consultation_in_one_hand'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at__isnull', True)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='call_back_ends_somehow'), models.CheckConstraint(condition=models.Q(models.Q(('end__in', ['answered', 'session_next', 'other_office']), ('minutes__isnull', False), ('on__isnull', False), ('minutes__gte', 5), ('minutes__lte', 240)), models.Q(models.Q(('end__in', ['answered', 'session_next', 'other_office']), _negated=True), ('minutes__isnull', True), ('on__isnull', True)), _connector='OR'), name='call_that_was_made_took_its_time')],
            },
        ),
        SecureTable("training_callback", {"request_id": "training_request", "member_id": "training_cadremember"}),
    ]
