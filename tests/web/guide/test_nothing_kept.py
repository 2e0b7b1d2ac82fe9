"""Nothing a reader of the guide could tell us is stored, logged or put into an address."""

import json
import logging

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.guide import GuideWorld as World
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.logs import JsonLines

CANARY = "canary7391"
WRITES = ("INSERT", "UPDATE", "DELETE")


def paths(world: World) -> list[str]:
    door = f"guide/door/{world.code}/"
    guide = ["", "when/noticed/", "call/", f"call/at/{world.site.ref}/", "call/sites/"]
    staff = [door, f"{door}rule/", f"{door}when/family/"]
    companion = ["report/", "report/worksheet/", "report/clock/"]
    pages = [*(f"guide/{page}" for page in guide), *staff, *companion]
    return [f"/{language}/{page}" for language in ("en", "es") for page in pages]


def rows(world: World) -> str:
    """Every row of every table that the district can hold, as text."""
    found = []
    with in_district(world.site.district_id), connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_what_a_browser_sends_along_is_kept_nowhere(world: World, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(SERVER_NAME="localhost")
    before = rows(world)
    with caplog.at_level(logging.DEBUG, "upstander"):
        for path in paths(world):
            client.get(path, {"A1": CANARY}, headers={"referer": f"http://localhost/?{CANARY}", "user-agent": CANARY})
            assert client.post(path, {"A1": CANARY, CANARY: "seen"}).status_code in {403, 405}, path
    # Django's own request log prints paths; it has nowhere to go (pytest listens to it all the same).
    assert logging.getLogger("django.request").propagate is False
    ours = [record for record in caplog.records if not record.name.startswith("django.")]
    written = "\n".join(JsonLines().format(record) for record in ours)
    assert len(ours) >= len(paths(world)), "the request log was not captured: this test is blind"
    assert CANARY not in written
    assert world.code not in written and world.site.ref not in written
    assert rows(world) == before
    assert CANARY not in before


def test_reading_the_guide_writes_nothing(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    with CaptureQueriesContext(connection) as queries:
        for path in paths(world):
            client.get(path)
    assert [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(WRITES)] == []


def test_the_request_log_names_routes_only(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "upstander.request"):
        Client(SERVER_NAME="localhost").get(f"/en/guide/door/{world.code}/")
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert line["route"] == "guide:door_first"
