"""Jobs open their own district, and mails link to the district's own host."""

import pytest
from django.test import override_settings

from tests.factories import make_district
from upstander.jobs.tasks import address_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("http://localhost:8000", "http://north.example:8000"),
        ("https://alder.example", "https://north.example"),
    ],
)
def test_a_mail_links_to_the_host_of_its_own_district(address: str, links: str) -> None:
    make_district("alder", "alder.example")
    north = make_district("fork", "north.example")
    with override_settings(SITE_ADDRESS=address):
        assert address_of(north.pk) == links
