"""Uploading travel times: what is kept is told, what cannot be read is told cell by cell."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.plans import make_year_world
from tests.factories.visits import client_of
from tests.moments import AT

pytestmark = pytest.mark.django_db
PAGE = "/en/training/plans/travel/"


@pytest.fixture
def coordinator(set_clock: Any) -> Client:
    set_clock(AT)
    return client_of(make_year_world().coordinator)


def upload(client: Client, content: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("times.csv", content)}, follow=True)


def test_a_file_is_kept_and_deleted(coordinator: Client) -> None:
    assert "All ways are estimated" in coordinator.get(PAGE).content.decode()
    page = upload(coordinator, b"from;to;minutes\nOak 0;Oak 1;25\nOak 1;Oak 2;35\n").content.decode()
    assert "2 pairs of sites are kept. The next plan counts with these times." in page
    assert "The times between 2 pairs of sites are kept" in page
    page = coordinator.post(f"{PAGE}forget/", follow=True).content.decode()
    assert "From now on all ways are estimated." in page
    assert "All ways are estimated" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "There is nothing in this file."),
        (b"\0\0\0", "This is no spreadsheet."),
        (b"site,minutes\nOak 0,5\n", "has to hold the headings from, to and minutes"),
        (b"from,to,minutes\nOak 0,=A1,5\n", "Row 2, column B (=A1): no site goes by this code or name."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_kept(coordinator: Client, content: bytes, told: str) -> None:
    answer = upload(coordinator, content)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "All ways are estimated" in answer.content.decode()


def test_a_form_without_a_file_says_so_in_spanish(coordinator: Client) -> None:
    answer = coordinator.post(PAGE.replace("/en/", "/es/"))
    assert answer.status_code == 422
    assert "Tiempos de viaje" in answer.content.decode()
