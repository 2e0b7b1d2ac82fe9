from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0005_offices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='localentry',
            name='kind',
            field=models.CharField(choices=[('child_welfare', 'Child Welfare'), ('coordinator', 'Coordinator'), ('region_lead', 'Region Lead'), ('steps', 'Steps'), ('level_name', 'Level Name'), ('level_steps', 'Level Steps'), ('offices', 'Offices'), ('families', 'Families'), ('station', 'Station')], max_length=16),
        ),
    ]
