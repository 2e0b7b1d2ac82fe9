"""Files from elsewhere, record by record: what could be read of each, and what needs a person's eye.

Three shapes: services of the open standard as JSON (a list, a page with `contents`, or one); its tabular package, a zip
of CSV files; and any table with a line of headings, as CSV. A record is never dropped and never mended in silence:
whatever is odd is named by file, record and field, with the reason.
"""

from dataclasses import replace
from typing import Any

from upstander.program.directory.content.incoming.packed import package_records
from upstander.program.directory.content.incoming.read import AT, HIDDEN, LEFT_OVER, NO_SERVICE, Read, Unreadable
from upstander.program.directory.content.incoming.standard import json_records, read_standard
from upstander.program.directory.content.incoming.table import read_row, table_records
from upstander.program.directory.content.words import as_seen

__all__ = ["Read", "Unreadable", "read_record", "records_of"]

MOST_RECORDS = 5_000


def records_of(content: bytes, file_name: str) -> list[dict[str, Any]]:
    """The records of a file as they stand in it. Raises Unreadable."""
    found = package_records(content) if file_name.lower().endswith(".zip") else _text_records(content, file_name)
    if not found:
        raise Unreadable("empty")
    if len(found) > MOST_RECORDS:
        raise Unreadable("many")
    return found


def read_record(raw: dict[str, Any]) -> Read:
    """What can be read of a record of any shape. Signs that nobody sees are left out, and their fields named."""
    if raw.get(LEFT_OVER):
        return Read(faults=((str(raw.get(AT, "")), NO_SERVICE),))
    seen = _seen(raw)
    hidden = tuple((name, HIDDEN) for name in seen if seen[name] != raw.get(name))
    read = read_standard(seen) if "id" in raw and "name" in raw else read_row(seen)
    return replace(read, faults=(*read.faults, *hidden)) if hidden else read


def _seen(value: Any) -> Any:
    """The value as it looks."""
    if isinstance(value, dict):
        return {name: _seen(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_seen(part) for part in value]
    return as_seen(value) if isinstance(value, str) else value


def _text_records(content: bytes, file_name: str) -> list[dict[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if "\x00" in text or "\\u0000" in text:  # no database keeps it
        raise Unreadable("encoding")
    return json_records(text) if file_name.lower().endswith(".json") else table_records(text)
