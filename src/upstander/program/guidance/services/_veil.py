"""The audit of what belongs to one reporter: that it happened, and not whose it was."""

import datetime as dt
from dataclasses import replace
from typing import Any

from upstander.foundation.audit.writer import Event, record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.secrets import pseudonym


def veiled_record(event: Event, *, actor: Actor, ref: str, at: dt.datetime, **data: Any) -> None:
    """Write the audit row with keyed pseudonyms for the actor and the record.

    The actor's pseudonym depends on the record too, so that two records of one person look like two people's.
    """
    who = actor.name if actor.account_id is None else pseudonym("report-owner", f"{ref}:{actor.name}")
    record(event, actor=replace(actor, name=who), subject=pseudonym("report", ref), at=at, **data)
