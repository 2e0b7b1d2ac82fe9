"""A language read from the right needs its catalog and nothing else: the frame turns by itself.

Hebrew stands for all of them; it has no catalog here. How pages look when mirrored, the browser tests ask of each one.
"""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.factories import make_district


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "help/", "learn/", "guide/", "own/plan/", "toolkit/"])
def test_a_page_says_that_it_is_read_from_the_right(settings: Any, path: str) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("he", "Hebrew")]
    make_district()
    answer = Client(SERVER_NAME="localhost").get(f"/he/{path}")
    assert answer.status_code == 200
    page = html.document_fromstring(answer.content)
    assert (page.get("lang"), page.get("dir")) == ("he", "rtl")
    assert [link.get("hreflang") for link in page.xpath("//*[@class='tongues']//a")] == ["en", "es"]
    assert {link.get("href") for link in page.xpath("//link[@rel='alternate']")} >= {f"http://localhost/he/{path}"}
    assert page.xpath("//*[contains(@class, 'phone')]/bdi[@dir='ltr']") or path in {"learn/", "toolkit/"}
