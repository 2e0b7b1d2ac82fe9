"""What attendance leads to."""

import datetime as dt

from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Completion
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.compliance.services import Entry, issue_certificates, record_completions
from upstander.program.training.content.kinds import TRAINING
from upstander.program.training.models import Session


def complete(actor: Actor, session: Session, people: list[int], at: dt.datetime, on: dt.date | None = None) -> None:
    """Write completions and certificates for people who were there; whoever may close the session may do this.

    `on` is the day it was completed, where that is not the session's. Only a staff session trains staff: who came to an
    evening for families is counted there, and credited nothing.
    """
    if session.request.kind != TRAINING:
        return
    entries = [
        Entry(
            person,
            AWARENESS,
            on or session.on,
            Completion.Evidence.SESSION,
            session.ref,
            content_version=session.offering,
        )
        for person in people
    ]
    writer = lend(actor, "completions.record")
    refs = record_completions(actor=writer, entries=entries, at=at)
    if refs:
        issue_certificates(actor=writer, refs=refs, at=at)
