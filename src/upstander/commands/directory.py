"""Write what a district's directory has published to a file of the open standard (HSDS 3.0).

`upstander directory export --district alder-valley --to directory.json` writes one JSON list of nested services;
a name that ends in `.zip` gets the tabular package instead: a CSV file for each table, and its description.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from upstander.commands import report
from upstander.district.places.selectors import district_by_key
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.directory.selectors.exporting import write_services

BLOCK = 1 << 20  # bytes that go to the disk at once

if TYPE_CHECKING:
    from upstander.district.places.models import District


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose directory, and where to."""
    parser.add_argument("what", choices=("export",))
    parser.add_argument("--district", required=True, metavar="KEY", help="the district's key, such as alder-valley")
    parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="ends in .json or .zip")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file; 1 for a district that is not there."""
    district = district_by_key(options.district)
    if district is None:
        print(f"There is no district {options.district}.")
        return 1
    with in_district(district.pk, read_only=True):
        count = export(district, options.to)
    report.show({"services": count, "file": str(options.to)}, as_json=options.json)
    return 0


def export(district: "District", file: Path) -> int:
    """Write what is published to the file; how many services. The reader is anybody: nothing else comes out."""
    today = district.day(clock.now())
    with file.open("wb", buffering=BLOCK) as written:
        return write_services(actor=visitor(district.pk), file=written, form=file.suffix.lstrip("."), on=today)
