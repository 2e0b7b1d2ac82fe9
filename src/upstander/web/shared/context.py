"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info


def house(request: HttpRequest) -> dict[str, Any]:
    """District, actor, the page in the other languages, and where "Leave this page" goes."""
    path = request.path_info
    current = get_language() or settings.LANGUAGE_CODE
    rest = path.removeprefix(f"/{current}/")
    return {
        "district": getattr(request, "district", None),
        "actor": getattr(request, "actor", None),
        "other_languages": [
            {"code": code, "name": own_name(code), "path": f"/{code}/{rest}"}
            for code, _ in settings.LANGUAGES
            if code != current
        ],
        "exit_address": settings.EXIT_ADDRESS,
    }


def own_name(code: str) -> str:
    """A language under its own name: whoever needs Spanish looks for "Español"."""
    return str(get_language_info(code)["name_local"]).capitalize()
