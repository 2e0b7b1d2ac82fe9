"""Saying yes to the posts of a list that open doors: nobody comes to lead a site, a region or the program silently."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState
from upstander.program.imports import events
from upstander.program.imports.content.doors import staff_of
from upstander.program.imports.policies import require_vouch
from upstander.program.imports.selectors.preview import outlook, waiting_posts
from upstander.program.imports.services._moves import locked, move


@transaction.atomic
def vouch_for_posts(*, actor: Actor, ref: str, keys: Collection[str], at: dt.datetime, on: dt.date) -> int:
    """Let these posts of a prepared list come with it when it is applied; gives how many. Needs `ledger.prepare`.

    `keys` are those of `selectors.preview.waiting_posts`. Each takes what giving the post by hand takes, so that for
    those who run the program or its server two people are needed: one who gives access, and one who applies the list.
    Raises Invalid without keys, NotAllowed, NotFound, and WrongState where one of them waits for no yes any more.
    """
    if not keys:
        raise Invalid(_("Choose the posts that are right."), "door")
    load = locked(actor, ref, "vouch")
    waiting = waiting_posts(actor=actor, load=load, seen=outlook(actor=actor, load=load, on=on))
    if not waiting.keys() >= set(keys):
        raise WrongState(_("Something has changed since you looked. Please read the preview again."))
    roles = {staff_of(waiting[key]).role for key in keys}
    for role in roles:
        require_vouch(actor, role)
    move(load, "vouch", at, vouched={**load.vouched, **dict.fromkeys(keys, actor.name)})
    record(events.VOUCHED, actor=actor, subject=ref, at=at, count=len(keys), roles=" ".join(sorted(roles)))
    return len(keys)
