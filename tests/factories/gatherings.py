"""An evening on its way."""

import datetime as dt
from typing import Any

from tests.factories.training import World, ask
from tests.moments import AT
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import Request, Session
from upstander.program.training.services.sessions import Slot, assign_member, confirm_session


def make_evening(world: World, *, is_confirmed: bool = True, kind: str = "evening", **more: Any) -> Request:
    """A request for an evening with a day, confirmed unless told otherwise."""
    told = {"audience": "caregivers", "answers": {"care": True, "invitation": "paper"}, **more}
    made = ask(world, kind=kind, **told)
    with in_district(world.district.pk):
        slot = Slot(made.windows.get().ref, dt.time(14))
        planned: dict[str, Any] = {"request_ref": made.ref, "at": AT}
        assign_member(actor=world.coordinator, member_ref=world.near.ref, slot=slot, **planned)
        if is_confirmed:
            confirm_session(actor=world.coordinator, **planned)
    return made


def session_of(request: Request) -> Session:
    """Its session."""
    with in_district(request.district_id):
        return Session.objects.get(request=request)
