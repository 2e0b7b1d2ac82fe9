"""Pages that no search engine finds, no cache keeps, and of which no other page learns the address."""

from django.http import HttpResponse

QUIET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def quiet(response: HttpResponse) -> HttpResponse:
    """The response with these headers."""
    for name, value in QUIET.items():
        response[name] = value
    return response
