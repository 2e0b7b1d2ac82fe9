"""Strict, typed readers for the process environment: a wrong value stops the start with a sentence."""

import base64
import binascii
import os
from urllib.parse import parse_qsl, unquote, urlsplit

from upstander.foundation.fetching.addresses import is_host_name

KEY_BYTES = 32


class SettingError(ValueError):
    """An environment variable is missing or cannot be read as what it should be."""


def text(name: str, default: str | None = None) -> str:
    """The variable as text; without a default it must be set and not empty."""
    value = os.environ.get(name, "") or default
    if value is None:
        raise SettingError(f"{name} is not set. Set it in the environment of this process.")
    return value


def maybe(name: str) -> str:
    """The variable as text, empty when it is not set."""
    return os.environ.get(name, "")


def flag(name: str, default: bool) -> bool:
    """The variable as a switch: only `true` and `false` count, so that "False" is never truth by accident."""
    value = os.environ.get(name, "")
    if value in {"", "true", "false"}:
        return default if value == "" else value == "true"
    raise SettingError(f"{name} is {value!r}; write true or false.")


def whole(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise SettingError(f"{name} is {value!r}; write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, parted by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def keys(name: str) -> list[bytes]:
    """The variable as 32-byte keys in base64, parted by commas. A wrong one is told by its place, never shown."""
    found = []
    for place, word in enumerate(words(name), start=1):
        try:
            found.append(base64.b64decode(word.rstrip("=") + "=", altchars=b"-_", validate=True))
        except (binascii.Error, ValueError):
            found.append(b"")
        if len(found[-1]) != KEY_BYTES:
            raise SettingError(f"Key {place} of {name} cannot be read; each is 32 random bytes in base64 (43 letters).")
    return found


def hosts(name: str) -> list[str]:
    """The variable as host names, parted by commas; one that begins with a dot means every host below it."""
    found = [word.lower() for word in words(name)]
    for host in found:
        if not is_host_name(host.removeprefix(".")):
            raise SettingError(f"{name} holds {host!r}; write calendar.example.org, or .example.org for all below it.")
    return found


def database(name: str) -> dict[str, object]:
    """A `postgresql://user:password@host:port/name?option=value` address as Django's settings.

    A socket folder goes into the query: `postgresql://app@/upstander?host=/run/folder`.
    """
    address = urlsplit(text(name))
    if address.scheme not in {"postgresql", "postgres"}:
        raise SettingError(f"{name} must begin with postgresql:// (Upstander keeps its data in PostgreSQL only).")
    options: dict[str, object] = dict(parse_qsl(address.query))
    host = address.hostname or str(options.pop("host", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(host),
        "PORT": str(address.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def limited(address: dict[str, object], limits: dict[str, str]) -> dict[str, object]:
    """The database settings with these limits of PostgreSQL on every connection; what the address says comes last."""
    options = dict(address["OPTIONS"])  # type: ignore[call-overload]
    words = [f"-c {name}={value}" for name, value in limits.items()] + [str(options.get("options", ""))]
    return {**address, "OPTIONS": {**options, "options": " ".join(words).strip()}}
