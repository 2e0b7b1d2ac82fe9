"""What somebody read who reviewed a page of the edition, and what a later edition says otherwise. No database."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from upstander.foundation.kernel.content import Text
from upstander.program.library.content.pages import Block, Page

EDITION_SIGNS = 12
Passage = list[str]  # its kind with what it names, and its words in English and in Spanish; kept as JSON


@dataclass(frozen=True, slots=True)
class Changed:
    """A passage that reads otherwise in a later edition; without `before` it is new, without `after` it is gone."""

    before: Text | None
    after: Text | None


def passages_of(page: Page) -> list[Passage]:
    """Everything that a page says, in reading order. Facts go by their keys: what they say has people of its own."""
    named = (("title", page.title), ("neutral_title", page.neutral_title), ("summary", page.summary))
    said = [[kind, text.en, text.es] for kind, text in named]
    return [*said, *(passage for block in page.blocks for passage in _of_block(block))]


def edition_of(page: Page) -> str:
    """A short name that changes with any word of a page, in either language."""
    return hashlib.sha256(repr(passages_of(page)).encode()).hexdigest()[:EDITION_SIGNS]


def changed(before: Sequence[Passage], after: Sequence[Passage]) -> list[Changed]:
    """The passages that read otherwise, came or went between two editions of a page, in reading order."""
    old, new = [tuple(each) for each in before], [tuple(each) for each in after]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Changed(_words(was), _words(now))
        for step, start, end, begins, ends in steps
        if step != "equal"
        for was, now in zip_longest(old[start:end], new[begins:ends])
    ]


def _of_block(block: Block) -> Iterator[Passage]:
    names: Iterable[str] = (block.tone, block.key, *block.facts) if block.words else ()
    kind = " ".join(filter(None, (block.kind, *names)))
    yield from ([kind, text.en, text.es] for text in block.words or (Text(block.key, block.key),))


def _words(passage: Sequence[str] | None) -> Text | None:
    return Text(passage[1], passage[2]) if passage else None
