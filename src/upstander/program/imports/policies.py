"""Who may work on which lists, and who may say yes to a post that opens doors."""

from upstander.district.people.policies import needs_to_give
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.imports.content.columns import ROSTER
from upstander.program.imports.models import Import

PREPARE, IMPORT = "ledger.prepare", "ledger.import"


def require_kinds(actor: Actor) -> frozenset[str]:
    """The kinds of list that the actor may bring in: all of them for who applies lists, the staff for who prepares.

    Raises NotAllowed for everybody else.
    """
    require(actor, PREPARE, Place(actor.district_id))
    return frozenset(Import.Kind.values if may_apply(actor) else {ROSTER})


def may_apply(actor: Actor) -> bool:
    """Whether the actor may let a list count."""
    return scope(actor, IMPORT).everywhere


def require_vouch(actor: Actor, role: str) -> None:
    """Raise NotAllowed unless the actor may give posts of this role by hand."""
    for capability in needs_to_give(role):
        require(actor, capability, Place(actor.district_id))


def may_vouch(actor: Actor, role: str) -> bool:
    """The same as a question."""
    try:
        require_vouch(actor, role)
    except NotAllowed:
        return False
    return True
