"""Work that readers without a name may have done: so often by each address, and again when the stretch is over."""

import datetime as dt
from typing import Any

import pytest
from django.test import RequestFactory
from tests.moments import AT

from upstander.web.shared import turns
from upstander.web.shared.turns import Turns


def ask(address: str, at: dt.datetime = AT) -> Any:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.at = at  # type: ignore[attr-defined]
    return request


def test_each_address_has_its_own_turns_and_gets_them_again_in_the_next_stretch() -> None:
    bound = Turns("test", most=2, seconds=60)
    came = [*["192.0.2.1"] * 3, "192.0.2.2"]
    assert [bound.take(ask(address)) for address in came] == [True, True, False, True]
    assert bound.take(ask("192.0.2.1", AT + dt.timedelta(seconds=60)))


def test_who_comes_after_too_many_others_waits_and_those_others_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_VISITORS", 2)
    bound = Turns("test", most=2, seconds=60)
    came = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1"]
    assert [bound.take(ask(address)) for address in came] == [True, True, False, True]
