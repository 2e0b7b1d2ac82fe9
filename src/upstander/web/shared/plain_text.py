"""What no person types: the character NUL, which the database cannot keep and nothing on a page can show."""

from collections.abc import Callable, Iterable
from itertools import chain
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse

from upstander.web.shared import errors
from upstander.web.shared.access import View

NUL = "\0"


class PlainText:
    """Refuses a request that holds NUL in its path, query, cookies or form, before anyone looks something up by it.

    Bytes that are no UTF-8 need no care: Django reads them as the mark for unreadable, which is text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            return errors.not_found(request)
        if _holds_nul([unquote_plus(request.META.get("QUERY_STRING", "")), *request.COOKIES.values()]):
            return errors.bad_request(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: tuple[object, ...], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """A form's fields are read only once the view is known: what no view takes is never read."""
        is_odd = request.method == "POST" and _holds_nul(
            chain.from_iterable((name, *values) for name, values in request.POST.lists())
        )
        return errors.bad_request(request) if is_odd else None


def _holds_nul(texts: Iterable[str]) -> bool:
    return any(NUL in text for text in texts)
