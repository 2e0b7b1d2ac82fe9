"""What a session holds: which account, and a fingerprint that changes with its password."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from upstander.foundation.kernel.secrets import pseudonym

SESSION_ACCOUNT = "account"
SESSION_FINGERPRINT = "fingerprint"


def fingerprint(account: Any) -> str:
    """Changes when the password does, so that every other session of the account ends."""
    return pseudonym("session", f"{account.ref}:{account.password}")


def sign_in(request: HttpRequest, account: Any) -> None:
    """Begin a session under a new key, with its form secret: pages are read-only and cannot make one later."""
    request.session.cycle_key()
    rotate_token(request)
    request.session[SESSION_ACCOUNT] = account.ref
    request.session[SESSION_FINGERPRINT] = fingerprint(account)


def sign_out(request: HttpRequest) -> None:
    """End the session and forget it on the server."""
    request.session.flush()
