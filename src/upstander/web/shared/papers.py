"""PDFs and spreadsheets as answers."""

import csv
import datetime as dt
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

from upstander.engines.spreadsheets import harmless

MARK = "\ufeff"  # tells spreadsheets that names are in UTF-8


def as_pdf(content: bytes, name: str, *, is_download: bool = False) -> HttpResponse:
    """A PDF under a name that says nothing: downloads lie open on shared machines. No search finds it."""
    shown = "attachment" if is_download else "inline"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "X-Robots-Tag": "noindex, noarchive"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def as_csv(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A table as a file that every spreadsheet opens: names whole, every cell quoted, no cell taken for a formula."""
    text = StringIO(newline="")
    text.write(MARK)
    written = csv.writer(text, quoting=csv.QUOTE_ALL)
    written.writerow(head)
    written.writerows(map(harmless, row) for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def start_of(day: dt.date) -> dt.datetime:
    """A document's moment: its day, so that the same day gives the same bytes."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)
