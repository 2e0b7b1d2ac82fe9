from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0036_taken_back'),
    ]

    operations = [
        migrations.AlterField(
            model_name='planmove',
            name='step',
            field=models.CharField(choices=[('drafted', 'Drafted'), ('improved', 'Improved by the planner'), ('changed', 'Day or consultant changed'), ('pinned', 'Pinned'), ('unpinned', 'Given free again'), ('left_out', 'Left out'), ('taken_in', 'Taken in again'), ('allowed', 'Held by an exception'), ('released', 'Released'), ('set_aside', 'Set aside'), ('accepted', 'Accepted by the site'), ('declined', 'Declined by the site'), ('asked', 'Asked again'), ('reminded', 'Reminded'), ('taken_up', 'Taken up again'), ('reopened', 'The decline was taken back'), ('superseded', 'Replaced by the next plan')], max_length=10),
        ),
    ]
