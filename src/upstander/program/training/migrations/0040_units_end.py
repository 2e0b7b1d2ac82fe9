from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0039_offerings_of_a_district'),
    ]

    operations = [
        migrations.AddField('unit', 'ended_on', models.DateField(null=True)),
    ]
