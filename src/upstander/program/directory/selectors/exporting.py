"""All that is published, service by service, for files."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection

from upstander.foundation.kernel.actor import Actor
from upstander.program.directory.models import Service
from upstander.program.directory.states import HIDDEN_DAYS

# The database writes the lines itself. A JSON text holds no control sign, so that these two never quote or part it.
EXPORT = r"""
    COPY (
        SELECT record FROM directory_listing
        WHERE district_id = %s AND kind = %s AND number = 0 AND verified_on > %s ORDER BY id
    ) TO STDOUT (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
"""


def export_lines(*, actor: Actor, on: dt.date) -> Iterator[bytes]:
    """Every published service, one JSON text after the other as the database sends it: memory stays flat. Public."""
    oldest = on - dt.timedelta(days=HIDDEN_DAYS)
    told = [actor.district_id, Service.Kind.SERVICE.value, oldest]
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(EXPORT, told) as lines:
        for line in lines:
            yield bytes(line).rstrip(b"\n")
