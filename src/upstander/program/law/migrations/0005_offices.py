from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0004_policy_name_es'),
    ]

    operations = [
        migrations.AlterField(
            model_name='localentry',
            name='kind',
            field=models.CharField(choices=[('child_welfare', 'Child Welfare'), ('coordinator', 'Coordinator'), ('region_lead', 'Region Lead'), ('steps', 'Steps'), ('level_name', 'Level Name'), ('level_steps', 'Level Steps'), ('offices', 'Offices'), ('station', 'Station')], max_length=16),
        ),
        migrations.AddField(
            model_name='localline',
            name='room',
            field=models.CharField(blank=True, default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='localline',
            name='open_at',
            field=models.CharField(blank=True, default='', max_length=16),
            preserve_default=False,
        ),
    ]
