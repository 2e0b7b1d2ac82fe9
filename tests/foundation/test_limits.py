"""Tries are counted beside the request: nobody waits for a neighbor's count, and no failure forgets one."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction

from tests.moments import AT
from upstander.config.settings import base
from upstander.foundation.kernel.limits import within_limit


@pytest.fixture
def counting(cloned_database: str, settings: Any) -> Iterator[None]:
    name = base.COUNTING_DATABASE
    connections.settings[name] = {**connections["default"].settings_dict}
    settings.COUNTING_DATABASE = name
    yield
    connections[name].close()
    del connections.settings[name], connections[name]


def knock() -> bool:
    return within_limit("sign-in", "a school's one address", most=2, seconds=60, at=AT)


def test_nobody_waits_for_a_request_that_is_still_at_work(counting: None) -> None:
    answers = []

    def neighbor() -> None:
        answers.append(knock())
        connections.close_all()

    with transaction.atomic():  # a request that has counted and now hashes a password
        answers.append(knock())
        thread = threading.Thread(target=neighbor)
        thread.start()
        thread.join(timeout=10)
        assert answers == [True, True]


def test_a_try_counts_although_its_request_fails(counting: None) -> None:
    def fail() -> None:
        with transaction.atomic():
            assert knock()
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail()
    assert not knock()
