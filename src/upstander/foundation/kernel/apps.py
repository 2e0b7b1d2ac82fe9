from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import pre_migrate


def share_new_tables(using: str, **_: Any) -> None:
    """Let the serving role read and write what the owner is about to create (never own it)."""
    connection = connections[using]
    role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (settings.DATABASE_APP_ROLE,):
            return
        cursor.execute(f"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}")
        cursor.execute(f"ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {role}")


class KernelConfig(AppConfig):
    name = "upstander.foundation.kernel"
    label = "kernel"

    def ready(self) -> None:
        pre_migrate.connect(share_new_tables, sender=self)
