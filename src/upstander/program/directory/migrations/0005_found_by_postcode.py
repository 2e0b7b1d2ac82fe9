"""Other programs ask by postcode: it stands beside the coordinates now, and like them only where anybody may know it."""

from django.db import migrations, models

# What is published already says it among what a page draws.
TELL = """
    UPDATE directory_listing SET postal_code = coalesce(shown -> 'places' -> number ->> 'postal_code', '')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_listings_read_lean"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="postal_code",
            field=models.CharField(blank=True, max_length=10, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
    ]
