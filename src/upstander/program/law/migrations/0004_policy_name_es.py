from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0003_second_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='policyversion',
            name='name_es',
            field=models.CharField(blank=True, default='', max_length=120),
            preserve_default=False,
        ),
    ]
