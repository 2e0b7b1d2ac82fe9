"""Files in one zip whose bytes follow from the files alone: no clock, no order of making, no changing compression."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

MANIFEST = "manifest.txt"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest moment a zip can say
READABLE = 0o644 << 16
UNIX = 3


def digest(content: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def manifest(files: Mapping[str, bytes]) -> bytes:
    """One line a file, by name, in the form that `sha256sum --check` reads."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def bundle(files: Mapping[str, bytes]) -> bytes:
    """The files and their manifest as one zip. Stored and not packed: another version of a library packs otherwise."""
    whole = {**files, MANIFEST: manifest(files)}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = UNIX, READABLE
            file.writestr(entry, whole[name])
    return written.getvalue()
