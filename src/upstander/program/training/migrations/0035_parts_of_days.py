from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0034_sessions_for_an_audience'),
    ]

    operations = [
        migrations.AddField(
            model_name='availabilityexception',
            name='starts',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='availabilityexception',
            name='ends',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='availabilityexception',
            name='is_extra',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='availabilityexception',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends__isnull', True), ('is_extra', False), ('starts__isnull', True)), ('ends__gt', models.F('starts')), _connector='OR'), name='availability_exception_hours'),
        ),
    ]
