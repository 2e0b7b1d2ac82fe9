"""PDFs as answers."""

from django.http import HttpResponse


def as_pdf(content: bytes, name: str, *, is_download: bool = False) -> HttpResponse:
    """A PDF under a name that says nothing: downloads lie open on shared machines. No search finds it."""
    shown = "attachment" if is_download else "inline"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "X-Robots-Tag": "noindex, noarchive"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
