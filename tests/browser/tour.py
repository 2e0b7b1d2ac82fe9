"""The pictures of docs/tour/. Taken anew with `UPSTANDER_TOUR=1`; without it nothing is drawn."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

HEAVIEST_PICTURE = 150 * 1024
COLOURS = 96
LONGEST = 1800  # pixels: a tour shows how a page begins, not its every line


HEADING = [
    "# A look around",
    "",
    "Taken by the browser tests from the demo, whose people and places are invented:",
    "`UPSTANDER_TOUR=1 python3 run.py test tests/browser/test_pages.py`.",
    "",
    "| screen | English | | Spanish | |",
    "|---|---|---|---|---|",
]


class Tour:
    """Puts pictures of pages into a folder, small enough to keep in the repository; no folder, no pictures."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @property
    def is_taken(self) -> bool:
        """Whether pictures are wanted."""
        return self.folder is not None

    def picture(self, page: Page, name: str, *, full: bool = False) -> None:
        """Keep the page as it stands (`full`: also what lies below the window) under `name`."""
        if self.folder is None:
            return
        drawn = Image.open(io.BytesIO(page.screenshot(full_page=full)))
        target = self.folder / f"{name}.png"
        few_colours = drawn.crop((0, 0, drawn.width, min(drawn.height, LONGEST))).convert("RGB").quantize(COLOURS)
        few_colours.save(target, optimize=True)
        assert target.stat().st_size <= HEAVIEST_PICTURE, (name, target.stat().st_size)
        self._list(self.folder)

    def _list(self, folder: Path) -> None:
        """The folder's own page: one line per screen, its pictures on a desktop and a phone, in both languages."""
        screens = sorted({picture.stem.rsplit("-", 2)[0] for picture in folder.glob("*.png")})
        lines = [f"| {screen.replace('-', ' ')} | {' | '.join(_links(folder, screen))} |" for screen in screens]
        (folder / "README.md").write_text("\n".join([*HEADING, *lines, ""]))


def _links(folder: Path, screen: str) -> list[str]:
    names = [f"{screen}-{device}-{language}.png" for language in ("en", "es") for device in ("desktop", "phone")]
    return [f"[{name.split('-')[-2]}]({name})" if (folder / name).exists() else "" for name in names]
