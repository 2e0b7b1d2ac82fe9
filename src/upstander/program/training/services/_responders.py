"""Who answers in the room, as a row. Only services of this part call it, with the session locked."""

import datetime as dt

from upstander.foundation.kernel.actor import Actor
from upstander.program.training.models import Responder, Session


def row(session: Session, actor: Actor, at: dt.datetime, who: str) -> Responder:
    """A word on who answers as it will stand, not yet written."""
    return Responder(
        district_id=session.district_id, session=session, who=who, account_id=actor.account_id, happened_at=at, at=at
    )
