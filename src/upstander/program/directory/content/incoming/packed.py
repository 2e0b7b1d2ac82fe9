"""The tabular package of the open standard: its tables, put together to services as they are nested elsewhere.

The zip is read in memory and never unpacked to a disk, so that a path in it leads nowhere; what would unpack to too
much is refused before. Every table in it is read, also one that its description forgets, and a row that belongs to no
service is kept as a record of its own: nothing of a file is lost.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from upstander.engines.tables.packed import fits
from upstander.program.directory.content.incoming.read import AT, LEFT_OVER, Unreadable
from upstander.program.directory.content.incoming.table import cells_of, under
from upstander.program.directory.content.package import unguarded

MOST_FILES, MOST_UNPACKED = 60, 64 * 1024 * 1024
SERVICES = "services"
PLURALS = {"service_at_location": "service_at_locations"}  # the one file that the standard names in the singular
# Under which list a row stands in the row it belongs to, by the column that names that row; the first that fits counts.
BELONGS = {
    "service_id": "services",
    "service_at_location_id": "service_at_locations",
    "location_id": "locations",
    "contact_id": "contacts",
    "phone_id": "phones",
    "organization_id": "organizations",
}
SHARED = {"organizations", "locations", "programs", "taxonomy_terms", "taxonomies"}  # named by rows, belong to none
NAMED = {
    "services": {"organization_id": ("organization", "organizations"), "program_id": ("program", "programs")},
    "service_at_locations": {"location_id": ("location", "locations")},
    "attributes": {"taxonomy_term_id": ("taxonomy_term", "taxonomy_terms")},
    "taxonomy_terms": {"taxonomy_id": ("taxonomy_detail", "taxonomies")},
}
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def package_records(content: bytes) -> list[Row]:
    """The services of a package, fully nested, and after them every row that belongs to none. Raises Unreadable."""
    tables = _tables(content)
    if SERVICES not in tables:
        raise Unreadable("package")
    left = [{**row, LEFT_OVER: True} for row in _put_together(tables)]
    records = [*tables[SERVICES], *left]
    _weigh(records)
    return records


def _tables(content: bytes) -> Tables:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not fits(archive, MOST_FILES, MOST_UNPACKED):
                raise Unreadable("large")
            files = {PurePosixPath(name): archive.read(name) for name in archive.namelist() if name.endswith(".csv")}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError):
        raise Unreadable("package") from None
    return {PLURALS.get(path.stem, path.stem): _rows(path.name, content) for path, content in sorted(files.items())}


def _rows(name: str, content: bytes) -> list[Row]:
    """The rows of a table without their blank cells, each with where it stands."""
    try:
        rows = cells_of(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    found = (under(rows[0], row) for row in rows[1:])
    return [
        {AT: f"{name} {at}", **{column: unguarded(cell) for column, cell in row.items() if cell.strip()}}
        for at, row in enumerate(found, 1)
    ]


def _put_together(tables: Tables) -> list[Row]:
    """Put every row where it belongs; gives those that belong nowhere, in the order of their files."""
    by_id = {table: {row["id"]: row for row in rows if "id" in row} for table, rows in tables.items()}
    used = {id(row) for row in tables[SERVICES]}
    for table, rows in tables.items():
        for row in rows:
            used |= {id(named) for named in _name(table, row, by_id)}
            if table not in SHARED | {SERVICES} and (owner := _owner(table, row, by_id)) is not None:
                owner.setdefault(table, []).append(row)
                used.add(id(row))
    return [row for rows in tables.values() for row in rows if id(row) not in used]


def _name(table: str, row: Row, by_id: dict[str, dict[str, Row]]) -> Iterator[Row]:
    """Put in the rows that this one names, such as who gives a service."""
    for column, (part, of) in NAMED.get(table, {}).items():
        if (named := by_id.get(of, {}).get(row.get(column, ""))) is not None:
            row[part] = named
            yield named


def _owner(table: str, row: Row, by_id: dict[str, dict[str, Row]]) -> Row | None:
    """The row that this one belongs to; two tables say it in a column of their own, for rows of any table."""
    if link := row.get("link_id") or row.get("resource_id"):
        return next((rows[link] for of, rows in by_id.items() if of != table and link in rows), None)
    named = (by_id.get(of, {}).get(row.get(column, "")) for column, of in BELONGS.items() if of != table)
    return next((owner for owner in named if owner is not None), None)


def _weigh(records: list[Row]) -> None:
    """Refuse what grew too large while it was put together: a part that many share is told with each of them.

    Weighed piece by piece: parts that share parts can be far too large to be written down before they are.
    """
    weight = 0
    try:
        for piece in json.JSONEncoder().iterencode(records):
            weight += len(piece)
            if weight > MOST_UNPACKED:
                raise Unreadable("large")
    except Unreadable:
        raise
    except (ValueError, RecursionError):  # rows that belong to one another in a circle
        raise Unreadable("package") from None
