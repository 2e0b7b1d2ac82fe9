"""Correcting what a request for materials asks for: what was sent for it stays asked for."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from upstander.foundation.kernel.actor import Actor
from upstander.program.materials.selectors.parcels import wanted_of
from upstander.program.training.models import Request
from upstander.program.training.services.answers import put_answers
from upstander.program.training.services.queue import finish_request
from upstander.program.training.states import Request as State


@transaction.atomic
def put_answers_of_materials(
    *,
    actor: Actor,
    ref: str,
    answers: Mapping[str, Any],
    at: dt.datetime,
    seen: str | None = None,
    key: str = "",
    twice_is_meant: bool = False,
) -> bool:
    """`put_answers` for materials. What was sent already stays in the list, and no number falls below it.

    Where everything that is asked for now was sent, the request ends. Raises as `put_answers` does.
    """

    def given(request: Request) -> Mapping[str, Any]:
        sent = [line for line in wanted_of(actor=actor, request=request) if line.sent]
        return {
            "items": {line.answers for line in sent},
            "languages": {line.language for line in sent},
            "copies": max((line.sent for line in sent), default=0),
        }

    told: dict[str, Any] = {"answers": answers, "seen": seen, "key": key, "twice_is_meant": twice_is_meant}
    changed = put_answers(actor=actor, ref=ref, given=given, at=at, **told)
    if changed and not key:
        _end_if_sent(actor, ref, at)
    return changed


def _end_if_sent(actor: Actor, ref: str, at: dt.datetime) -> None:
    request = Request.objects.select_related("site").get(ref=ref)
    lines = wanted_of(actor=actor, request=request) if request.state == State.UNDERWAY else []
    if lines and not any(line.rest for line in lines):
        finish_request(actor=actor, ref=ref, at=at)
