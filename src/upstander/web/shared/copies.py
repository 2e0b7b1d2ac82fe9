"""Pages that can be kept on a device: the script that answers for one of them when there is no connection."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse


def worker_script() -> HttpResponse:
    """The script. Served from below the page it answers for, it reaches no other; it holds nothing of anybody."""
    file = finders.find("own/copy_worker.js")
    assert isinstance(file, str)
    return HttpResponse(Path(file).read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
