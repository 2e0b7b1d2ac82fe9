"""What ships in `content/directory/`: the needs by which people search, units to which schools refer, and partners."""

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
class Partner:
    """An organization that the mission names, as a draft: all but its name is to be asked."""

    key: str
    name: str
    website: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """All of it by key and in its order."""

    needs: dict[str, Need]
    units: dict[str, Unit]
    partners: dict[str, Partner]


def read_directory(content: Path) -> Shipped:
    """The file that ships. Raises ContentRefused."""
    (document,) = read_documents(content / "directory", content / "schemas" / "directory.schema.json")
    data = document.data
    needs = {
        row["key"]: Need(row["key"], row["sign"], Text(**row["name"]), Text(**row["also"])) for row in data["needs"]
    }
    units = {row["key"]: Unit(row["key"], Text(**row["name"]), Text(**row["takes"])) for row in data["units"]}
    partners = {row["key"]: Partner(**row) for row in data["partners"]}
    return Shipped(needs, units, partners)


@cache
def shipped() -> Shipped:
    """What ships, read once a process."""
    return read_directory(settings.CONTENT)
