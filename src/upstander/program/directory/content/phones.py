"""Telephone numbers as people write them."""

import re

from upstander.program.directory.content.hsds import Number

DIALED = re.compile(r"[0-9 .()+*#/-]*")  # what a number is written with
EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension)\s*(\d{1,8})\s*$", re.IGNORECASE)


def number_of(typed: str, kind: str) -> Number:
    """One number with its extension taken apart: "(555) 010-0134 ext. 12"."""
    found = EXTENSION.search(typed)
    if not found:
        return Number(typed.strip(), "", kind)
    return Number(typed[: found.start()].strip(" ,"), found.group(1), kind)
