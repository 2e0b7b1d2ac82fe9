"""One table lists every route and every role; this walks it with real requests.

`open`: the role gets in (a made-up ref is then simply not found). `sign-in`: sent to the sign-in page.
`refused`: signed in, and told no. The last column is a coordinator of another district on this host.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import View

from tests.factories import make_account, make_district, make_person, make_post, make_region, make_site
from tests.factories.visits import signed_in
from upstander.web.shared.access import door_of, needs

TABLE = Path(__file__).parent / "routes.csv"
ROLES = [
    "visitor",
    "staff",
    "site_administrator",
    "cadre_member",
    "regional_lead",
    "coordinator",
    "it_administrator",
    "elsewhere",
]
POST_OF = {"staff": "teacher", "regional_lead": "region_lead"}
# Wagtail's screens stand behind one door: see tests/web/explorer.
BY_PREFIX = {"explorer/": "explorer:*"}
SAMPLES = {
    "int": "1",
    "str": "0123456789AB",
    "slug": "made-up",
    "ref": "0123456789AB",
    "date": "2026-11-16",
    "path": "nowhere/at/all",
    "uuid": "01234567-89ab-4def-8123-456789abcdef",
}


def walk(patterns: list[URLPattern | URLResolver], name: str = "", path: str = "") -> dict[str, tuple[str, object]]:
    """Every named route as `namespace:name` -> (path with samples filled in, view)."""
    found: dict[str, tuple[str, object]] = {}
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if str(pattern.pattern) in BY_PREFIX:
            found[BY_PREFIX[str(pattern.pattern)]] = (here, pattern.url_patterns[0].callback)  # type: ignore[union-attr]
        elif isinstance(pattern, URLResolver):
            inner = f"{name}{pattern.namespace}:" if pattern.namespace else name
            found |= walk(pattern.url_patterns, inner, here)
        else:
            assert pattern.name, f"the route {here} has no name"
            found[name + pattern.name] = (re.sub(r"<(?:(\w+):)?\w+>", _sample, here), pattern.callback)
    return found


def _sample(match: re.Match[str]) -> str:
    return SAMPLES[match.group(1) or "str"]


def routes() -> dict[str, tuple[str, object]]:
    return {name: ("/" + path, view) for name, (path, view) in walk(get_resolver().url_patterns).items()}


def table() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {row.pop("route"): row for row in csv.DictReader(file)}


def unmarked(found: dict[str, tuple[str, object]]) -> list[str]:
    return [name for name, (_, view) in found.items() if door_of(view) is None]


@pytest.fixture
def client_of(db: None) -> Callable[[str], Client]:
    """The browser of a role, signed in for real; the coordinator from elsewhere comes to the first district's host."""
    home, other = make_district("alder", "localhost"), make_district("fork", "north.localhost")
    region = make_region(home)
    site = make_site(home, region=region)
    places: dict[str, dict[str, Any]] = {"site_administrator": {"site": site}, "regional_lead": {"region": region}}

    def made(role: str) -> Client:
        if role == "visitor":
            return Client(SERVER_NAME="localhost")
        account = make_account()
        if role == "elsewhere":
            make_post(make_person(other, account=account), "coordinator")
        else:
            make_post(make_person(home, account=account), POST_OF.get(role, role), **places.get(role, {}))
        return signed_in(account)

    return made


def answer(client: Client, path: str) -> str:
    response = client.get(path)
    if response.status_code == 302 and "/account/sign-in/" in response["Location"]:
        return "sign-in"
    return "refused" if response.status_code == 403 else "open"


def test_every_route_stands_in_the_table_and_every_line_is_a_route() -> None:
    assert sorted(table()) == sorted(routes())


def test_every_column_of_the_table_is_a_role_that_is_tried() -> None:
    assert {tuple(row) for row in table().values()} == {tuple(ROLES)}


def test_every_view_declares_who_may_open_it() -> None:
    assert unmarked(routes()) == []


# Each role is a walk of its own, so that the processes of a run share them.
@pytest.mark.parametrize("role", [pytest.param(role, marks=pytest.mark.xdist_group(role)) for role in ROLES])
def test_a_role_gets_exactly_the_answers_of_the_table(client_of: Callable[[str], Client], role: str) -> None:
    client = client_of(role)
    found = {name: answer(client, path) for name, (path, _) in routes().items()}
    assert found == {name: row[role] for name, row in table().items()}


def test_the_walk_finds_a_planted_view_without_a_door() -> None:
    marked = needs("staff.home")(View.as_view())
    planted = {"x:bad": ("/x/", View.as_view()), "x:good": ("/y/", marked)}
    assert unmarked(planted) == ["x:bad"]  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_unmarked_view_is_refused_at_run_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_district()
    view = routes()["public:home"][1]
    monkeypatch.delattr(view, "door")
    assert client.get("/en/", SERVER_NAME="localhost").status_code == 403
