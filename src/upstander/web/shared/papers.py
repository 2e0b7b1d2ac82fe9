"""PDFs and spreadsheets as answers."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from upstander.engines.spreadsheets import table


def as_pdf(content: bytes, name: str, *, is_download: bool = False) -> HttpResponse:
    """A PDF under a name that says nothing: downloads lie open on shared machines. No search finds it."""
    shown = "attachment" if is_download else "inline"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "X-Robots-Tag": "noindex, noarchive"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table as a file that every spreadsheet opens, and in which no cell is taken for a formula."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(table(head, rows), content_type="text/csv; charset=utf-8", headers=headers)


def start_of(day: dt.date) -> dt.datetime:
    """A document's moment: its day, so that the same day gives the same bytes."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)
