"""The address for reminders: one that the person gave, and not their employer's unless they mean it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.selectors import account_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid


def check_address(actor: Actor, email: str, employer_is_meant: bool) -> None:
    """Refuse what is no address, and an address of the same domain as the account's unless it is meant."""
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(_("Please check this e-mail address."), "email") from None
    account = account_by_ref(actor.name)
    if account and _domain(email) == _domain(account.email) and not employer_is_meant:
        raise Invalid(_("This looks like your employer’s mail, which others may read. Please use your own."), "email")


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()
