"""What production says beyond the common settings, tried with a real sign-in over TLS."""

import importlib
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_account, make_district, make_person, make_post
from upstander.web.shared.anonymous_forms import form_token

TLS = {"X-Forwarded-Proto": "https"}  # as the proxy says it


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for name, value in (("UPSTANDER_SITE_ADDRESS", "https://alder.example"), ("UPSTANDER_SMTP_HOST", "mail.example")):
        monkeypatch.setenv(name, value)
    return importlib.import_module("upstander.config.settings.production")


@pytest.fixture
def visitor(production: ModuleType, settings: Any, db: None) -> Client:
    for name in dir(production):
        if name.startswith(("SESSION_", "CSRF_", "SECURE_")):
            setattr(settings, name, getattr(production, name))
    return Client(headers={"host": "localhost"})


def test_a_session_is_bound_to_this_very_host_and_to_tls(visitor: Client) -> None:
    account = make_account()
    make_post(make_person(make_district(), account=account))
    data = {"email": account.email, "password": PASSWORD, "form_token": form_token("sign-in")}
    answer = visitor.post("/en/account/sign-in/", data, headers={**TLS, "Origin": "https://localhost"})
    assert (answer.status_code, list(answer.cookies)) == (302, ["__Host-session"])
    cookie = answer.cookies["__Host-session"]
    told = {name: cookie[name] for name in ("secure", "httponly", "path", "domain", "samesite")}
    assert told == {"secure": True, "httponly": True, "path": "/", "domain": "", "samesite": "Lax"}
    assert visitor.get("/en/staff/", headers=TLS).status_code == 200


def test_a_form_from_the_same_host_without_tls_is_refused(visitor: Client) -> None:
    make_district()
    data = {"email": "nobody@example.org", "password": "x", "form_token": form_token("sign-in")}
    answer = visitor.post("/en/account/sign-in/", data, headers={**TLS, "Origin": "http://localhost"})
    assert answer.status_code == 403


def test_plain_http_leads_to_tls_and_browsers_remember_it(visitor: Client) -> None:
    make_district()
    answer = visitor.get("/en/")
    assert (answer.status_code, answer["Location"]) == (301, "https://localhost/en/")
    answer = visitor.get("/en/", headers=TLS)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_cookie_names_demand_what_a_browser_enforces(production: ModuleType) -> None:
    for kind in ("SESSION", "CSRF"):
        assert getattr(production, f"{kind}_COOKIE_NAME").startswith("__Host-")
        assert getattr(production, f"{kind}_COOKIE_SECURE") is True
        assert (
            getattr(production, f"{kind}_COOKIE_PATH", "/"),
            getattr(production, f"{kind}_COOKIE_DOMAIN", None),
        ) == (
            "/",
            None,
        )
