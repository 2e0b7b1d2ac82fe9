"""Law 1 survives a dead database: the call screen has a static copy, every other page points to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Client]:
    """A site whose database stopped answering, with static copies written before that."""

    def refuse(hostname: str) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("upstander.web.shared.middleware.district_for_host", refuse)
    (tmp_path / "call-es.html").write_text("<p>Llame</p>")
    with override_settings(STATIC_PAGES=tmp_path):
        yield Client(SERVER_NAME="localhost")


def test_the_call_screen_is_served_from_its_copy(dead: Client) -> None:
    answer = dead.get("/es/worried/call/")
    assert (answer.status_code, answer.content, answer["Retry-After"]) == (200, b"<p>Llame</p>", "30")


def test_a_host_whose_district_is_known_gets_its_own_copy(dead: Client) -> None:
    copies = Path(settings.STATIC_PAGES)
    (copies / "call-es.localhost.html").write_text("<p>Llame aquí</p>")
    assert dead.get("/es/guide/call/").content.decode() == "<p>Llame aquí</p>"
    assert dead.get("/es/guide/call/", SERVER_NAME="north.localhost").content == b"<p>Llame</p>"


def test_other_pages_say_so_in_both_languages_with_the_emergency_lines(dead: Client) -> None:
    answer = dead.get("/en/staff/")
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "911" in text
    assert 'lang="es"' in text


def test_the_process_still_says_that_it_lives(dead: Client) -> None:
    assert dead.get("/healthz").json() == {"status": "ok"}
