"""One import, locked and moved on."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.imports.models import Import
from upstander.program.imports.policies import require_kinds
from upstander.program.imports.states import moved


def locked(actor: Actor, ref: str, step: str) -> Import:
    """The import, for this transaction alone, ready for the step. Raises NotAllowed, NotFound and WrongState."""
    known = Import.objects.select_for_update().filter(district_id=actor.district_id, kind__in=require_kinds(actor))
    found = known.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    _next(found, step)
    return found


def move(load: Import, step: str, at: dt.datetime, **changed: object) -> None:
    """Take the step and save it together with what changed. Raises WrongState."""
    state = _next(load, step)
    if state != load.state:
        changed |= {"state": state, "state_since": at}
    for name, value in changed.items():
        setattr(load, name, value)
    if changed:
        load.save(update_fields=list(changed))


def _next(load: Import, step: str) -> str:
    try:
        return moved(load.state, step)
    except WrongState:
        raise WrongState(_("Somebody has moved this import on in the meantime. This is how it stands now.")) from None
