"""The tabular package of the open standard: a CSV file for each table in a zip, and `datapackage.json` beside them.

Rows are written as they come, to files beside the zip: memory stays flat however many services there are. People open
such files in spreadsheets: no cell begins a formula there, and programs that read them take one apostrophe away.
"""

import csv
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from upstander.engines.spreadsheets import STARTS

TABLES: dict[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "description", "website"),
    "services": (
        *("id", "organization_id", "name", "alternate_name", "description", "url", "status", "application_process"),
        *("fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "last_modified"),
    ),
    "phones": ("id", "service_id", "number", "extension", "type"),
    "schedules": ("id", "service_id", "freq", "interval", "byday", "opens_at", "closes_at"),
    "languages": ("id", "service_id", "code", "name"),
    "locations": ("id", "location_type", "name", "description", "latitude", "longitude"),
    "addresses": (
        *("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    ),
    "accessibility": ("id", "location_id", "description"),
    "service_at_locations": ("id", "service_id", "location_id"),
    "attributes": ("id", "link_id", "link_entity", "taxonomy_term_id"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "taxonomy_id", "language"),
}
RUNS = re.compile(rf"""'*[\s"]*[{STARTS}]""")
DIALED = re.compile(r"[+-]?[\d\s().-]+")  # calculates at most, and names no cell and no function
# The standard names the table of its schema in the singular, and this one file too.
FILES = {"service_at_locations": "service_at_location.csv"}


def write_package(file: BinaryIO, lines: Iterable[bytes]) -> int:
    """Write the services, given as JSON texts, to a package; gives how many."""
    count = 0
    with tempfile.TemporaryDirectory() as name, ExitStack() as left:
        folder = Path(name)
        opened = {table: (folder / file_of(table)).open("w", newline="", encoding="utf-8") for table in TABLES}
        for each in opened.values():
            left.callback(each.close)
        writers = {table: csv.writer(opened[table]) for table in TABLES}
        for table, columns in TABLES.items():
            writers[table].writerow(columns)
        seen: set[tuple[str, str]] = set()
        for line in lines:
            count += 1
            for table, row in rows(json.loads(line)):
                if table in SHARED_TABLES:
                    if (table, row["id"]) in seen:
                        continue
                    seen.add((table, row["id"]))
                writers[table].writerow([guarded(row.get(column, "")) for column in TABLES[table]])
        left.close()
        _pack(file, folder)
    return count


def guarded(cell: object) -> object:
    """The cell, behind an apostrophe where a spreadsheet would run it. Inside it nothing is changed: other systems
    read the same files."""
    runs = isinstance(cell, str) and RUNS.match(cell) and not DIALED.fullmatch(cell)
    return f"'{cell}" if runs else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and RUNS.match(cell) and not DIALED.fullmatch(cell[1:]) else cell


# Rows of these may belong to several services; each is written once. There are far fewer of them than services' parts.
SHARED_TABLES = frozenset({"organizations", "locations", "addresses", "accessibility", "taxonomy_terms"})


def file_of(table: str) -> str:
    """The file of a table in the package."""
    return FILES.get(table, f"{table}.csv")


def rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one nested service, each with its table."""
    organization = record["organization"]
    yield "organizations", organization
    yield "services", {**record, "organization_id": organization["id"]}
    for table in ("phones", "schedules", "languages"):
        for row in record.get(table, ()):
            yield table, row
    for row in record.get("service_at_locations", ()):
        yield "service_at_locations", row
        location = row["location"]
        yield "locations", location
        for table in ("addresses", "accessibility"):
            for part in location.get(table, ()):
                yield table, part
    for row in record.get("attributes", ()):
        yield "attributes", row
        yield "taxonomy_terms", row["taxonomy_term"]


def _pack(file: BinaryIO, folder: Path) -> None:
    resources = [
        {
            "name": table,
            "path": file_of(table),
            "format": "csv",
            "mediatype": "text/csv",
            "profile": "tabular-data-resource",
            "schema": {"primaryKey": "id", "fields": [{"name": column} for column in columns]},
        }
        for table, columns in TABLES.items()
    ]
    told = {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "resources": resources,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("datapackage.json", json.dumps(told, indent=1))
        for table in TABLES:
            packed.write(folder / file_of(table), file_of(table))
