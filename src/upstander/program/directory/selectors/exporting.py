"""All that is published, service by service, for files."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.db import connection

from upstander.foundation.kernel.actor import Actor
from upstander.program.directory.content.package import write_package
from upstander.program.directory.models import Service
from upstander.program.directory.states import HIDDEN_DAYS

LIST, PACKAGE = FORMS = ("json", "zip")
# The database writes the lines itself. A JSON text holds no control sign, so that these two never quote or part it.
EXPORT = r"""
    COPY (
        SELECT record FROM directory_listing
        WHERE district_id = %s AND kind = %s AND number = 0 AND verified_on > %s ORDER BY id
    ) TO STDOUT (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
"""


def write_services(*, actor: Actor, file: BinaryIO, form: str, on: dt.date) -> int:
    """Write every published service to a file: as a JSON list, or in the form `zip` as the standard's tabular package;
    gives how many. Memory stays flat. Public."""
    lines = _lines(actor, on)
    return write_package(file, lines) if form == PACKAGE else _write_list(file, lines)


def _lines(actor: Actor, on: dt.date) -> Iterator[bytes]:
    """One JSON text after the other as the database sends it."""
    oldest = on - dt.timedelta(days=HIDDEN_DAYS)
    told = [actor.district_id, Service.Kind.SERVICE.value, oldest]
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(EXPORT, told) as lines:
        for line in lines:
            yield bytes(line).rstrip(b"\n")


def _write_list(file: BinaryIO, lines: Iterable[bytes]) -> int:
    count = 0
    for count, line in enumerate(lines, 1):
        file.write((b"[\n" if count == 1 else b",\n") + line)
    file.write(b"\n]\n" if count else b"[]\n")
    return count
