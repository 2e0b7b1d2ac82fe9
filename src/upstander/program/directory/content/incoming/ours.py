"""Whether a record of the open standard was written by this software: some of its parts then have ids of our making."""

import uuid
from collections.abc import Iterator
from typing import Any

from upstander.program.directory.content.incoming.read import is_uid
from upstander.program.directory.content.terms import part_id

Part = dict[str, Any]


def is_ours(raw: Part) -> bool:
    """Whether some part of the record has the id that an export of ours derives from the record's own."""
    if not is_uid(raw.get("id")):
        return False
    derived = _derived(uuid.UUID(str(raw["id"])), raw)
    return any(uid == part.get("id") for part, uid in derived)


def _derived(owner: uuid.UUID, raw: Part) -> Iterator[tuple[Part, str]]:
    """Each part beside the id that it would have if the record were ours; see `content.hsds`."""
    yield from ((part, part_id(owner, "phone", at)) for at, part in enumerate(_parts(raw, "phones")))
    yield from ((part, part_id(owner, "language", part.get("code"))) for part in _parts(raw, "languages"))
    for part in _parts(raw, "attributes"):
        yield part, part_id(owner, "need", _of(part, "taxonomy_term", "code"))
    for part in _parts(raw, "service_at_locations"):
        yield part, part_id(owner, "at", _of(part, "location", "id"))


def _of(part: Part, name: str, field: str) -> object:
    inner = part.get(name)
    return inner.get(field) if isinstance(inner, dict) else None


def _parts(raw: Part, name: str) -> list[Part]:
    rows = raw.get(name)
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
