"""What ships in `content/directory/`: the needs by which people search, and the units to which schools refer."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from upstander.foundation.kernel.content import Text, read_documents


@dataclass(frozen=True, slots=True)
class Need:
    """Something people look for. `sign` stands for it in addresses: one letter that tells a bystander nothing."""

    key: str
    sign: str
    name: Text
    also: Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A department unit as a draft: its phone and what to send are the district's to say."""

    key: str
    name: Text
    takes: Text


@dataclass(frozen=True, slots=True)
class Shipped:
    """Both, by key and in their order; and languages by code, each with its own name."""

    needs: dict[str, Need]
    units: dict[str, Unit]
    languages: dict[str, Text]


def read_directory(content: Path) -> Shipped:
    """The file that ships. Raises ContentRefused."""
    (document,) = read_documents(content / "directory", content / "schemas" / "directory.schema.json")
    data = document.data
    needs = {
        row["key"]: Need(row["key"], row["sign"], Text(**row["name"]), Text(**row["also"])) for row in data["needs"]
    }
    units = {row["key"]: Unit(row["key"], Text(**row["name"]), Text(**row["takes"])) for row in data["units"]}
    return Shipped(needs, units, {row["code"]: Text(**row["name"]) for row in data["languages"]})


@cache
def shipped() -> Shipped:
    """What ships, read once a process."""
    return read_directory(settings.CONTENT)
