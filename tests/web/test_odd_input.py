"""Bytes that are no text are refused or read as nothing, and never break a page."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.factories import make_district
from tests.factories.training import World, ask
from tests.factories.visits import client_of
from upstander.web.shared.anonymous_forms import form_token

pytestmark = pytest.mark.django_db
NUL = ("%00", "a%00b")
NO_UTF8 = ("%ff%fe", "%c0%80", "%ed%a0%80", "%F4%90%80%80")
ODD = (*NUL, *NO_UTF8)
FORM = "application/x-www-form-urlencoded"
HERE = {"origin": "http://localhost"}


@pytest.fixture
def visitor(world: World) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.mark.parametrize("odd", ODD)
def test_in_the_path_there_is_no_such_page(visitor: Client, odd: str) -> None:
    paths = (f"/{odd}/", f"/en/{odd}/", f"/es/guide/{odd}/", f"/en/proof/{odd}/")
    assert [visitor.get(path).status_code for path in paths] == [404] * len(paths)


@pytest.mark.parametrize("odd", ODD)
def test_in_the_place_of_a_ref_there_is_no_such_record(world: World, odd: str) -> None:
    coordinator = client_of(world.coordinator)
    pages = ("training/queue", "training/requests", "training/mine", "coverage/schools", "sites")
    assert {page: coordinator.get(f"/en/{page}/{odd}/").status_code for page in pages} == dict.fromkeys(pages, 404)


@pytest.mark.parametrize(("values", "status"), [(NUL, 400), (NO_UTF8, 200)])
def test_in_the_query_it_is_refused_or_means_nothing(world: World, values: tuple[str, ...], status: int) -> None:
    coordinator = client_of(world.coordinator)
    for odd in values:
        for query in (f"region={odd}", f"{odd}=1"):
            assert coordinator.get(f"/en/training/queue/?{query}").status_code == status
        assert coordinator.get(f"/en/sites/?page={odd}").status_code == status


@pytest.mark.parametrize(("values", "status"), [(NUL, {400}), (NO_UTF8, {200, 422})])
def test_in_a_visitors_form_it_is_refused_or_matches_nothing(
    visitor: Client, values: tuple[str, ...], status: set[int]
) -> None:
    for odd in values:
        for page, purpose, fields in (
            ("verify", "verify", ("code",)),
            ("check-in", "check-in", ("staff_number", "code")),
            ("account/sign-in", "sign-in", ("email", "password")),
        ):
            body = "&".join(f"{name}={odd}" for name in fields) + f"&form_token={quote(form_token(purpose))}"
            assert visitor.post(f"/en/{page}/", body, content_type=FORM, headers=HERE).status_code in status


@pytest.mark.parametrize(("values", "status"), [(NUL, 400), (NO_UTF8, 302)])
def test_in_a_staff_form_it_is_refused_or_matches_nothing(world: World, values: tuple[str, ...], status: int) -> None:
    coordinator, made = client_of(world.coordinator), ask(world)
    for odd in values:
        body = f"slot={odd}&member={odd}"
        page = f"/en/training/queue/{made.ref}/assign/"
        assert coordinator.post(page, body, content_type=FORM).status_code == status


def test_a_session_that_is_no_text_is_refused(visitor: Client) -> None:
    visitor.cookies["session"] = "a\0b"  # browsers may write any character as "\000"
    assert visitor.get("/en/").status_code == 400


def test_a_form_of_too_many_fields_gets_a_page_in_both_languages() -> None:
    make_district("fork", "north.localhost")
    body = "&".join(f"f{number}=1" for number in range(3001))
    answer = Client(SERVER_NAME="north.localhost").post("/en/verify/", body, content_type=FORM, headers=HERE)
    assert (answer.status_code, 'lang="es"' in answer.content.decode()) == (400, True)
