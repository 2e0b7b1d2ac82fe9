"""The facts that came with this release, for pages that must work without a database."""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings

from upstander.program.facts.content import Entry, read_entries


@lru_cache(maxsize=1)
def shipped_facts() -> Mapping[str, Entry]:
    """Every shipped fact by key, read from the files once a process."""
    return read_entries(settings.CONTENT)
