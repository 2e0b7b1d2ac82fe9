from django.db import migrations, models


class Migration(migrations.Migration):
    """Until now one held each session; from now on others may come with them."""

    dependencies = [('training', '0006_kinds_of_request')]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='role',
            field=models.CharField(
                choices=[('lead', 'Leads'), ('co_lead', 'Co-leads'), ('shadow', 'Shadows')], default='lead', max_length=10
            ),
        ),
        migrations.RemoveConstraint(model_name='assignment', name='one_lead_per_session'),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(
                condition=models.Q(('released_at__isnull', True), ('role', 'lead')),
                fields=('district_id', 'session'),
                name='one_lead_per_session',
            ),
        ),
    ]
