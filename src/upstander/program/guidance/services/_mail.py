"""Reminders: to an address that the person gave, not their employer's unless they mean it, and told once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.selectors import account_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid
from upstander.foundation.kernel.secrets import pseudonym
from upstander.foundation.notices.services import Recipient, post_notice
from upstander.program.guidance.models import JointMember, ReportClock


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


def keep_address(holder: ReportClock | JointMember, email: str, language: str) -> None:
    """Keep the address for the one reminder, and its language; an empty one drops both."""
    holder.remind_to, holder.remind_in = email, language if email else ""
    holder.save(update_fields=["remind_to", "remind_in"])


def post_reminder(actor: Actor, kind: str, holder: ReportClock | JointMember, about: str, at: dt.datetime) -> None:
    """Post the reminder to the holder's address; about the same thing it goes out once."""
    post_notice(
        actor=actor,
        kind=kind,
        to=Recipient(holder.remind_to, holder.remind_in),
        key=f"reminder:{pseudonym('reminder', about)}",
        at=at,
        facts={},
        is_private=True,
    )


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()
