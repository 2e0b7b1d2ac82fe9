from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def let_texts_be_emptied(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """That a mail went out, and when, can still not be changed; what it said can be erased."""
    role = schema_editor.quote_name(settings.DATABASE_APP_ROLE)
    schema_editor.execute(f"GRANT UPDATE (body) ON notices_noticesent TO {role}")


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_trouble"),
    ]

    operations = [migrations.RunPython(let_texts_be_emptied)]
