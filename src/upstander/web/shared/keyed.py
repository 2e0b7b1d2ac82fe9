"""Pages whose address is the key to them."""

from django.http import HttpResponse


def by_key(response: HttpResponse) -> HttpResponse:
    """The address is the key: no cache keeps the page, no other page and no search engine learns it."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
