"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def house(request: HttpRequest) -> dict[str, Any]:
    """District, actor, the page in the other languages, and where "Leave this page" goes."""
    path = request.path_info
    current = get_language() or settings.LANGUAGE_CODE
    rest = path.removeprefix(f"/{current}/")
    return {
        "district": getattr(request, "district", None),
        "actor": getattr(request, "actor", None),
        "other_languages": [
            {"code": code, "name": name, "path": f"/{code}/{rest}"} for code, name in _own_names() if code != current
        ],
        "exit_address": settings.EXIT_ADDRESS,
    }


def _own_names() -> list[tuple[str, str]]:
    """Each language under its own name: whoever needs Spanish looks for "Español"."""
    names = {"en": "English", "es": "Español"}
    return [(code, names[code]) for code, _ in settings.LANGUAGES]
