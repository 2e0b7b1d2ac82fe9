"""The guide's world, and its pages as a visitor gets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.factories.guide import GuideWorld

Get = Callable[..., str]


@pytest.fixture
def world(db: None) -> GuideWorld:
    # A conftest is read before Django is set up, and the factories need it.
    from tests.factories.guide import make_guide_world

    return make_guide_world()


@pytest.fixture
def get(world: GuideWorld) -> Get:
    """The text of a page of the guide, as a visitor gets it."""

    def fetch(path: str, host: str = "localhost", status: int = 200) -> str:
        response = Client(SERVER_NAME=host).get(path)
        assert response.status_code == status, path
        return response.content.decode()

    return fetch
