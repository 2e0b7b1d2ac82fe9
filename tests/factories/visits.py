"""People at a browser: clients that signed in through the form, as people do."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import PASSWORD, make_account, make_granted, make_person, make_post
from upstander.district.accounts.models import Account
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.web.shared.anonymous_forms import form_token

HERE = {"origin": "http://localhost"}


def signed_in(account: Account | None) -> Client:
    """A client in which the account's person has signed in."""
    assert account, "a person without an account cannot sign in"
    client = Client(SERVER_NAME="localhost")
    typed = {"email": account.email, "password": PASSWORD, "form_token": form_token("sign-in")}
    assert client.post("/en/account/sign-in/", typed, headers=HERE).status_code == 302
    return client


def client_of(actor: Actor) -> Client:
    """A client in which the person behind an actor has signed in."""
    return signed_in(Account.objects.get(ref=actor.name))


def granted(district: District, *roles: str) -> Client:
    """A client in which somebody has signed in who holds roles given by hand."""
    return signed_in(make_granted(district, *roles))


def seal_in(text: str, prefix: str = "") -> dict[str, str]:
    """What the form of a page says of the state its author saw, to be sent with what they type."""
    name = f"{prefix}-seen" if prefix else "seen"
    found = re.search(rf'name="{name}" value="(\w+)"', text)
    assert found, f"no seal in {name}"
    return {name: found[1]}


def read_page(client: Client, path: str, status: int = 200) -> str:
    """What a page answers, its white space closed up so that a sentence can be looked for."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return re.sub(r"\s+", " ", answer.content.decode())


def statements(client: Client, page: str) -> int:
    """How many statements the database hears for a page."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def holder(
    district: District, role: str = "coordinator", *, address: str = "", name: str = "", **place: object
) -> Client:
    """A client in which somebody has signed in who holds the post `role` at the place."""
    account = make_account(address)
    given, _space, family = name.partition(" ")
    called = {"given_name": given, "family_name": family} if name else {}
    make_post(make_person(district, account=account, **called), role, **place)
    return signed_in(account)
