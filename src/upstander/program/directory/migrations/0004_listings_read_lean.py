"""What a search looks at stays in the row; what a page or a program reads lies beside it, ready as it goes out."""

from django.db import migrations, models

# Rows of a quarter of a kilobyte instead of two: looking through all of them touches little memory. The wide columns are
# read for the few rows that are shown, and nothing of them has to be unpacked when all are exported.
LEAN = """
    ALTER TABLE directory_listing SET (toast_tuple_target = 128);
    ALTER TABLE directory_listing
        ALTER COLUMN shown SET STORAGE EXTERNAL, ALTER COLUMN record SET STORAGE EXTERNAL,
        ALTER COLUMN terms SET STORAGE EXTERNAL,
        ALTER COLUMN about_en SET STORAGE EXTERNAL, ALTER COLUMN about_es SET STORAGE EXTERNAL,
        ALTER COLUMN name_en SET STORAGE MAIN, ALTER COLUMN name_es SET STORAGE MAIN,
        ALTER COLUMN organization SET STORAGE MAIN, ALTER COLUMN needs SET STORAGE MAIN,
        ALTER COLUMN languages SET STORAGE MAIN, ALTER COLUMN access SET STORAGE MAIN,
        ALTER COLUMN city SET STORAGE MAIN, ALTER COLUMN week SET STORAGE MAIN;
"""
# Rows without a record of their own had an empty one.
BLANK = "UPDATE directory_listing SET record = '' WHERE number > 0"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_found_by_what_is_there"),
    ]

    operations = [
        migrations.RunSQL(LEAN, migrations.RunSQL.noop),
        migrations.AlterField(model_name="listing", name="record", field=models.TextField(blank=True)),
        migrations.RunSQL(BLANK, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="listing", name="listing_by_name"),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["district_id", "kind", "number"], name="listing_by_kind"),
        ),
    ]
