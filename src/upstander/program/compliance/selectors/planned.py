"""How the database is told to plan the one statement of obligations."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

PLANNED = """SELECT set_config('jit', 'off', true), set_config('enable_nestloop', %(others)s, true),
    set_config('enable_mergejoin', %(others)s, true), set_config('enable_sort', %(others)s, true),
    set_config('work_mem', %(memory)s, true)"""
LARGE, SMALL = {"others": "off", "memory": "64MB"}, {"others": "on", "memory": "4MB"}


@contextmanager
def planned(*, is_large: bool) -> Iterator[CursorWrapper]:
    """A cursor for the statement: the database guesses too high to compile it and, of JSON, too low to join it.

    It would spend seconds on machine code for a statement of milliseconds, and, for everyone, compare all with all or
    sort all for what a hashed join finds at once.
    Takes no actor: it asks nothing by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, LARGE if is_large else SMALL)
        yield cursor
        cursor.execute(PLANNED, SMALL)
