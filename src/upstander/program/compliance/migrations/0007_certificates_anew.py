
import django.db.models.deletion
import upstander.foundation.kernel.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0006_reminders'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='certificate',
            name='certificate_once',
        ),
        migrations.AddField(
            model_name='certificate',
            name='replaces',
            field=upstander.foundation.kernel.models.DistrictForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='compliance.certificate'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('district_id', 'completion', 'replaces'), name='certificate_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('district_id', 'replaces'), name='certificate_replaced_once'),
        ),
        # Foreign keys bypass row security: the real one is of both columns, as `SecureTable` makes it for a new table.
        migrations.RunSQL(
            "ALTER TABLE compliance_certificate ADD CONSTRAINT compliance_certificate_replaces_id_district_fk "
            "FOREIGN KEY (district_id, replaces_id) REFERENCES compliance_certificate (district_id, id)"
        ),
    ]
