"""The one path below which Wagtail's screens stand, and what is different there.

Wagtail writes while it reads (a profile at the first visit, who is looking at a page, a picture's small copy), so a
GET there is no read-only transaction. It asks for the account as `request.user`, and a few of its scripts stand inside
the page. Nothing of this holds for any other page.
"""

from upstander.program.library.states import SEATS

WORD = "explorer"
SEATED = tuple(SEATS.values())  # the capabilities with which somebody sits there
POLICY = {"script-src": ["'self'", "'unsafe-inline'"], "style-src": ["'self'", "'unsafe-inline'"]}
POLICY |= {"img-src": ["'self'", "data:", "blob:"]}


def is_explorer(path: str) -> bool:
    """Whether a path is below the explorer's, in any language."""
    return path.split("/")[2:3] == [WORD]
