"""Who may do what with the directory."""

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor

EDIT = "directory.edit"


def require_editor(actor: Actor) -> None:
    """Raise NotAllowed unless the actor looks after the district's directory."""
    require(actor, EDIT, Place(actor.district_id))
