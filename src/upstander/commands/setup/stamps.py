"""Stamps: small files that say for which inputs a step has been finished, so that it is not done again.

A stamp is taken away before its step begins and written, by renaming, after it ended. So a step that was killed
anywhere is simply done again.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """A digest of the words, and of names and bytes of the files, in a fixed order. A missing file counts as such."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        content = file.read_bytes() if file.is_file() else b"missing"
        digest.update(f"\0{file}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def quick_fingerprint(files: Iterable[Path], *words: str) -> str:
    """The same from sizes and times of change alone: for many or large files that only save a step when unchanged."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        facts = file.stat()
        digest.update(f"\0{file}\0{facts.st_size}\0{facts.st_mtime_ns}".encode())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether the step behind the stamp was finished for exactly these inputs."""
    return stamp.is_file() and stamp.read_text() == value


def write_whole(file: Path, text: str, *, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all, and readable as `mode` says from its first byte."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as output:
        output.write(text)
    draft.replace(file)
