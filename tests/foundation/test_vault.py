"""Sealed values: they open in their own row with one of the keys, and nowhere else."""

import base64
from typing import Any

import pytest

from upstander.config import env
from upstander.foundation.vault.seals import About, Broken, NoKey, UnknownKey, VaultError, is_ready, open_sealed, seal

HERE = About("training_connectedcalendar", "AAAA", 1)
OLD, NEW = b"o" * 32, b"n" * 32
CANARY = "https://calendar.example.org/private-canary/basic.ics"


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    settings.VAULT_KEYS = [NEW, OLD]


def test_what_was_sealed_opens_where_it_belongs_and_two_seals_of_one_text_differ() -> None:
    first, second = seal(CANARY, about=HERE), seal(CANARY, about=HERE)
    assert first != second
    assert {open_sealed(each, about=HERE) for each in (first, second)} == {CANARY}
    assert "canary" not in first and "canary" not in repr(base64.urlsafe_b64decode(first.split(".")[2]))


@pytest.mark.parametrize(
    "elsewhere",
    [About("training_feed", "AAAA", 1), About(HERE.table, "BBBB", 1), About(HERE.table, "AAAA", 2)],
    ids=["another table", "another row", "another district"],
)
def test_it_does_not_open_in_another_place(elsewhere: About) -> None:
    with pytest.raises(Broken):
        open_sealed(seal(CANARY, about=HERE), about=elsewhere)


def test_an_old_key_still_opens_and_a_key_that_was_taken_away_does_not(settings: Any) -> None:
    settings.VAULT_KEYS = [OLD]
    sealed = seal(CANARY, about=HERE)
    settings.VAULT_KEYS = [NEW, OLD]
    assert open_sealed(sealed, about=HERE) == CANARY
    assert seal(CANARY, about=HERE).split(".")[1] != sealed.split(".")[1]
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(UnknownKey):
        open_sealed(sealed, about=HERE)
    settings.VAULT_KEYS = []
    assert not is_ready()
    with pytest.raises(NoKey):
        seal(CANARY, about=HERE)


def spoiled(sealed: str) -> list[str]:
    version, name, body = sealed.split(".")
    data = bytearray(base64.urlsafe_b64decode(body))
    data[20] ^= 1
    changed = base64.urlsafe_b64encode(bytes(data)).decode()
    return ["", "x", f"{version}.{name}.{changed}", f"2.{name}.{body}", f"{version}.{name}.{body[:8]}", sealed[:-3]]


def test_what_was_changed_says_so_and_names_no_content() -> None:
    for each in spoiled(seal(CANARY, about=HERE)):
        with pytest.raises(VaultError) as refused:
            open_sealed(each, about=HERE)
        assert not {"canary", "AAAA", "basic"} & set(str(refused.value).replace("-", " ").split())
        assert refused.value.__cause__ is None


def test_keys_are_read_strictly_and_a_wrong_one_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    good = base64.urlsafe_b64encode(NEW).decode()
    monkeypatch.setenv("SOME_KEYS", f"{good}, {good.rstrip('=')}")
    assert env.keys("SOME_KEYS") == [NEW, NEW]
    monkeypatch.delenv("SOME_KEYS")
    assert env.keys("SOME_KEYS") == []
    for wrong in ("hunter2", good[:-4], f"{good}!", "é" * 43):
        monkeypatch.setenv("SOME_KEYS", f"{good},{wrong}")
        with pytest.raises(env.SettingError, match="Key 2 of SOME_KEYS") as refused:
            env.keys("SOME_KEYS")
        assert wrong not in str(refused.value)


def test_hosts_are_read_strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_HOSTS", "Calendar.example.org, .cloud.example")
    assert env.hosts("SOME_HOSTS") == ["calendar.example.org", ".cloud.example"]
    for wrong in (
        "*",
        ".",
        ".org",
        "localhost",
        "127.0.0.1",
        "https://calendar.example.org",
        "a b.org",
        "..example.org",
    ):
        monkeypatch.setenv("SOME_HOSTS", wrong)
        with pytest.raises(env.SettingError):
            env.hosts("SOME_HOSTS")
