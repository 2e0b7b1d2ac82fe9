"""Making accounts and checking who signs in."""

import datetime as dt

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from upstander.district.accounts import events
from upstander.district.accounts.models import Account
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.secrets import pseudonym

# Checked when no account has the address, so that the answer takes as long as for one that exists.
_NOBODY = make_password(None)


@transaction.atomic
def create_account(*, actor: Actor, email: str, display_name: str, password: str | None, at: dt.datetime) -> Account:
    """Make an account and return it; without a password nobody can sign in with one. Needs `accounts.manage`."""
    require(actor, "accounts.manage", Place(actor.district_id))
    account = Account(email=email.lower(), display_name=display_name, password=make_password(password))
    account.save(force_insert=True)
    record(events.CREATED, actor=actor, subject=account.ref, at=at)
    return account


@transaction.atomic
def check_sign_in(*, actor: Actor, email: str, password: str, at: dt.datetime) -> Account | None:
    """The account these belong to, or None; either way one audit event, and nothing that tells which part was wrong."""
    account = Account.objects.filter(email=email.lower(), is_active=True).first()
    fits = check_password(password, account.password if account else _NOBODY)
    if not account or not fits:
        record(events.SIGN_IN_REFUSED, actor=actor, subject=pseudonym("sign-in", email.lower()), at=at)
        return None
    record(events.SIGNED_IN, actor=actor, subject=account.ref, at=at)
    return account
