"""The session that questions are about."""

import datetime as dt
from dataclasses import dataclass

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.evaluation import policies
from upstander.program.evaluation.models import Debrief
from upstander.program.training.models import Session
from upstander.program.training.selectors.rooms import session_led


@dataclass(frozen=True, slots=True)
class Asking:
    """A session, the secret of its address, which phases are open now, and how it was looked back at."""

    session: Session
    key: str
    open_phases: list[str]
    debrief: Debrief | None


def session_by_key(*, actor: Actor, ref: str, key: str) -> Session:
    """The session whose address somebody holds; anyone may who was shown it. Raises NotFound."""
    session = Session.objects.select_related("request").filter(district_id=actor.district_id, ref=ref).first()
    if session is None:
        raise NotFound(ref)
    policies.require_key(session, key)
    return session


def asking_of(*, actor: Actor, ref: str, at: dt.datetime) -> Asking:
    """What who leads the session shows the room. Raises NotFound."""
    session = session_led(actor=actor, ref=ref, at=at)
    phases = [phase for phase in policies.PHASES if policies.is_open(session, phase, at)]
    debrief = Debrief.objects.filter(session=session).order_by("-id").first()
    return Asking(session, policies.key_of(session), phases, debrief)
