"""Who may do what with the directory."""

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor

EDIT, SIGN = "directory.edit", "directory.sign"


def require_editor(actor: Actor) -> None:
    """Raise NotAllowed unless the actor looks after the district's directory."""
    require(actor, EDIT, Place(actor.district_id))


def require_signer(actor: Actor) -> None:
    """Raise NotAllowed unless the actor may agree, as a second person, that an address becomes public."""
    require(actor, SIGN, Place(actor.district_id))
