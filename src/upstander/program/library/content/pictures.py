"""A picture as it is kept: a copy of what is seen, and of nothing else that stood in its file; and as it is printed.

No database.
"""

import base64
import io

from PIL import Image, ImageOps, UnidentifiedImageError

WIDEST = 1200  # pixels: as wide as a page is on a good screen
QUALITY = 80
FORMAT = "WEBP"
READ = ("JPEG", "PNG", "WEBP")


ON_PAPER = (460, 300)  # points: within a column, and never a page of its own


class NoPicture(ValueError):
    """The bytes are no picture that we read."""


def plain_copy(body: bytes) -> bytes:
    """The picture upright, at most `WIDEST` wide or high, as WebP: pixels alone.

    Place, time, device, preview and comments that a camera or a program wrote are left behind. Raises NoPicture.
    """
    try:
        with Image.open(io.BytesIO(body), formats=READ) as found:
            seen = ImageOps.exif_transpose(found).convert("RGBA" if found.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as reason:
        raise NoPicture from reason
    seen.thumbnail((WIDEST, WIDEST))
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    kept = io.BytesIO()
    bare.save(kept, FORMAT, quality=QUALITY)
    return kept.getvalue()


def drawing(body: bytes) -> str:
    """A kept picture as SVG, no larger than `ON_PAPER`: the form in which a document takes pictures."""
    with Image.open(io.BytesIO(body)) as found:
        scale = min(1, *(most / pixels for most, pixels in zip(ON_PAPER, found.size, strict=True)))
        size = " ".join(
            f'{side}="{pixels * scale:.1f}"' for side, pixels in zip(("width", "height"), found.size, strict=True)
        )
    data = base64.b64encode(body).decode()
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/webp;base64,{data}"/></svg>'
