"""What a zip weighs, before anything of it is unpacked."""

import zipfile


def fits(archive: zipfile.ZipFile, most_parts: int, most_bytes: int) -> bool:
    """Whether an archive holds no more parts, and unpacked no more bytes, than that.

    What a part says of its size is believed: reading one that is larger than it says ends there, and fails by its sum.
    """
    parts = archive.infolist()
    return len(parts) <= most_parts and sum(part.file_size for part in parts) <= most_bytes
