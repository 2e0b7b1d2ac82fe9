"""Words of a campaign to take along: what a school sends, reads out, posts and hangs up."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import ContentRefused, Text, read_documents
from upstander.program.library.content.levels import Level, levels
from upstander.program.library.content.pages import Audience

FOLDER = "kits"  # the linter's name for such words, wherever they were written
FEWEST_WORDS = 15


class Piece(StrEnum):
    """One use of the words."""

    ANNOUNCEMENT = "announcement"
    BULLETIN = "bulletin"
    POSTS = "posts"
    SHEET = "sheet"


WORDS = {
    Piece.ANNOUNCEMENT: _("For families: a message or a letter"),
    Piece.BULLETIN: _("For the morning: one line a day, read aloud"),
    Piece.POSTS: _("For the school’s own channels"),
    Piece.SHEET: _("A sheet to hang up"),
}
# Who hears or reads a piece decides how hard it may be.
READERS: Mapping[Piece, Audience] = {
    Piece.ANNOUNCEMENT: Audience.FAMILIES,
    Piece.BULLETIN: Audience.STUDENTS,
    Piece.POSTS: Audience.EVERYONE,
    Piece.SHEET: Audience.STUDENTS,
}
Kit = Mapping[Piece, tuple[Text, ...]]


@dataclass(frozen=True, slots=True)
class PieceLevel:
    """How hard one piece is in one language, for those who read it."""

    piece: Piece
    level: Level


def kit_of(data: Mapping[str, Any]) -> Kit:
    """A kit from its data: by piece a list of `{en, es}`."""
    return {piece: tuple(Text(**text) for text in data[piece]) for piece in Piece}


def kit_levels(kit: Kit) -> Iterator[PieceLevel]:
    """How hard each piece is in each language; of a few words the formulas tell nothing."""
    for piece, lines in kit.items():
        if sum(len(line.en.split()) for line in lines) >= FEWEST_WORDS:
            yield from (PieceLevel(piece, level) for level in levels(lines, READERS[piece]))


def read_kits(content: Path, observances: Collection[str]) -> dict[str, Kit]:
    """The kit of every shipped observance by its key. Raises ContentRefused naming file, line, key and reason."""
    documents = read_documents(content / FOLDER, content / "schemas" / "kit.schema.json")
    faults = [fault for document in documents for fault in document.misnamed("key")]
    faults += [
        document.fault(("key",), f"there is no observance {document.data['key']}")
        for document in documents
        if document.data["key"] not in observances
    ]
    if faults:
        raise ContentRefused(faults)
    return {document.data["key"]: kit_of(document.data) for document in documents}
