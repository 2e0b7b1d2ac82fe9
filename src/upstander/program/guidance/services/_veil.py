"""The audit of what belongs to one reporter: that it happened, and not whose it was."""

import datetime as dt
from dataclasses import replace
from typing import Any

from upstander.foundation.audit.writer import Event, record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.secrets import pseudonym


def veiled_record(event: Event, *, actor: Actor, ref: str, at: dt.datetime, **data: Any) -> None:
    """Write the audit row with keyed pseudonyms for the actor and the record.

    It has the day and no time: beside the row of somebody's sign-in, a time would say who it was.
    The actor's pseudonym depends on the record too, so that two records of one person look like two people's.
    """
    who = actor.name if actor.account_id is None else pseudonym("report-owner", f"{ref}:{actor.name}")
    day = at.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    record(event, actor=replace(actor, name=who), subject=pseudonym("report", ref), at=day, **data)
