"""Migration operation that makes a table district-owned for real: policy, composite keys, append-only."""

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# After a local setting ends it reads as an empty string, not NULL: NULLIF covers both, and NULL matches nothing.
DISTRICT = "NULLIF(current_setting('app.district', true), '')::bigint"
ACCOUNT = "NULLIF(current_setting('app.account', true), '')::bigint"
KEY = "NULLIF(current_setting('app.key', true), '')"


class SecureTable(Operation):
    """Row security with USING and WITH CHECK, a `(district_id, id)` key, and composite foreign keys.

    `keys` maps a column to the district-owned table it points to. `append_only` takes UPDATE and DELETE from the
    serving role; `unchangeable` takes UPDATE alone, for lines that may be erased as a whole and never edited.
    `rule` replaces the policy's condition where it is not simply the district. Foundation tables
    are made before there is a table of districts: they say `district_fk=False`.
    """

    reduces_to_sql = True
    reversible = False
    atomic = True

    def __init__(
        self,
        table: str,
        keys: dict[str, str] | None = None,
        append_only: bool = False,
        rule: str = f"district_id = {DISTRICT}",
        district_fk: bool = True,
        unchangeable: bool = False,
    ) -> None:
        self.table, self.keys, self.append_only = table, keys or {}, append_only
        self.unchangeable = unchangeable
        self.rule, self.district_fk = rule, district_fk

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing in the models' state changes; the promise is the database's own."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self.statements(schema_editor.quote_name(settings.DATABASE_APP_ROLE)):
            # Without parameters psycopg does not read % as a placeholder.
            schema_editor.execute(statement, params=None)

    def statements(self, role: str) -> list[str]:
        table = self.table
        found = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY district ON {table} USING ({self.rule}) WITH CHECK ({self.rule})",
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_district_key UNIQUE (district_id, id)",
        ]
        if self.district_fk:
            found.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_district_fk "
                "FOREIGN KEY (district_id) REFERENCES places_district (id)"
            )
        found += [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_district_fk "
            f"FOREIGN KEY (district_id, {column}) REFERENCES {target} (district_id, id)"
            for column, target in self.keys.items()
        ]
        if self.append_only:
            found.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
        if self.unchangeable:
            found.append(f"REVOKE UPDATE, TRUNCATE ON {table} FROM {role}")
        return found

    def describe(self) -> str:
        return f"Row security and district keys on {self.table}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        told = {"keys": self.keys, "append_only": self.append_only, "rule": self.rule, "district_fk": self.district_fk}
        if self.unchangeable:
            told["unchangeable"] = True
        return self.__class__.__name__, [self.table], told
