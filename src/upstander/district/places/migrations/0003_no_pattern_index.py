from django.db import migrations

# Django adds an index for LIKE beside every unique text. Nobody searches refs by pattern, and a load of 18,000 sites
# pays for each of these.
DROP = r"""
    DO $$ DECLARE found record; BEGIN
        FOR found IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
            AND tablename IN ('places_site', 'places_sitestatus') AND indexname LIKE '%\_ref\_%\_like'
        LOOP EXECUTE format('DROP INDEX %I', found.indexname); END LOOP;
    END $$
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0002_directory_load")]

    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
