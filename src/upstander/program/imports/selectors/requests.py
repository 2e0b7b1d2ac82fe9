"""What lists of requests of another system are held against, and what became of those that came by one."""

import datetime as dt
from collections.abc import Callable

from upstander.foundation.kernel.access import Place, lend, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text
from upstander.program.imports.content.asked import requests
from upstander.program.imports.content.outcomes import Meaning, Preview
from upstander.program.imports.content.reading import Line
from upstander.program.imports.models import Import, ImportResult
from upstander.program.imports.policies import PREPARE
from upstander.program.imports.selectors.earlier import earlier_requests
from upstander.program.training.content.kinds import shipped_kinds
from upstander.program.training.models import Request
from upstander.program.training.selectors.twins import asked_already
from upstander.program.training.states import ON_THEIR_WAY

COORDINATE = "training.coordinate"


def kinds_offered() -> dict[str, tuple[Text, ...]]:
    """By kind of request the words by which a list is read, the first one as it is offered."""
    return {kind.key: (kind.title, kind.noun) for kind in shipped_kinds().values()}


def preview_of_requests(
    actor: Actor,
    lines: list[Line],
    meaning: Meaning,
    meant: Callable[[Line], tuple[str | None, str | None]],
    on: dt.date,
) -> Preview:
    """What a list of requests would change."""
    earlier = set(earlier_requests(actor=actor).values_list("site_id", "asked_on"))
    on_their_way = asked_already(actor=lend(actor, COORDINATE), on=on)
    return requests(lines, meaning, meant, earlier, on_their_way)


def still_waiting(*, actor: Actor, load: Import) -> list[Request]:
    """Requests that came by this list and are on their way, the oldest first. Needs `ledger.prepare`."""
    require(actor, PREPARE, Place(actor.district_id))
    made = ImportResult.objects.filter(load=load).values("made_ref")
    found = Request.objects.filter(district_id=actor.district_id, ref__in=made, state__in=ON_THEIR_WAY)
    return list(found.select_related("site").order_by("requested_at", "id"))
