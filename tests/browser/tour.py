"""The pictures of docs/tour/. Taken anew with `UPSTANDER_TOUR=1`; without it they are drawn, measured and dropped."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

HEAVIEST_PICTURE = 150 * 1024
COLOURS = 96
LONGEST = 1800  # pixels: a tour shows how a page begins, not its every line


class Tour:
    """Puts pictures of pages into a folder, small enough to keep in the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def picture(self, page: Page, name: str, *, full: bool = False) -> None:
        """Keep the page as it stands (`full`: also what lies below the window) under `name`."""
        drawn = Image.open(io.BytesIO(page.screenshot(full_page=full)))
        target = self.folder / f"{name}.png"
        few_colours = drawn.crop((0, 0, drawn.width, min(drawn.height, LONGEST))).convert("RGB").quantize(COLOURS)
        few_colours.save(target, optimize=True)
        assert target.stat().st_size <= HEAVIEST_PICTURE, (name, target.stat().st_size)
