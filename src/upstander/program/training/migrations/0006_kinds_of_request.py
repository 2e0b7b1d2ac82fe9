import datetime
import django.db.models.deletion
import upstander.foundation.kernel.refs
from django.conf import settings
from django.db import migrations, models

from upstander.foundation.kernel.tenancy import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_no_pattern_index'),
        ('training', '0005_year_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UnprovenRequest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('district_id', models.BigIntegerField(editable=False)),
                ('ref', models.CharField(default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=5)),
                ('wish', models.JSONField()),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={'indexes': [models.Index(fields=['district_id', 'expires_at'], name='unproven_by_end')]},
        ),
        migrations.RemoveConstraint(
            model_name='request',
            name='request_head_count',
        ),
        migrations.RemoveConstraint(
            model_name='request',
            name='request_minutes',
        ),
        migrations.AddField(
            model_name='request',
            name='answers',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='request',
            name='contact_email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='request',
            name='contact_language',
            field=models.CharField(blank=True, max_length=5),
        ),
        migrations.AddField(
            model_name='request',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='request',
            name='edition',
            field=models.DateField(default=datetime.date(2026, 11, 16)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='request',
            name='entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='request',
            name='escalated',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='request',
            name='kind',
            field=models.CharField(default='training', max_length=20),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='request',
            name='audience',
            field=models.CharField(max_length=20),
        ),
        migrations.AlterField(
            model_name='request',
            name='decline_reason',
            field=models.CharField(blank=True, choices=[('trained', 'The site is already trained this year'), ('twice', 'The same request was made twice'), ('no_day', 'No consultant is free on the wished days; please ask again with others'), ('other_office', 'Another office gives this'), ('held', 'It was held this year already'), ('staff_first', 'The staff of the site are trained first; please ask again then'), ('not_reached', 'We called at several of the chosen times and reached nobody'), ('no_stock', 'The materials are out of stock; please ask again next month')], max_length=20),
        ),
        migrations.AlterField(
            model_name='request',
            name='minutes',
            field=models.PositiveSmallIntegerField(),
        ),
        migrations.AlterField(
            model_name='request',
            name='mode',
            field=models.CharField(blank=True, choices=[('in_person', 'In person'), ('online', 'Online')], max_length=10),
        ),
        migrations.AlterField(
            model_name='request',
            name='requested_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['district_id', 'due_on'], name='request_by_due_day'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('head_count__gte', 0), ('head_count__lte', 1500)), name='request_head_count'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__in', [0, 60, 90, 120])), name='request_minutes'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('requested_by__isnull', True), ('contact_email', ''), _connector='OR'), name='request_of_one_requester'),
        ),
        SecureTable("training_unprovenrequest"),
    ]
