"""Pictures for messages: our own drawings without words, in the two shapes that messaging apps show."""

from functools import cache
from pathlib import Path

from upstander.foundation.documents.engine import picture
from upstander.foundation.kernel.errors import NotFound
from upstander.program.library.content.pages import Audience

DOCUMENTS = Path(__file__).parents[1] / "documents"
SCENES = ("cover", *(audience.value for audience in Audience))
SHAPES = {"wide": (1200, 630), "square": (1080, 1080)}
PIXELS_PER_INCH = 72  # a point is a pixel


@cache
def preview(*, scene: str, shape: str) -> bytes:
    """A drawing as PNG, made once per process. Raises NotFound. Takes no actor: it shows the same to everyone."""
    if scene not in SCENES or shape not in SHAPES:
        raise NotFound("picture")
    width, height = SHAPES[shape]
    data = {"scene": scene, "width": width, "height": height}
    return picture(DOCUMENTS / "preview.typ", data, ppi=PIXELS_PER_INCH)
