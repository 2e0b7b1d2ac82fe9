"""What ends for a whole site or district at once is asked about once more, without a script."""

import html
import re

import pytest
from django.test import Client

from tests.factories import make_account, make_person, make_post
from tests.factories.guide import make_guide_world
from tests.factories.visits import signed_in
from upstander.district.places.models import District

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    world = make_guide_world()
    account = make_account()
    make_post(make_person(District.objects.get(pk=world.site.district_id), account=account), "coordinator")
    return signed_in(account)


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("/en/guide/doors/", "New code", "Yes, a new code"),
        ("/es/guide/doors/", "Código nuevo", "Sí, un código nuevo"),
        ("/en/guide/doors/", "Close", "Yes, close it"),
        ("/en/guide/rule/", "End its use today", "Yes, end its use today"),
        ("/es/guide/rule/", "Terminar su uso hoy", "Sí, terminar su uso hoy"),
    ],
)
def test_the_button_that_ends_something_opens_only_after_a_first_one(
    coordinator: Client, path: str, first: str, second: str
) -> None:
    page = html.unescape(coordinator.get(path).content.decode())
    button = re.compile(rf'>{second}(<span class="only-read-aloud">: [^<]+</span>)?</button>')
    folded = [part for part in re.findall(r"<details>.*?</details>", page, re.DOTALL) if button.search(part)]
    assert folded
    assert all(f"<summary>{first}" in part for part in folded)
    assert len(button.findall(page)) == len(folded)
