"""A change by hand on its way through the page that offers to take it back: signed, so that it is one that was made."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core import signing

from upstander.program.training.services.plan_undo import Standing

_SALT = "plan-undo"


def query_of(before: Standing | None, after: Standing | None) -> dict[str, str]:
    """What the address of the page says after a change; nothing where there was no day to go back to."""
    if before is None or after is None:
        return {}
    return {"undo": signing.dumps([_plain(before), _plain(after)], salt=_SALT)}


def read(token: str) -> tuple[Standing, Standing] | None:
    """How the session stood before and after; None for what we did not sign."""
    try:
        before, after = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return _standing(before), _standing(after)


def still_open(asked: Mapping[str, str], entry: Any) -> str:
    """The token of the address while the session stands as that change left it, else nothing."""
    told = read(asked.get("undo", ""))
    return asked["undo"] if told is not None and told[1] == Standing.of(entry) else ""


def _plain(told: Standing) -> list[Any]:
    return [told.on.isoformat(), told.starts.isoformat(), list(told.members), told.is_pinned]


def _standing(told: list[Any]) -> Standing:
    on, starts, members, is_pinned = told
    return Standing(dt.date.fromisoformat(on), dt.time.fromisoformat(starts), tuple(members), is_pinned)
