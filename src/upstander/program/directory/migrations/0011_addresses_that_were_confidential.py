import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Now

import upstander.foundation.kernel.models
import upstander.foundation.kernel.refs
from upstander.foundation.kernel.secrets import pseudonym
from upstander.foundation.kernel.tenancy import SecureTable
from upstander.program.directory.content.where import address_of


def remember(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note the address of every place, and of those that are confidential now that they are."""
    kept = apps.get_model("directory", "ConfidentialAddress")
    for place in apps.get_model("directory", "Location").objects.exclude(street="").iterator():
        place.address = address_of(place.street, place.city)
        place.save(update_fields=["address"])
        if place.kind == "area" and place.address:
            told = {"digest": pseudonym("confidential-address", place.address), "is_opened": False, "at": Now()}
            kept.objects.create(district_id=place.district_id, location=place, **told)


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_found_by_name_and_place")]

    operations = [
        migrations.AddField(
            "location", "address", models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
        migrations.AddIndex(
            "location", models.Index(fields=["district_id", "address"], name="location_by_address")
        ),
        migrations.CreateModel(
            "ConfidentialAddress",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("district_id", models.BigIntegerField(editable=False)),
                (
                    "ref",
                    models.CharField(
                        default=upstander.foundation.kernel.refs.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "location",
                    upstander.foundation.kernel.models.DistrictForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.location",
                    ),
                ),
                ("digest", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("is_opened", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district_id", "digest", "id"], name="confidential_address_by_digest")
                ]
            },
        ),
        SecureTable("directory_confidentialaddress", {"location_id": "directory_location"}, unchangeable=True),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
