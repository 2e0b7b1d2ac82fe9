"""Forms without a session: only from our own page, only with a fresh token of the right purpose, only so often."""

import pytest
from django.test import Client, RequestFactory, override_settings

from tests.factories import make_district
from upstander.web.shared.anonymous_forms import client_address, form_token

pytestmark = pytest.mark.django_db
PATH = "/en/account/sign-in/"
HERE = {"origin": "http://localhost"}


@pytest.fixture
def visitor() -> Client:
    make_district()
    return Client(SERVER_NAME="localhost")


def post(client: Client, headers: dict[str, str], token: str | None = None) -> int:
    data = {"email": "nobody@example.org", "password": "x", "form_token": token or form_token("sign-in")}
    return client.post(PATH, data, headers=headers).status_code


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (HERE, 422),
        ({"sec-fetch-site": "same-origin"}, 422),
        ({}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "https://localhost"}, 403),
        ({"origin": "http://localhost:8000"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, 403),
    ],
)
def test_a_form_must_come_from_our_own_page(visitor: Client, headers: dict[str, str], status: int) -> None:
    assert post(visitor, headers) == status


def test_a_token_for_another_purpose_or_changed_is_refused(visitor: Client) -> None:
    assert post(visitor, HERE, form_token("check-in")) == 403
    assert post(visitor, HERE, form_token("sign-in") + "x") == 403


def test_an_old_token_is_refused(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upstander.web.shared.anonymous_forms.TOKEN_AGE_SECONDS", -1)
    assert post(visitor, HERE) == 403


def test_tries_beyond_the_limit_are_told_to_wait(visitor: Client) -> None:
    assert [post(visitor, HERE) for _ in range(11)] == [422] * 10 + [429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),  # who has one such address has them all
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "what a proxy calls unknown", "what a proxy calls unknown"),
    ],
)
def test_only_our_own_proxies_say_where_a_request_came_from(proxies: int, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1")
    with override_settings(PROXIES_COUNT=proxies):
        assert client_address(request) == address


def test_what_was_typed_stays_and_no_cookie_is_set(visitor: Client) -> None:
    data = {"email": "nobody@example.org", "password": "x", "form_token": form_token("sign-in")}
    answer = visitor.post(PATH, data, headers=HERE)
    assert 'value="nobody@example.org"' in answer.content.decode()
    assert dict(answer.cookies) == {}
