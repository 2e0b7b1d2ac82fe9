"""The pages that are checked one by one and photographed for the tour. A new page gets a line here."""

from typing import NamedTuple


class Shot(NamedTuple):
    """One page: its address below the language, a name for the picture, and who opens it (nobody: a visitor)."""

    name: str
    path: str
    person: str = ""
    status: int = 200


PUBLIC = (
    Shot("home", ""),
    Shot("help", "help/"),
    Shot("about", "about/"),
    Shot("sign-in", "account/sign-in/"),
    Shot("worried", "guide/"),
    Shot("call", "guide/call/"),
    Shot("sites", "guide/call/sites/"),
    Shot("clock", "guide/clock/"),
    Shot("not-found", "nowhere/", status=404),
)
STAFF: tuple[Shot, ...] = (
    Shot("walk", "guide/door/", person="Program coordinator"),
    Shot("doors", "guide/doors/", person="Program coordinator"),
    Shot("rule", "guide/rule/", person="Program coordinator"),
)
PAGES = (*PUBLIC, *STAFF)
