from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0004_days_kept_for_tests'),
        ('training', '0029_confirmed_are_due_on_their_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='meeting',
            field=models.URLField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('meeting', ''), models.Q(('meeting__startswith', 'https://'), models.Q(('mode', 'in_person'), _negated=True)), _connector='OR'), name='session_joined_from_afar'),
        ),
    ]
