"""Large numbers are read in groups of three, in both languages as they are written here."""

import pytest
from django.template import Context, Template
from django.utils import translation

from upstander.insights.board_paper import _of


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("number", "read"),
    [(999, "999"), (1000, "1,000"), (70_195, "70,195"), (1_000_180, "1,000,180"), (1.5, "1.5")],
)
def test_a_number_on_a_page_is_grouped_alike_in_both_languages(language: str, number: float, read: str) -> None:
    with translation.override(language):
        assert Template("{{ number }}").render(Context({"number": number})) == read


def test_a_number_that_a_program_reads_stays_whole() -> None:
    meter = Template('{% include "parts/meter.html" with value=68712 total=70195 says="." %}').render(Context())

    assert 'value="68712" max="70195"' in meter


@pytest.mark.parametrize(("language", "said"), [("en", "68,712 of 70,195"), ("es", "68,712 de 70,195")])
def test_the_board_reports_sums_are_grouped_as_on_the_pages(language: str, said: str) -> None:
    with translation.override(language):
        assert _of(68_712, 70_195) == said
