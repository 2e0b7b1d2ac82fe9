"""The district setting that row-level security reads. Every way into the database goes through here."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def in_district(district_id: int | None, *, account_id: int | None = None, read_only: bool = False) -> Iterator[None]:
    """Open one transaction in which only this district's rows exist; nested, the outer setting comes back.

    `None` opens a transaction that sees no district-owned row at all. `read_only` makes the database itself refuse
    writes. The settings end with the transaction, so a pooled connection carries nothing to the next request.
    """
    outer = _current() if connection.in_atomic_block else None
    with transaction.atomic():
        enter_district(district_id, account_id=account_id, read_only=read_only)
        yield
        if outer is not None:
            _restore(*outer)


def enter_district(district_id: int | None, *, account_id: int | None = None, read_only: bool = False) -> None:
    """Set the district for the rest of the open transaction; only for whoever opened it (the request middleware)."""
    _set("" if district_id is None else str(district_id), str(account_id or ""), read_only)


def act_as(account_id: int) -> None:
    """Name the signed-in account to row security, once the session has been read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.account', %s, true)", [str(account_id)])


@contextmanager
def holding(key: str) -> Iterator[None]:
    """Show row security one random key for the rest of the block: rows that belong to this key open, and no others.

    This is how a job reaches the one row whose ref it carries, and how a one-time code finds what it invites to,
    without anyone being signed in as its owner. Needs an open transaction, and ends with it at the latest.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.key', true), '')")
        outer = str(cursor.fetchone()[0])
    _set_key(key)
    yield
    if not connection.needs_rollback:
        _set_key(outer)


@contextmanager
def alone(key: str) -> Iterator[bool]:
    """Keep others out who come with the same key while the block runs; gives False, at once, to who is one of them.

    For work outside a transaction. The lock is the connection's, so it ends with a process that is killed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def in_turn(key: str) -> None:
    """Wait until every earlier transaction with the same key has ended; later ones wait for this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _set_key(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.key', %s, true)", [key])


def _current() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.district', true), ''),"
            " coalesce(current_setting('app.account', true), '')"
        )
        row = cursor.fetchone()
    return str(row[0]), str(row[1])


def _set(district: str, account: str, read_only: bool) -> None:
    columns = "set_config('app.district', %s, true), set_config('app.account', %s, true)"
    if read_only:
        columns += ", set_config('transaction_read_only', 'on', true)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [district, account])


def _restore(district: str, account: str) -> None:
    if connection.needs_rollback:
        return  # the savepoint's rollback brings the outer values back by itself
    _set(district, account, read_only=False)


def serving_role_flaws() -> list[str]:
    """What makes the connected role unfit to serve: each a sentence, none when row security binds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_user, rolsuper, rolbypassrls,
                   (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                    AND pg_has_role(current_user, relowner, 'USAGE'))
            FROM pg_roles WHERE rolname = current_user
            """
        )
        role, superuser, bypass, owned = cursor.fetchone()
    flaws = []
    if superuser:
        flaws.append(f"The database role {role} is a superuser, so row security does not bind it.")
    if bypass:
        flaws.append(f"The database role {role} has BYPASSRLS.")
    if owned:
        flaws.append(
            f"The database role {role} owns {owned} tables, itself or through a role it belongs to; "
            "owners bypass row security."
        )
    return flaws
