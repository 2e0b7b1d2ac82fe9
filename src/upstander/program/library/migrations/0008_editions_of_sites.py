import django.db.models.deletion
import upstander.foundation.kernel.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0007_cards_on_own_pages'),
        ('places', '0003_no_pattern_index'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='printedition',
            name='print_has_one_edition',
        ),
        migrations.AddField(
            model_name='printedition',
            name='site',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.site'),
        ),
        migrations.AddConstraint(
            model_name='printedition',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('district_id', 'site', 'key', 'language'), name='print_has_one_edition', nulls_distinct=False),
        ),
        # Foreign keys bypass row security: the real one is of both columns, as `SecureTable` makes it for a new table.
        migrations.RunSQL(
            "ALTER TABLE library_printedition ADD CONSTRAINT library_printedition_site_id_district_fk "
            "FOREIGN KEY (district_id, site_id) REFERENCES places_site (district_id, id)"
        ),
    ]
