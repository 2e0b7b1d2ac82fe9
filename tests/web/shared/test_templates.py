"""What every template keeps to."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.ROOT / "src" / "upstander").rglob("templates/**/*.html"))
WAY_BACK = re.compile(r'<a class="back"[^>]*>(?!\{% icon "arrow_back" %\})')
UNSTYLED = ("usa-sr-only",)  # classes that our trimmed styles do not know: what they should hide would show


@pytest.mark.parametrize("wrong", [WAY_BACK, *map(re.compile, UNSTYLED)], ids=["back", *UNSTYLED])
def test_every_way_back_has_its_arrow_and_what_is_for_ears_stays_unseen(wrong: re.Pattern[str]) -> None:
    assert TEMPLATES
    assert [str(path) for path in TEMPLATES if wrong.search(Path(path).read_text(encoding="utf-8"))] == []
