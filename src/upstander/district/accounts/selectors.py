"""Reading accounts."""

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed

ACTIVE = "SELECT * FROM accounts_account WHERE ref = %s AND is_active"  # every signed-in page asks it


def account_by_ref(ref: str) -> Account | None:
    """The active account with this ref, or None. Takes no actor: the session layer asks in order to make one."""
    return next(iter(Account.objects.raw(ACTIVE, [ref])), None)


def account_by_email(email: str) -> Account | None:
    """The active account with this address, or None. Takes no actor: only the terminal asks."""
    return Account.objects.filter(email=email.lower(), is_active=True).first()


def account_of(*, actor: Actor) -> Account:
    """The account behind an actor. Raises NotAllowed for anyone who has none."""
    if actor.account_id is None:
        raise NotAllowed("account")
    return Account.objects.get(pk=actor.account_id)


def demo_people() -> list[Account]:
    """The accounts of the demo, in order of address. Takes no actor: the demo's sign-in page asks."""
    return list(Account.objects.filter(is_active=True).order_by("email"))
