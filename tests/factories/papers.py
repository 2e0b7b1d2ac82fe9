"""What a PDF says: its text in the order in which it was drawn, without what is only decoration."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

RUN = re.compile(r"<([0-9a-fA-F]+)>")


def text_of(pdf: bytes) -> str:
    """All that is said, without white space: lines break where the paper ends, not where a sentence does."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        maps: dict[Any, dict[int, str]] = {}
        return "".join(piece for page in document.pages for piece in _said(page, maps))


def squeezed(text: str) -> str:
    """A text as `text_of` would give it."""
    return re.sub(r"[\s\u00ad]+", "", text)


def alternatives(pdf: bytes) -> list[str]:
    """What pictures say to those who do not see them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            str(each["/Alt"]) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]


def tags(pdf: bytes) -> set[str]:
    """The kinds of structure in it, as the standard names them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = (each for each in document.objects if isinstance(each, pikepdf.Dictionary))
        return {str(each.S) for each in found if each.get("/Type") == "/StructElem"}


def _said(page: pikepdf.Page, maps: dict[Any, dict[int, str]]) -> Iterator[str]:
    font: dict[int, str] = {}
    silent = depth = 0
    for step in pikepdf.parse_content_stream(page):
        operands = step.operands
        match str(step.operator):
            case "BDC" | "BMC":
                depth += 1
                silent = silent or (depth if operands[0] == "/Artifact" else 0)
            case "EMC":
                silent = 0 if silent == depth else silent
                depth -= 1
            case "Tf":
                found = page.Resources.Font[str(operands[0])]
                font = maps.setdefault(found.objgen, {}) or maps[found.objgen]
                if not font:
                    font.update(_unicode(found.ToUnicode.read_bytes().decode("latin-1")))
            case "Tj" | "TJ" if not silent:
                yield squeezed(_read(operands[0], font))


def _read(shown: Any, font: dict[int, str]) -> str:
    runs = [
        bytes(run)
        for run in ([shown] if isinstance(shown, pikepdf.String) else shown)
        if isinstance(run, pikepdf.String)
    ]
    whole = b"".join(runs)
    return "".join(font.get(int.from_bytes(whole[at : at + 2]), "") for at in range(0, len(whole), 2))


def _unicode(table: str) -> dict[int, str]:
    """A font's table from glyph to text, as typst writes it: one glyph a line."""
    found = {}
    for line in table.splitlines():
        match [bytes.fromhex(run) for run in RUN.findall(line)]:
            case [glyph, text]:
                found[int.from_bytes(glyph)] = text.decode("utf-16-be")
            case [first, last, text] if first != last:
                for step in range(int.from_bytes(last) - int.from_bytes(first) + 1):
                    found[int.from_bytes(first) + step] = chr(int.from_bytes(text) + step)
            case [first, _last, text]:
                found[int.from_bytes(first)] = text.decode("utf-16-be")
    return found
