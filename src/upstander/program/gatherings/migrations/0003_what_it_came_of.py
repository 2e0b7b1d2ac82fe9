import django.db.models.deletion
from django.db import migrations, models

from upstander.foundation.kernel.models import DistrictForeignKey


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0002_symposiums"), ("training", "0014_times_called_off")]

    operations = [
        migrations.AddField(
            model_name="symposium",
            name="request",
            field=DistrictForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="symposiums",
                to="training.request",
            ),
        ),
        migrations.AddConstraint(
            model_name="symposium",
            constraint=models.UniqueConstraint(
                condition=~models.Q(state="cancelled"),
                fields=("district_id", "request"),
                name="one_symposium_per_request",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE gatherings_symposium ADD CONSTRAINT gatherings_symposium_request_id_district_fk "
            "FOREIGN KEY (district_id, request_id) REFERENCES training_request (district_id, id)"
        ),
    ]
